"""The text of a material: a document whose editions are made of chapters, written by several people."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import search
from core.detector.justifications import Justification
from core.documents import markdown
from core.documents import models as documents
from core.documents.choices import State
from core.documents.law.editions import RestsOnLaw
from core.documents.law.models import CitedProvision
from core.documents.models import Document, Edition, EditionQuerySet
from core.documents.parts import markup
from core.documents.parts.models import EditionOfParts, HeldPart, Part, PartVersion
from core.files.attachments import Attachment
from core.privacy import About, Erase, Tags
from studies.choices import FileRole
from studies.models.material import Material

# As what a chapter is found.
CHAPTER = "material-chapter"


class MaterialText(Document):
    """The stable address of the text of a material: its slug is the material's."""

    material = models.OneToOneField(Material, on_delete=models.PROTECT, related_name="text")

    PRIVACY = Tags(public=(*Document.PUBLIC_FIELDS, "material"), internal=Document.INTERNAL_FIELDS)

    def get_absolute_url(self) -> str:
        """The public page of the material, which shows what is published of its text."""
        return reverse("material", args=[self.slug])


class MaterialEditionQuerySet(EditionQuerySet):
    def for_page(self) -> "MaterialEditionQuerySet":
        return self.select_related("document__material", "pdf")

    def without_pdf(self) -> "MaterialEditionQuerySet":
        """Return the published editions whose PDF nobody has made yet."""
        return self.published().filter(pdf=None)

    def reachable(self) -> "MaterialEditionQuerySet":
        """Return what has an address: what was ever published, though a newer one may stand in its place."""
        return self.filter(state__in=[State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN])


class MaterialEdition(EditionOfParts, RestsOnLaw):
    """One edition of a material: how it is cited, what it is about; its parts stand in other rows."""

    document = models.ForeignKey(MaterialText, on_delete=models.CASCADE, related_name="editions")
    title = models.CharField(_("Title"), max_length=300)
    abstract = models.TextField(_("What it is about"), max_length=3000)
    # The same in plain words, for whoever has no time for the whole.
    short_version = models.TextField(_("In plain words"), max_length=10_000, blank=True)
    short_version_html = models.TextField(blank=True, editable=False)
    # As they are cited: names, one a line; whoever issues it; its number of a book.
    authors = models.TextField(_("Authors"), max_length=2000, blank=True)
    publisher = models.CharField(_("Publisher"), max_length=200, blank=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    # The PDF made of this text, once a worker has made it.
    pdf = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    LEAD = "abstract"
    # Chapters show figures by their keys, so these come first.
    PARTS = {"figures": ("attachment",), "chapters": ("holder",), "files": ("attachment",)}
    PRIVACY = Tags(
        public=(
            *Edition.PUBLIC_FIELDS, "title", "abstract", "short_version", "short_version_html", "authors",
            "publisher", "isbn", "pdf",
        ),
        internal=Edition.INTERNAL_FIELDS,
    )  # fmt: skip

    objects = MaterialEditionQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        return reverse("material-edition", args=[self.document.slug, self.number])

    def index(self) -> None:
        """Let each chapter of the published edition be found; of no other edition any is."""
        of_text = Chapter.objects.filter(edition__document=self.document_id)
        search.drop_many(CHAPTER, of_text.values_list("pk", flat=True))
        if self.state == State.PUBLISHED:
            rows = self.chapters.defer("text")
            search.put_many((row.searched_as(self) for row in rows), scope=search.PUBLIC)


class ChapterQuerySet(models.QuerySet["Chapter"]):
    def for_contents(self) -> "ChapterQuerySet":
        """Return the chapters without their texts, which may be long."""
        return self.defer("text", "text_html")


class Chapter(HeldPart):
    """One chapter of an edition: written by whoever holds it now, read at an address of its own."""

    edition = models.ForeignKey(MaterialEdition, on_delete=models.CASCADE, related_name="chapters")
    # Its name in addresses, made of its heading.
    slug = models.SlugField(max_length=80)
    text = models.TextField(max_length=120_000, blank=True)
    # Who wrote it, where that are not the authors of the whole.
    authors = models.CharField(max_length=300, blank=True)
    # What it holds and refers to (core.documents.parts.markup.Outline); how many characters are read in it.
    outline = models.JSONField(default=dict)
    length = models.PositiveIntegerField(default=0)

    page = "chapters"
    WORDS = ("position", "slug", "heading", "authors", "text")
    PRIVACY = Tags(
        public=(*HeldPart.PUBLIC_FIELDS, "slug", "authors", "outline", "length"),
        internal=HeldPart.INTERNAL_FIELDS,
    )

    objects = ChapterQuerySet.as_manager()

    class Meta(HeldPart.Meta):
        constraints = [
            *HeldPart.constraints("chapter"),
            models.UniqueConstraint(fields=["edition", "slug"], name="chapter_slug_once"),
        ]

    def columns_of(self, words: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of what was written, with how it is read, what it holds, and how long it is."""
        if "text" not in words:
            return dict(words)
        html = markup.render(words["text"], prefix=f"{words.get('slug', self.slug)}-")
        length = len(markdown.plain(html))
        outline = markup.outline(words["text"]).as_json()
        return {**words, "text_html": html, "outline": outline, "length": length}

    def rendered(self, text: str) -> str:
        return markup.render(text, prefix=f"{self.slug}-")

    @property
    def places(self) -> markup.Outline:
        """What it holds, and what it refers to."""
        return markup.Outline.of(self.outline)

    @property
    def sections(self) -> list[markup.Place]:
        """Its headings of the highest level."""
        return [one for one in self.places.places if one.kind == "heading" and one.level == markup.HIGHEST]

    def searched_as(self, edition: MaterialEdition) -> search.Document:
        """Return as what it is found: by its words, with what of them is shown."""
        text = markdown.plain(self.text_html)
        return search.Document(
            CHAPTER,
            self.pk,
            "material-found",
            str(self.pk),
            title_cs=self.heading,
            lead_cs=f"{edition.in_language('title', 'cs')}: {text[:300]}",
            text="\n".join([self.authors, edition.in_language("title", "cs"), text]),
        )


class ChapterVersion(PartVersion):
    """What a chapter said once, who wrote it, and when."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="versions")

    PRIVACY = Tags(internal=(*PartVersion.INTERNAL_FIELDS, "chapter"))

    class Meta(PartVersion.Meta):
        constraints = [models.UniqueConstraint(fields=["chapter", "number"], name="chapter_version_once")]


class MaterialFigure(Part, models.Model):
    """A picture of an edition, which its chapters show by its key."""

    edition = models.ForeignKey(MaterialEdition, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    # How a text names it: `![…](figure:key)`.
    key = models.SlugField(max_length=40)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    # What is on it, for whoever does not see it; empty where it only decorates.
    alternative = models.CharField(max_length=500, blank=True)
    is_decorative = models.BooleanField(default=False)
    caption = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    page = "figures"
    WORDS = ("position", "key", "attachment_id", "alternative", "is_decorative", "caption", "source")
    TEXTS = ("alternative", "caption", "source")
    PRIVACY = Tags(
        public=(
            "id", "edition", "position", "key", "attachment", "alternative", "is_decorative", "caption",
            "source",
        ),
        internal=("version",),
    )  # fmt: skip

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="material_figure_key_once"),
            models.CheckConstraint(
                condition=models.Q(is_decorative=False) | models.Q(alternative=""),
                name="decorative_without_alternative",
            ),
        ]


class MaterialFile(Part, models.Model):
    """A file to take away beside an edition: the text as PDF, ODT or DOCX, a checklist, a form, an annex."""

    edition = models.ForeignKey(MaterialEdition, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=FileRole, default=FileRole.ANNEX)
    name = models.CharField(max_length=200)
    # What a check of the file has found missing, by codes.
    faults = models.JSONField(default=list)
    # Why a file with faults is there all the same; the public reads it.
    reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    page = "files"
    WORDS = ("position", "attachment_id", "role", "name", "faults", "reason")
    TEXTS = ("name", "reason")
    PRIVACY = Tags(
        public=("id", "edition", "position", "attachment", "role", "name", "faults", "reason"),
        internal=("version",),
    )

    class Meta:
        ordering = ["position", "pk"]


class MaterialProvision(CitedProvision):
    """That an edition of a material rests on a provision of law."""

    edition = models.ForeignKey(MaterialEdition, on_delete=models.CASCADE, related_name="provisions")

    PRIVACY = Tags(public=CitedProvision.PUBLIC_FIELDS)


class MaterialJustification(Justification):
    """A find of the check for personal data that stays in a material."""

    edition = models.ForeignKey(MaterialEdition, on_delete=models.CASCADE, related_name="justified_hits")

    PRIVACY = Tags(
        internal=Justification.INTERNAL_FIELDS, personal={"found": About("edition", Erase.DELETE_ROW)}
    )


class MaterialFeedback(documents.Feedback):
    """What a reader says of a material: whether it helped, or what is wrong."""

    text = models.ForeignKey(MaterialText, on_delete=models.CASCADE, related_name="feedback")

    PRIVACY = Tags(
        internal=(*documents.Feedback.INTERNAL_FIELDS, "text"), personal=documents.Feedback.PERSONAL_FIELDS
    )

    class Meta(documents.Feedback.Meta):
        indexes = [
            models.Index(fields=["text", "helpful"], name="material_feedback"),
            models.Index(
                fields=["text"],
                name="material_feedback_unsettled",
                condition=models.Q(settled_at=None) & ~models.Q(mistake=""),
            ),
        ]


class MaterialReads(models.Model):
    """How often a material was read on one day; nothing of who read it is kept."""

    text = models.ForeignKey(MaterialText, on_delete=models.CASCADE, related_name="reads")
    on = models.DateField()
    count = models.PositiveIntegerField(default=0)

    PRIVACY = Tags(internal=("id", "text", "on", "count"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "on"], name="material_reads_once_a_day")]
