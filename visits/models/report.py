"""The report of a visit: a document whose editions are made of sections that several people write at once."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit import user_field
from core.detector.justifications import Justification
from core.documents.models import Document, Edition
from core.files.attachments import Attachment
from core.privacy import About, Erase, Tags
from core.states import pair
from visits.choices import Consent, ForWhom, Readers
from visits.models.attendance import TravelQuestion
from visits.models.visit import ProgrammeItem, StudyVisit

SEARCH_KIND = "visit-report"


class Report(Document):
    """The stable address of what was learned on one visit."""

    visit = models.OneToOneField(StudyVisit, on_delete=models.PROTECT, related_name="report")

    PRIVACY = Tags(public=(*Document.PUBLIC_FIELDS, "visit"), internal=Document.INTERNAL_FIELDS)

    def get_absolute_url(self) -> str:
        return reverse("visit-report", args=[self.visit.slug])


class ReportEdition(Edition):
    """One edition of a report: its summary in both languages; the sections stand in rows of their own."""

    document = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="editions")
    title = models.CharField(_("Title"), max_length=160)
    # What municipalities get by mail, and what an English reader gets.
    summary = models.TextField(_("Summary"), max_length=4000)
    summary_html = models.TextField(editable=False)
    # Whom a new edition is delivered to; of the first one everybody is told.
    readers = models.CharField(
        _("Who is told of this edition"), max_length=10, choices=Readers, default=Readers.EVERYBODY
    )
    # The PDF of a published edition; empty until the worker has made it.
    pdf = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    LEAD = "summary"
    PRIVACY = Tags(
        public=(*Edition.PUBLIC_FIELDS, "title", "summary", "summary_html", "pdf"),
        internal=(*Edition.INTERNAL_FIELDS, "readers"),
    )


class ReportSection(models.Model):
    """One section of an edition: written by whoever holds it now, read by all."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="sections")
    # What of the programme it tells of; empty for what stands beside it.
    item = models.ForeignKey(ProgrammeItem, on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=160)
    text = models.TextField(max_length=20_000, blank=True)
    text_html = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    # Who writes in it now, and until when nobody else may; a closed laptop lets go by itself.
    holder = user_field(null=True)
    held_until = models.DateTimeField(null=True)
    # What its holder has typed and not saved yet, kept for them alone.
    typed = models.TextField(blank=True)

    PRIVACY = Tags(
        public=("id", "edition", "item", "position", "heading", "text", "text_html"),
        internal=("version", "holder", "held_until", "typed"),
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [pair("held_until", "holder", name="report_section_held_pair")]

    @property
    def is_held(self) -> bool:
        return self.held_until is not None and self.held_until > timezone.now()


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


class ReportAnswer(models.Model):
    """What the report answers to a question that was taken along: by the question, never by who asked."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(TravelQuestion, on_delete=models.PROTECT, related_name="+")
    # The question as it is published.
    wording = models.CharField(max_length=500)
    text = models.TextField(max_length=4000, blank=True)
    text_html = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = Tags(public=("id", "edition", "wording", "text", "text_html"), internal=("question", "version"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "question"], name="report_answer_once")]


class ReportFigure(models.Model):
    """A number that the report gives, with where it is from."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    source = models.CharField(max_length=300)

    PRIVACY = Tags(public=("id", "edition", "position", "text", "source"))

    class Meta:
        ordering = ["position", "pk"]


class ReportFile(models.Model):
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

    PRIVACY = Tags(
        public=("id", "edition", "attachment", "section", "position", "alternative", "caption", "is_photo"),
        internal=("consent",),
    )

    class Meta:
        ordering = ["position", "pk"]


class Lesson(models.Model):
    """What can be learned from a visit; it stays the same lesson through all editions of its report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lessons")
    number = models.PositiveSmallIntegerField()

    PRIVACY = Tags(public=("id", "report", "number"))

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="lesson_number")]


class LessonWording(models.Model):
    """How one edition words a lesson, and for whom it is."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="lessons")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="wordings")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=2000, blank=True)
    for_whom = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = Tags(
        public=("id", "edition", "lesson", "position", "title", "text", "for_whom"), internal=("version",)
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "lesson"], name="lesson_worded_once")]

    @property
    def for_whom_labels(self) -> list[str]:
        return [str(ForWhom(one).label) for one in self.for_whom]


class ReportJustification(Justification):
    """A find of the check for personal data that stays in a report."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="justified_hits")

    PRIVACY = Tags(
        internal=Justification.INTERNAL_FIELDS, personal={"found": About("edition", Erase.DELETE_ROW)}
    )
