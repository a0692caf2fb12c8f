"""By when an answer is due, counted in Czech working days."""

from collections.abc import Container
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone

ANSWER_WORKING_DAYS = 10

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


def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`; `day` itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def due_on(received_at: datetime) -> date:
    """Return the day by which what came at `received_at` is to be answered, in Czech local time."""
    return add_working_days(timezone.localtime(received_at).date(), ANSWER_WORKING_DAYS)
