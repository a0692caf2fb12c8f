"""By when an answer is due, counted in Czech working days."""

from datetime import date, datetime, timedelta

import holidays
from django.utils import timezone

ANSWER_WORKING_DAYS = 10

# Easter included; the package works out a year when it is first asked for.
_HOLIDAYS = holidays.country_holidays("CZ")
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day: not at a weekend, not on a public holiday."""
    return day.weekday() < _SATURDAY and day not in _HOLIDAYS


def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`; `day` itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def due_on(received_at: datetime) -> date:
    """Return the day by which what came at `received_at` is to be answered, in Czech local time."""
    return add_working_days(timezone.localtime(received_at).date(), ANSWER_WORKING_DAYS)
