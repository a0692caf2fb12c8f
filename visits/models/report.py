"""The report of a visit: a document whose editions are made of parts that several people write at once."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.detector.justifications import Justification
from core.documents.models import Document, DocumentQuerySet, Edition, EditionQuerySet
from core.documents.parts.models import EditionOfParts
from core.files.attachments import Attachment
from core.privacy import About, Erase, Tags
from municipalities.models import Practice
from visits.choices import Readers
from visits.models.visit import StudyVisit

SEARCH_KIND = "visit-report"


class ReportQuerySet(DocumentQuerySet):
    def published(self) -> "ReportQuerySet":
        """Return the reports that readers find at their addresses now."""
        rows = ReportEdition.objects.published().filter(document=models.OuterRef("pk"))
        return self.filter(models.Exists(rows))


class Report(Document):
    """The stable address of what was learned on one visit: its slug is the visit's."""

    visit = models.OneToOneField(StudyVisit, on_delete=models.PROTECT, related_name="report")

    PRIVACY = Tags(public=(*Document.PUBLIC_FIELDS, "visit"), internal=Document.INTERNAL_FIELDS)

    objects = ReportQuerySet.as_manager()


class ReportEditionQuerySet(EditionQuerySet):
    def for_page(self) -> "ReportEditionQuerySet":
        return self.select_related("document__visit__host", "pdf")

    def without_pdf(self) -> "ReportEditionQuerySet":
        """Return the published editions whose PDF nobody has made yet."""
        return self.published().filter(pdf=None)


class ReportEdition(EditionOfParts, Edition):
    """One edition of a report: its summary in both languages; the parts stand in rows of their own."""

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
    # When it could not be made the last time; empty where it was not tried, or is there.
    pdf_failed_at = models.DateTimeField(null=True, editable=False)

    LEAD = "summary"
    PARTS = {
        "sections": ("item", "holder"),
        "answers": ("question__item",),
        "figures": (),
        "files": ("attachment__preview", "section"),
        "lessons": ("lesson",),
    }
    PRIVACY = Tags(
        public=(*Edition.PUBLIC_FIELDS, "title", "summary", "summary_html", "pdf"),
        internal=(*Edition.INTERNAL_FIELDS, "readers", "pdf_failed_at"),
    )

    objects = ReportEditionQuerySet.as_manager()

    def copied(self, said: dict[str, Any], copies: dict[tuple[str, Any], Any]) -> dict[str, Any]:
        """Return the words of a part for its copy: a photo stands in the copy of its section."""
        section = said.pop("section_id", None)
        return said if section is None else {**said, "section_id": copies.get(("sections", section))}

    def searched_texts(self) -> Iterator[str]:
        yield from super().searched_texts()
        for _part, row in self.parts():
            yield from row.all_texts().values()


class Lesson(models.Model):
    """What can be learned from a visit; it stays the same lesson through all editions of its report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lessons")
    number = models.PositiveSmallIntegerField()
    # The practice that it leads to; in its ledger stands who has taken it over.
    practice = models.ForeignKey(
        Practice, on_delete=models.SET_NULL, null=True, related_name="lessons_of_visits"
    )

    PRIVACY = Tags(public=("id", "report", "number", "practice"))

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="lesson_number")]


class ReportJustification(Justification):
    """A find of the check for personal data that stays in a report."""

    edition = models.ForeignKey(ReportEdition, on_delete=models.CASCADE, related_name="justified_hits")

    PRIVACY = Tags(
        internal=Justification.INTERNAL_FIELDS, personal={"found": About("edition", Erase.DELETE_ROW)}
    )
