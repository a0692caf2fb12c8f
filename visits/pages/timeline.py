"""What a municipality's public page and its timeline tell of study visits that its people joined."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from core.templatetags import ui
from municipalities.hooks import Entry, morning, newest
from municipalities.models import Municipality
from visits.models import StudyVisit
from visits.pages.queries import joined_by

KIND = "visits"
# More visits of one municipality never begin on one day.
SAME_DAY = 20
# More than anybody reads there; the list of visits has all.
MOST = 20


def joined(municipality: Municipality) -> dict[str, Any] | None:
    """Return the visits that people of the municipality joined, newest first; None when none is known."""
    visits = joined_by(municipality).for_list()[:MOST]
    return {"visits": list(visits)} if visits else None


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return the visits that people of a municipality joined, for any reader, newest first.

    One whose year is not known has no place on a timeline. An entry stands at
    the first day that its date may mean, and tells in words what is known.
    """
    rows = joined_by(municipality).filter(starts_on__lte=timezone.localdate(before))
    # One that begins on the very day is left out by `newest`; there may be one more for each of them.
    found = rows.order_by("-starts_on", "-pk")[: limit + SAME_DAY]
    return newest([_entry(visit, visit.starts_on) for visit in found if visit.starts_on], before, limit)


def _entry(visit: StudyVisit, starts_on: date) -> Entry:
    return Entry(
        morning(starts_on),
        KIND,
        visit.name,
        text=_("Somebody from the municipality took part."),
        url=visit.get_absolute_url(),
        who=", ".join(visit.participants),
        when=visit.date_text or strip_tags(ui.partial_date(visit.starts_on, visit.starts_precision)),
    )
