"""The PDF of each published edition of a material, made by the worker."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from core.documents.pdf.setting import CannotMake
from core.schedule import comes_back
from studies.exports import pdf
from studies.models import MaterialEdition

logger = logging.getLogger("portal.materials")
# What could not be made is tried again after so long.
AGAIN = timedelta(hours=1)


@task()
def make(edition_id: int) -> None:
    """Make the PDF of a published edition, unless it has one or is not public any more."""
    edition = MaterialEdition.objects.without_pdf().for_page().filter(pk=edition_id).first()
    if edition:
        _make(edition)


def _make(edition: MaterialEdition) -> None:
    try:
        pdf.keep(edition)
    except CannotMake:
        logger.exception("no PDF of the edition %s of a material", edition.pk)


def next_missing() -> datetime | None:
    """Return when to look for what has no PDF; None when nothing is missing."""
    return timezone.now() + AGAIN if MaterialEdition.objects.without_pdf().exists() else None


@comes_back(next_missing)
def make_missing() -> None:
    """Make what was left without a PDF: a worker was killed, or a picture could not be read."""
    for edition in MaterialEdition.objects.without_pdf().for_page():
        _make(edition)


def make_soon(edition: MaterialEdition) -> None:
    """Let the worker make the PDF of an edition that is published now."""
    make.enqueue(edition.pk)
    make_missing.plan()
