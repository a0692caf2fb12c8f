"""When experts and authors are reminded, and from when on an expert who says nothing is not waited for."""

from datetime import date, timedelta

from django.utils import timezone

from core.schedule import next_day
from studies.choices import ReviewState
from studies.models import Confirmation, Reviewer

# So long an expert has to say whether they will read; in between comes one reminder.
DAYS_TO_ANSWER = timedelta(days=7)
REMINDED_OF_INVITATION = timedelta(days=4)
# Days from the deadline on which whoever reads is reminded.
REMINDERS = tuple(timedelta(days=days) for days in (-7, -1, 1, 7))
# Authors are reminded so many days after they were asked.
AUTHORS_REMINDED = tuple(timedelta(days=days) for days in (7, 14))


def answer_by(row: Reviewer) -> date:
    """Return the last day on which an invitation is to be answered."""
    asked = timezone.localdate(row.invited_at) if row.invited_at else timezone.localdate()
    return asked + DAYS_TO_ANSWER


def next_step_on(row: Reviewer, *, after: date, state: str = "") -> date | None:
    """Return when somebody is reminded next after a day, or taken as silent; None for nothing more."""
    state = state or row.state
    if state == ReviewState.INVITED:
        last = answer_by(row)
        silent = max(last, after) + timedelta(days=1)
        return next_day([last - DAYS_TO_ANSWER + REMINDED_OF_INVITATION], after=after, end=silent)
    if state == ReviewState.ACCEPTED:
        return next_day([row.round.deadline + step for step in REMINDERS], after=after)
    return None


def next_reminder_of(row: Confirmation, *, after: date) -> date | None:
    """Return when an author is reminded next after a day; None for never."""
    asked = timezone.localdate(row.asked_at)
    return next_day([asked + step for step in AUTHORS_REMINDED], after=after)
