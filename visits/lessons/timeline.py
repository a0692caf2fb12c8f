"""What a municipality's timeline tells of lessons: what it answered, and what it said came of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from municipalities.hooks import Entry, newest
from municipalities.models import Municipality
from visits.lessons.queries import ANSWERS, with_words, wordings
from visits.models import Outcome, Proposal

KIND = "lessons"


def entries(municipality: Municipality, _reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return what a municipality said of lessons, for any reader, newest first: all of it is public."""
    return newest(
        [*_answers(municipality, before, limit), *_outcomes(municipality, before, limit)], before, limit
    )


def _answers(municipality: Municipality, before: datetime, limit: int) -> Iterator[Entry]:
    rows = Proposal.objects.of_public_reports().filter(municipality=municipality, state__in=ANSWERS)
    last = rows.filter(answered_at__lt=before).for_list().order_by("-answered_at", "-pk")
    for row in with_words(last[:limit]):
        names = {"state": row.get_state_display(), "title": row.wording.title}  # type: ignore[attr-defined]
        title = capfirst(_("lesson of a visit %(state)s: %(title)s") % names)
        if row.answered_at:
            url = row.lesson.report.visit.get_absolute_url()
            yield Entry(row.answered_at, KIND, title, row.reason, url)


def _outcomes(municipality: Municipality, before: datetime, limit: int) -> Iterator[Entry]:
    rows = Outcome.objects.filter(proposal__municipality=municipality, answered_at__lt=before)
    rows = rows.filter(proposal__in=Proposal.objects.of_public_reports())
    found = rows.select_related("proposal__lesson__report__visit__host").order_by("-answered_at", "-pk")[
        :limit
    ]
    words = wordings(row.proposal.lesson.report_id for row in found)
    for row in found:
        lesson = row.proposal.lesson
        if row.answered_at and lesson.pk in words:
            title = _("What came of a lesson: %(title)s") % {"title": words[lesson.pk].title}
            yield Entry(row.answered_at, KIND, title, row.text, lesson.report.visit.get_absolute_url())
