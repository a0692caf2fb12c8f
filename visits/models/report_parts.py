"""What the edition of a report is made of: sections, answers, figures, files, and the wording of lessons."""

from django.db import models

from core.documents.parts.models import HeldPart, Part, PartVersion
from core.files.attachments import INLINE_TYPES, Attachment
from core.privacy import Tags
from visits.choices import Consent, ForWhom
from visits.models.attendance import TravelQuestion
from visits.models.report import Lesson, ReportEdition
from visits.models.visit import ProgrammeItem


class ReportSection(HeldPart):
    """One section of an edition: written by whoever holds it now, read by all."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="sections")
    # What of the programme it tells of; empty for what stands beside it.
    item = models.ForeignKey(ProgrammeItem, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(max_length=20_000, blank=True)

    WORDS = ("item_id", "position", "heading", "text")
    PRIVACY = Tags(public=(*HeldPart.PUBLIC_FIELDS, "item"), internal=HeldPart.INTERNAL_FIELDS)

    class Meta(HeldPart.Meta):
        constraints = HeldPart.constraints("report_section")

    page = "sections"


class SectionVersion(PartVersion):
    """What a section said once, who wrote it, and when."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="versions")

    PRIVACY = Tags(internal=(*PartVersion.INTERNAL_FIELDS, "section"))

    class Meta(PartVersion.Meta):
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
