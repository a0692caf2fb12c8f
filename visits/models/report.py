"""The report of a visit: a document whose editions are made of parts that several people write at once."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.detector.justifications import Justification
from core.documents.models import Document, DocumentQuerySet, Edition, EditionQuerySet
from core.files.attachments import Attachment
from core.privacy import About, Erase, Tags
from municipalities.models import Practice
from visits.choices import Readers
from visits.models.visit import StudyVisit

SEARCH_KIND = "visit-report"
# What stands beside the text of an edition, by its related names, with what a page of it reads of each row.
PARTS = {
    "sections": ("item", "holder"),
    "answers": ("question__item",),
    "figures": (),
    "files": ("attachment__preview", "section"),
    "lessons": ("lesson",),
}


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


class ReportEdition(Edition):
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
    PRIVACY = Tags(
        public=(*Edition.PUBLIC_FIELDS, "title", "summary", "summary_html", "pdf"),
        internal=(*Edition.INTERNAL_FIELDS, "readers", "pdf_failed_at"),
    )

    objects = ReportEditionQuerySet.as_manager()

    def with_parts(self) -> "ReportEdition":
        """Fetch all parts, each kind by one query however many there are; once for a row in memory."""
        rows = {part: getattr(self, part).all() for part in PARTS}
        fetched = [
            models.Prefetch(part, rows[part].select_related(*beside) if beside else rows[part])
            for part, beside in PARTS.items()
        ]
        models.prefetch_related_objects([self], *fetched)
        return self

    def parts(self) -> Iterator[tuple[str, Any]]:
        """Yield each part with what it is called among PARTS, in the order in which a report is read."""
        self.with_parts()
        for part in PARTS:
            yield from ((part, row) for row in getattr(self, part).all())

    def words(self) -> dict[str, Any]:
        """Return all that was written, the words of each part under its name, too."""
        written: dict[str, Any] = {part: [] for part in PARTS}
        for part, row in self.parts():
            written[part].append(row.words())
        return {**super().words(), **written}

    def write_beside(self, words: dict[str, Any]) -> None:
        """Copy parts as words() of an edition has them; what is not among them stays as it is."""
        super().write_beside(words)
        copies: dict[int | None, int] = {}
        for part in PARTS:
            for said in words.get(part, ()):
                said = dict(said)
                before, section = said.pop("pk", None), said.pop("section_id", None)
                row = getattr(self, part).model(edition=self)
                if section is not None:
                    said["section_id"] = copies.get(section)
                row.take_over(said)
                row.save()
                row.keep_version(self.saved_by or self.author)
                if part == "sections":
                    copies[before] = row.pk

    def all_texts(self) -> dict[str, str]:
        """Return all that its texts and its parts say, each text by where it stands."""
        beside = {
            f"{part}_{row.pk}_{name}": text
            for part, row in self.parts()
            for name, text in row.all_texts().items()
        }
        return {**super().all_texts(), **beside}

    def searched_texts(self) -> Iterator[str]:
        yield from super().searched_texts()
        for _part, row in self.parts():
            yield from row.all_texts().values()

    def address_of(self, field: str) -> str:
        """Return where somebody mends the text that all_texts() knows as `field`."""
        part, _underscore, rest = field.partition("_")
        if part not in PARTS:
            return reverse("desk-visit-report-edit", args=[self.document_id])
        number = int(rest.partition("_")[0])
        return next(row.get_desk_url() for found, row in self.parts() if (found, row.pk) == (part, number))


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
