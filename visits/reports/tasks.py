"""The PDF of each published report, made by the worker."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from core import audit
from core.schedule import comes_back
from core.states import verb
from visits.models import ReportEdition
from visits.reports import pdf

logger = logging.getLogger("portal.reports")
# What could not be made is tried again after so long.
AGAIN = timedelta(hours=1)


@task()
def make(edition_id: int) -> None:
    """Make the PDF of a published edition, unless it has one or is not public any more."""
    edition = ReportEdition.objects.without_pdf().for_page().filter(pk=edition_id).first()
    if edition:
        _make(edition)


def _make(edition: ReportEdition) -> None:
    """Make one; where that cannot be done, the desk reads so on the report's page."""
    try:
        pdf.keep(edition)
    except pdf.CannotMake:
        logger.exception("no PDF of the report %s", edition.pk)
        ReportEdition.objects.filter(pk=edition.pk).update(pdf_failed_at=timezone.now())


def next_missing() -> datetime | None:
    """Return when to look for what has no PDF; None when nothing is missing."""
    return timezone.now() + AGAIN if ReportEdition.objects.without_pdf().exists() else None


@comes_back(next_missing)
def make_missing() -> None:
    """Make what was left without a PDF: a worker was killed, or a picture could not be read."""
    for edition in ReportEdition.objects.without_pdf().for_page():
        _make(edition)


def make_soon(edition: ReportEdition) -> None:
    """Let the worker make the PDF of an edition that is published now."""
    make.enqueue(edition.pk)
    make_missing.plan()


def reasons_against_making_again(edition: ReportEdition) -> list[str]:
    """Return why no PDF can be made anew; empty when it can."""
    if not ReportEdition.objects.without_pdf().filter(pk=edition.pk).exists():
        return [_("Only a published report that has no PDF gets one.")]
    return []


@verb(against=reasons_against_making_again)
def make_again(edition: ReportEdition, *, by: Any) -> None:
    """Let the worker try once more, now, what could not be made."""
    ReportEdition.objects.filter(pk=edition.pk).update(pdf_failed_at=None)
    audit.record("report.make_pdf", edition, by=by)
    make_soon(edition)
