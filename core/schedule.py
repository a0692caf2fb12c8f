"""The table of tasks that come back by themselves: reminders, digests, the delivery of mail.

The queue is django-tasks'. A capability makes such a task by `steps` or `comes_back` and names it
in its apps.py by `add`. Each task tells when it is next due, so a run that was lost (a worker was
killed, a task got another name) is planned anew by `plan_all`, before each start of a worker.
One waiting run is enough: it takes all that is due by then.
"""

import logging
from collections.abc import Callable, Container, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache, wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import models, transaction
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from core.states import Conflict

logger = logging.getLogger("portal.schedule")

# Reminders go out when offices open; what is told in the daily mail is found before its usual hour.
MORNING, EARLY = time(8), time(6)
SOON = timedelta(minutes=5)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring(Task[[], None]):
    """A task that comes back: `next_at()` tells when it is next due; None while nothing is to be done."""

    next_at: Callable[[], datetime | None]

    def plan(self) -> None:
        """Let a run wait for the next moment, unless one waits for it already or for an earlier one.

        It belongs to the caller's transaction.
        """
        if (at := self.next_at()) is None:
            return
        waiting = DBTaskResult.objects.filter(status="READY", task_path=self.module_path, run_after__lte=at)
        if not waiting.exists():
            self.using(run_after=at).enqueue()


_table: list[Recurring] = []


def add(*tasks: Recurring) -> None:
    """Name tasks of an app, from its ready()."""
    _table.extend(tasks)


def table() -> tuple[Recurring, ...]:
    """Return every task that comes back."""
    return tuple(_table)


def plan_all() -> None:
    """Plan every task of the table, and put away waiting runs of tasks that no code knows any more."""
    for row in DBTaskResult.objects.filter(status="READY"):
        try:
            _ = row.task
        except (ImportError, SuspiciousOperation) as error:
            logger.warning("nobody knows the task %s any more", row.task_path)
            row.set_failed(error)
    for task in _table:
        task.plan()


def comes_back(next_at: Callable[[], datetime | None]) -> Callable[[Callable[[], None]], Recurring]:
    """Make a function a task that is planned anew after each run, also after one that failed."""

    def made(run: Callable[[], None]) -> Recurring:
        @wraps(run)
        def run_and_plan() -> None:
            try:
                run()
            finally:
                task.plan()

        task = Recurring(func=run_and_plan, next_at=next_at)
        return task

    return made


def steps(rows: Callable[[], models.QuerySet[Any]]) -> Callable[[Callable[[Any], None]], Recurring]:
    """Make a function of one row a task that takes the step of each of `rows()` on its `next_step_on`.

    Each step is a transaction of its own. It has to set `next_step_on` by `core.states`: of two
    workers at once one takes it, and what the other finds changed it leaves for the next time.
    """

    def made(take: Callable[[Any], None]) -> Recurring:
        @comes_back(lambda: morning_of(rows().aggregate(day=models.Min("next_step_on"))["day"]))
        @wraps(take)
        def take_all() -> None:
            due = rows().filter(next_step_on__lte=timezone.localdate())
            for row in due.order_by("next_step_on", "pk"):
                with suppress(Conflict), transaction.atomic():
                    take(row)

        return take_all

    return made


def next_day(days: Iterable[date], *, after: date, end: date | None = None) -> date | None:
    """Return the first of some days after one and before the end; without any, the end."""
    return min((day for day in days if after < day and (end is None or day < end)), default=end)


def morning_of(day: date | None) -> datetime | None:
    """Return the morning of a day, or a moment soon when that has passed; without a day None."""
    if day is None:
        return None
    morning = timezone.make_aware(datetime.combine(day, MORNING))
    return max(morning, timezone.now() + SOON)


def next_early() -> datetime:
    """Return the next early morning."""
    today = timezone.localdate()
    mornings = (
        timezone.make_aware(datetime.combine(today + timedelta(days=days), EARLY)) for days in range(2)
    )
    return next(at for at in mornings if at > timezone.now())


# Days on which offices work -------------------------------------------------------


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
