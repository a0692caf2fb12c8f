"""The library: other documents, own and external, shelf by shelf."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.audit.words import OwnWords, OwnWordsQuerySet
from core.files.attachments import Attachment
from core.privacy import Tags
from studies.choices import Kind, Language
from studies.models.audience import Titled


class Category(OwnWords):
    """A shelf of the library."""

    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    # How the shelf was divided.
    split = models.CharField(max_length=120, blank=True)
    source = models.TextField(blank=True)

    WORDS = {
        "name": pgettext_lazy("of a thing", "Name"),
        "split": _("Divided into"),
        "source": _("Where we know it from"),
    }
    PRIVACY = Tags(
        public=("id", "slug", "position", "name", "split", "source"),
        internal=("shipped", "version", "retired_at"),
    )

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class DocumentQuerySet(OwnWordsQuerySet):
    def for_list(self) -> "DocumentQuerySet":
        """Return documents shelf by shelf, at the end those that stand elsewhere."""
        order = ("-in_library", "category__position", "position", "pk")
        return self.select_related("attachment", "category").order_by(*order)


class Document(Titled, OwnWords):
    """Another document: one that the library holds, or a related one from elsewhere."""

    slug = models.SlugField(max_length=120, unique=True)
    position = models.PositiveSmallIntegerField()
    in_library = models.BooleanField()
    # Null where nobody has said whether the ministry made it.
    is_own = models.BooleanField(null=True)
    # Null where the library had no shelf for it.
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="documents")
    kind = models.CharField(max_length=24, choices=Kind, blank=True)
    author = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    updated_year = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=2, choices=Language, blank=True)
    # As the library wrote it: "1.8 MB".
    file_size = models.CharField(max_length=20, blank=True)
    # Where it is on the web, and the copy that is kept here.
    url = models.URLField(max_length=300, blank=True)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)

    WORDS = {
        "title": _("Title"),
        "category": _("Shelf"),
        "is_own": _("Made by the ministry"),
        "in_library": _("Stands in the library"),
        "kind": _("Kind"),
        "author": _("Author"),
        "year": _("year"),
        "updated_year": _("Updated in"),
        "language": _("Language"),
        "file_size": _("Size of the file"),
        "url": _("Where it is on the web"),
        "attachment": _("File"),
        "note": pgettext_lazy("of a document", "Note"),
        "source": _("Where we know it from"),
    }
    PRIVACY = Tags(
        public=(
            "id", "slug", "position", "in_library", "is_own", "title", "category", "kind", "author", "year",
            "updated_year", "language", "file_size", "url", "attachment", "note", "source",
        ),
        internal=("shipped", "version", "retired_at"),
    )  # fmt: skip

    objects = DocumentQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        return reverse("library-document", args=[self.pk])
