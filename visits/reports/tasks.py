"""The PDF of each published report, made by the worker."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from core.schedule import comes_back
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
        pdf.keep(edition)


def next_missing() -> datetime | None:
    """Return when to look for what has no PDF; None when nothing is missing."""
    return timezone.now() + AGAIN if ReportEdition.objects.without_pdf().exists() else None


@comes_back(next_missing)
def make_missing() -> None:
    """Make what was left without a PDF: a worker was killed, or a picture could not be read."""
    for edition in ReportEdition.objects.without_pdf().for_page():
        try:
            pdf.keep(edition)
        except pdf.CannotMake:
            logger.exception("no PDF of the report %s", edition.pk)


def make_soon(edition: ReportEdition) -> None:
    """Let the worker make the PDF of an edition that is published now."""
    make.enqueue(edition.pk)
    make_missing.plan()
