"""Reminders of returns: seven days and one day before they are due, and on the day after.

The period holds the day of its next reminder; one waiting task looks after all periods, so that
a reminder that was sent is never sent twice. Nothing is sent for what was sent in or closed.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django_tasks import task

from core import audit
from core.schedule import wake_on
from core.states import Conflict, update
from municipalities.choices import PeriodState
from municipalities.models import Return, ReturnPeriod
from municipalities.models.returns import ReturnPeriodQuerySet
from municipalities.returns import emails

# Days from the day by which returns are to be sent.
STEPS = (timedelta(days=-7), timedelta(days=-1), timedelta(days=1))


def next_step_on(due_on: date, *, after: date) -> date | None:
    """Return the day of the next reminder after a day; None when none is left."""
    return min((due_on + step for step in STEPS if due_on + step > after), default=None)


def schedule() -> None:
    """See to it that a task comes back on the day of the first reminder, inside the caller's transaction."""
    first = _with_steps().aggregate(day=Min("next_step_on"))["day"]
    wake_on(look_after_returns, first)


def _with_steps() -> ReturnPeriodQuerySet:
    return ReturnPeriod.objects.filter(state=PeriodState.OPEN, next_step_on__isnull=False)


@task()
def look_after_returns() -> None:
    """Remind whoever is to be reminded today, and come back for the next day."""
    for period in _with_steps().filter(next_step_on__lte=timezone.localdate()).order_by("next_step_on", "pk"):
        try:
            _take_step(period)
        except Conflict:
            # Closed just now, or the day was moved; what is still to be done is done next time.
            continue
    schedule()


@transaction.atomic
def _take_step(period: ReturnPeriod) -> None:
    update(period, also={"next_step_on": next_step_on(period.due_on, after=timezone.localdate())})
    reminded = [row for row in period.returns.wanted().for_list().order_by("pk") if remind_once_a_day(row)]
    audit.record("returns.remind", period, by=None, count=len(reminded))


def remind_once_a_day(statement: Return) -> bool:
    """Remind the officials of one municipality unless they were reminded today; tell whether they were now.

    Where nobody speaks for the municipality, nobody is.
    The version of the return stays: whoever is filling it in is not held up.
    """
    now = timezone.now()
    if statement.reminded_at and timezone.localdate(statement.reminded_at) == timezone.localdate(now):
        return False
    if not emails.has_readers(statement):
        return False
    rows = Return.objects.wanted().filter(pk=statement.pk, reminded_at=statement.reminded_at)
    if not rows.update(reminded_at=now):
        return False
    statement.reminded_at = now
    emails.return_reminder(statement)
    return True
