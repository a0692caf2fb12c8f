"""Reminders of returns: seven days and one day before they are due, and on the day after.

The period holds the day of its next reminder. Nothing is sent for what was sent in or closed.
"""

from datetime import date, timedelta

from django.utils import timezone

from core import audit
from core.schedule import next_day, steps
from core.states import update
from municipalities.choices import PeriodState
from municipalities.models import Return, ReturnPeriod
from municipalities.returns import emails

# Days from the day by which returns are to be sent.
REMINDERS = (timedelta(days=-7), timedelta(days=-1), timedelta(days=1))


def next_step_on(due_on: date, *, after: date) -> date | None:
    """Return the day of the next reminder after a day; None when none is left."""
    return next_day([due_on + reminder for reminder in REMINDERS], after=after)


@steps(lambda: ReturnPeriod.objects.filter(state=PeriodState.OPEN))
def look_after_returns(period: ReturnPeriod) -> None:
    """Remind every municipality of a period whose figures have not come."""
    update(period, also={"next_step_on": next_step_on(period.due_on, after=timezone.localdate())})
    reminded = [row for row in period.returns.wanted().for_list().order_by("pk") if remind_once_a_day(row)]
    audit.record("returns.remind", period, by=None, count=len(reminded))


def remind_once_a_day(statement: Return) -> bool:
    """Remind the officials of one municipality unless they were reminded today; tell whether they were now.

    Where nobody speaks for the municipality, nobody is.
    The version of the return stays: whoever is filling it in is not held up.
    """
    now = timezone.now()
    if statement.is_reminded_today or not emails.has_readers(statement):
        return False
    rows = Return.objects.wanted().filter(pk=statement.pk, reminded_at=statement.reminded_at)
    if not rows.update(reminded_at=now):
        return False
    statement.reminded_at = now
    emails.write(statement, "reminder")
    return True
