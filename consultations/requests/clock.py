"""By when an answer is due, counted in Czech working days.

The clock starts when a request comes, or when its requester replies to a
question of ours; day one is the day after, in Czech time. While we wait for
the requester it does not run: the request then has no due_on.
"""

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone

from consultations.models import SupportRequest

ANSWER_WORKING_DAYS = 10
# Whoever is about to lose a home waits no longer than this.
AT_RISK_WORKING_DAYS = 3
# Columns of a request whose clock does not run: nobody waits for us.
STOPPED = {"waiting_since": None, "due_on": None}

_SATURDAY = 5


@lru_cache(maxsize=1)
def public_holidays() -> Container[date]:
    """Return the Czech public holidays of all years, Easter included."""
    # Imported when first asked for: the package loads every country of the world with ours.
    import holidays

    return holidays.country_holidays("CZ")


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day: not at a weekend, not on a public holiday."""
    return day.weekday() < _SATURDAY and day not in public_holidays()


@lru_cache(maxsize=4096)
def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`, which does not count, or before it when negative."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def due_on(
    started_at: datetime, *, topic_days: int | None = None, home_at_risk_by: date | None = None
) -> date:
    """Return the day by which an answer is due when the clock started at `started_at`.

    `topic_days` is the number of working days of the topic, where it has one
    of its own. When a home is at risk the answer is due in three working days,
    and never later than on the last working day before `home_at_risk_by`; but
    never earlier than on the next working day either.
    """
    day = timezone.localtime(started_at).date()
    due = add_working_days(day, topic_days or ANSWER_WORKING_DAYS)
    if home_at_risk_by is None:
        return due
    due = min(due, add_working_days(day, AT_RISK_WORKING_DAYS))
    if due < home_at_risk_by:
        return due
    soonest = add_working_days(day, 1)
    return soonest if home_at_risk_by <= soonest else max(soonest, add_working_days(home_at_risk_by, -1))


def due_for(request: SupportRequest, started_at: datetime, **changed: Any) -> date:
    """Return the day by which a request is to be answered when its clock started at `started_at`.

    `changed` are columns that it is about to have.
    """
    topic = changed.get("topic", request.topic)
    at_risk_by = changed.get("home_at_risk_by", request.home_at_risk_by)
    return due_on(started_at, topic_days=topic.answer_days if topic else None, home_at_risk_by=at_risk_by)


def working_days_ago(count: int) -> datetime:
    """Return the Czech midnight that began `count` working days before today."""
    return midnight(add_working_days(timezone.localdate(), -count))


def midnight(day: date) -> datetime:
    """Return the moment at which a day began in Czech time."""
    return timezone.make_aware(datetime.combine(day, time()))
