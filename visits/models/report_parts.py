"""What the edition of a report is made of: sections, answers, figures, files, and the wording of lessons."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from core.audit import user_field
from core.documents import markdown
from core.files.attachments import INLINE_TYPES, Attachment
from core.privacy import Tags
from core.states import pair
from visits.choices import Consent, ForWhom
from visits.models.attendance import TravelQuestion
from visits.models.report import Lesson, ReportEdition
from visits.models.visit import ProgrammeItem


class Part:
    """What all parts do: a subclass names its WORDS, its TEXTS among them, and which are MARKED_UP.

    BELOW is the level of the heading that a text stands under where it is read.
    """

    pk: Any
    edition: Any
    edition_id: int
    # By which name the pages call it; its rows may be more than one page's.
    WORDS: tuple[str, ...] = ()
    TEXTS: tuple[str, ...] = ()
    MARKED_UP: tuple[str, ...] = ()
    BELOW = 2

    @property
    def page(self) -> str:
        """What the page on which it is written is called in addresses."""
        raise NotImplementedError

    def get_desk_url(self) -> str:
        return reverse("desk-visit-report-part", args=[self.edition.document_id, self.page, self.pk])

    def words(self) -> dict[str, Any]:
        """Return what was written; its number tells it from its neighbours."""
        return {"pk": self.pk, **{name: getattr(self, name) for name in self.WORDS}}

    def take_over(self, words: dict[str, Any]) -> None:
        """Set what was written, for save() to keep; Markdown is rendered and cleaned here."""
        for name, value in self.columns_of(words).items():
            setattr(self, name, value)

    def columns_of(self, words: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of what was written, rendered ones with them."""
        names = [name for name in self.MARKED_UP if name in words]
        rendered = {f"{name}_html": markdown.render(words[name], below=self.BELOW) for name in names}
        return {**words, **rendered}

    def all_texts(self) -> dict[str, str]:
        """Return all that it says, by the names of its fields."""
        texts = {name: getattr(self, name) for name in self.TEXTS}
        return texts | {name: markdown.all_words(texts[name]) for name in self.MARKED_UP}

    def keep_version(self, by: Any) -> None:
        """Keep what it says now beside it, where a part has a history."""


class ReportSection(Part, models.Model):
    """One section of an edition: written by whoever holds it now, read by all."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="sections")
    # What of the programme it tells of; empty for what stands beside it.
    item = models.ForeignKey(ProgrammeItem, on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=160)
    text = models.TextField(max_length=20_000, blank=True)
    text_html = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    # Who writes in it since when, and until when nobody else may; a closed laptop lets go by itself.
    holder = user_field(null=True)
    held_since = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)

    WORDS = ("item_id", "position", "heading", "text")
    TEXTS, MARKED_UP = ("heading", "text"), ("text",)
    PRIVACY = Tags(
        public=("id", "edition", "item", "position", "heading", "text", "text_html"),
        internal=("version", "holder", "held_since", "held_until"),
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            pair("held_until", "holder", name="report_section_held_pair"),
            pair("held_since", "holder", name="report_section_since_pair"),
        ]

    page = "sections"

    @property
    def is_held(self) -> bool:
        return self.held_until is not None and self.held_until > timezone.now()

    def is_held_by(self, person: Any) -> bool:
        return self.is_held and self.holder_id == person.pk

    def is_held_from(self, person: Any) -> bool:
        """Tell whether somebody else than a person writes in it now."""
        return self.is_held and self.holder_id != person.pk

    def keep_version(self, by: Any) -> None:
        said = {"heading": self.heading, "text": self.text, "saved_by": by}
        SectionVersion.objects.create(section=self, number=self.version, **said)


class SectionVersion(models.Model):
    """What a section said once, who wrote it, and when."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = user_field()

    PRIVACY = Tags(internal=("id", "section", "number", "heading", "text", "saved_at", "saved_by"))

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="report_section_version_once")
        ]


class ReportAnswer(Part, models.Model):
    """What the report answers to a question that was taken along: by the question, never by who asked."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(TravelQuestion, on_delete=models.PROTECT, related_name="+")
    # The question as it is published.
    wording = models.CharField(max_length=500)
    text = models.TextField(max_length=4000, blank=True)
    text_html = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    WORDS = ("question_id", "wording", "text")
    TEXTS, MARKED_UP, BELOW = ("wording", "text"), ("text",), 3
    PRIVACY = Tags(public=("id", "edition", "wording", "text", "text_html"), internal=("question", "version"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "question"], name="report_answer_once")]

    page = "answers"


class ReportFigure(Part, models.Model):
    """A number that the report gives, with where it is from."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)

    WORDS = ("position", "text", "source")
    TEXTS = ("text", "source")
    PRIVACY = Tags(public=("id", "edition", "position", "text", "source"), internal=("version",))

    class Meta:
        ordering = ["position", "pk"]

    page = "figures"


class ReportFile(Part, models.Model):
    """A photo or a document beside an edition of a report."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(ReportSection, on_delete=models.SET_NULL, null=True, related_name="photos")
    position = models.PositiveSmallIntegerField()
    # What is on a photo, for whoever does not see it; what a document is called.
    alternative = models.CharField(max_length=300, blank=True)
    caption = models.CharField(max_length=200, blank=True)
    is_photo = models.BooleanField()
    consent = models.CharField(max_length=10, choices=Consent, blank=True)
    version = models.PositiveIntegerField(default=1)

    WORDS = ("attachment_id", "section_id", "position", "alternative", "caption", "is_photo", "consent")
    TEXTS = ("alternative", "caption")
    PRIVACY = Tags(
        public=("id", "edition", "attachment", "section", "position", "alternative", "caption", "is_photo"),
        internal=("consent", "version"),
    )

    class Meta:
        ordering = ["position", "pk"]

    @property
    def page(self) -> str:
        return "photos" if self.is_photo else "documents"

    @property
    def is_public(self) -> bool:
        """Whether readers may have it, once its edition is published."""
        return not self.is_photo or self.consent in (Consent.GIVEN, Consent.NOBODY)

    @property
    def is_picture(self) -> bool:
        return self.attachment.content_type in INLINE_TYPES

    def all_texts(self) -> dict[str, str]:
        """Return its texts; a document's name is read by everybody who takes it."""
        texts = super().all_texts()
        return texts if self.is_photo else {**texts, "name": self.attachment.name}


class LessonWording(Part, models.Model):
    """How one edition words a lesson, and for whom it is."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="lessons")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="wordings")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=2000, blank=True)
    for_whom = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    WORDS = ("lesson_id", "position", "title", "text", "for_whom")
    TEXTS = ("title", "text")
    PRIVACY = Tags(
        public=("id", "edition", "lesson", "position", "title", "text", "for_whom"), internal=("version",)
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "lesson"], name="lesson_worded_once")]

    page = "lessons"

    @property
    def for_whom_labels(self) -> list[str]:
        return [str(ForWhom(one).label) for one in self.for_whom]
