"""What study visits tell on a municipality's timeline."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.hooks import Entry
from municipalities.models import Municipality
from visits.models import StudyVisit

KIND = "visits"
# More visits of one municipality never begin on one day.
SAME_DAY = 20


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return the visits that people of a municipality joined, for any reader, newest first.

    One whose year is not known has no place on a timeline. An entry stands at
    the first day that its date may mean, and tells in words what is known.
    """
    # One that begins on the very day is left out below; there may be one more for each of them.
    rows = _joined_by(municipality).filter(starts_on__lte=timezone.localdate(before))
    newest = rows.order_by("-starts_on", "-pk")[: limit + SAME_DAY]
    told = (_entry(visit, visit.starts_on) for visit in newest if visit.starts_on)
    return [entry for entry in told if entry.at < before][:limit]


def _joined_by(municipality: Municipality) -> QuerySet[StudyVisit]:
    return StudyVisit.objects.filter(municipalities=municipality, starts_on__isnull=False)


def _entry(visit: StudyVisit, starts_on: date) -> Entry:
    return Entry(
        at=timezone.make_aware(datetime.combine(starts_on, time.min)),
        kind=KIND,
        title=visit.name,
        text=_("Somebody from the municipality took part."),
        url=visit.get_absolute_url(),
        who=", ".join(visit.participants),
        when=visit.date_text,
    )
