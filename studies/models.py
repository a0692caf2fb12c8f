"""The expert materials of the project, and the other documents that its library held."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language

from core.audit.terms import KeptTerm
from core.loading import Precision
from core.privacy import Tags
from studies.choices import TIE_MEANS, Kind, Language, Tie


class Audience(KeptTerm):
    """Whom a material is meant for."""

    name = models.CharField(max_length=80)

    PRIVACY = Tags(public=KeptTerm.PUBLIC_FIELDS, internal=KeptTerm.INTERNAL_FIELDS)


class Titled(models.Model):
    """What has a title in Czech, in English or in both. An empty title is not known."""

    title = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title_lang(self) -> str:
        """The language of the title that is shown when it is not the reader's, else empty."""
        reader = (get_language() or "cs")[:2]
        if getattr(self, f"title_{reader}"):
            return ""
        return "cs" if reader == "en" else "en"


class MaterialQuerySet(models.QuerySet["Material"]):
    def for_list(self) -> "MaterialQuerySet":
        """Return what the list shows: the confirmed ones first, each with its audience."""
        return self.prefetch_related("audience").order_by("tie", "position", "pk")


class Material(Titled):
    """One of the thirteen materials that the project announced, as far as they were found.

    Null or empty means that nobody has verified the value. Abstract and notes are in our own words.
    """

    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    tie = models.CharField(max_length=10, choices=Tie)
    # Why the title is only a working one.
    title_note = models.TextField(blank=True)
    kind = models.CharField(max_length=24, choices=Kind)
    audience = models.ManyToManyField(Audience, related_name="materials")
    authors = models.JSONField(default=list)
    publisher = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    # The first day that the date of the last change may mean, and how much of it is known.
    updated_on = models.DateField(null=True)
    updated_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    pages = models.PositiveIntegerField(null=True)
    abstract = models.TextField(blank=True)
    topics = models.JSONField(default=list)
    language = models.CharField(max_length=2, choices=Language)
    related = models.TextField(blank=True)
    note = models.TextField(blank=True)
    source = models.TextField()

    PRIVACY = Tags(
        public=(
            "id", "slug", "position", "tie", "title", "title_note", "kind", "authors",
            "publisher", "year", "updated_on", "updated_precision", "pages", "abstract", "topics",
            "language", "related", "note", "source",
        )
    )  # fmt: skip

    objects = MaterialQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        return reverse("material", args=[self.slug])

    @property
    def tie_means(self) -> str:
        return str(TIE_MEANS[Tie(self.tie)])


class Category(models.Model):
    """A shelf of the library."""

    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    # How the shelf was divided.
    split = models.CharField(max_length=120, blank=True)
    source = models.TextField()

    PRIVACY = Tags(public=("id", "slug", "position", "name", "split", "source"))

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class DocumentQuerySet(models.QuerySet["Document"]):
    def for_list(self) -> "DocumentQuerySet":
        """Return documents shelf by shelf, in the order of the records."""
        return self.order_by("position", "pk")


class Document(Titled):
    """Another document: one that the library held, or a related one from elsewhere."""

    slug = models.SlugField(max_length=120, unique=True)
    position = models.PositiveSmallIntegerField()
    in_library = models.BooleanField()
    # Null where the library had no shelf for it.
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="documents")
    kind = models.CharField(max_length=24, choices=Kind, blank=True)
    author = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    updated_year = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=2, choices=Language, blank=True)
    # As the library wrote it: "1.8 MB".
    file_size = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    source = models.TextField()

    PRIVACY = Tags(
        public=(
            "id", "slug", "position", "in_library", "title", "category", "kind", "author", "year",
            "updated_year", "language", "file_size", "note", "source",
        )
    )  # fmt: skip

    objects = DocumentQuerySet.as_manager()
