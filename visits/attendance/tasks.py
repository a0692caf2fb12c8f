"""What happens to invitations by itself: reminders before the sign-up ends, and its end."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from core import audit
from core.schedule import SOON, comes_back, next_day, steps
from core.states import update
from visits.attendance import emails
from visits.attendance.queries import lock_visit, speakers_for
from visits.choices import InvitationState, VisitState
from visits.models import StudyVisit, VisitInvitation
from visits.plans.actions.states import end_sign_up

# Days from the last day on which people may be named.
REMINDERS = (timedelta(days=-7), timedelta(days=-1))


def next_step_on(visit: StudyVisit, *, after: date | None = None) -> date | None:
    """Return the day of the next reminder of a visit after a day, or after today; None when none is left."""
    if visit.sign_up_until is None:
        return None
    last = timezone.localtime(visit.sign_up_until, timezone.get_default_timezone()).date()
    return next_day([last + step for step in REMINDERS], after=after or timezone.localdate())


@steps(lambda: StudyVisit.objects.filter(state=VisitState.OPEN))
def look_after_invitations(visit: StudyVisit) -> None:
    """Remind all who have not answered that the sign-up ends."""
    update(visit, also={"next_step_on": next_step_on(visit)})
    waiting = visit.invitations.filter(state=InvitationState.INVITED).for_list().order_by("pk")
    reminded = [row for row in waiting if remind_once_a_day(row)]
    audit.record("visit.remind", visit, by=None, count=len(reminded))


def remind_once_a_day(invitation: VisitInvitation) -> bool:
    """Remind the officials of one municipality unless they were today; tell whether they were now."""
    now, before = timezone.now(), invitation.reminded_at
    if before and timezone.localtime(before).date() == timezone.localdate():
        return False
    if not speakers_for(invitation.municipality_id).exists():
        return False
    rows = VisitInvitation.objects.filter(pk=invitation.pk, reminded_at=before, state=InvitationState.INVITED)
    if not rows.update(reminded_at=now):
        return False
    invitation.reminded_at = now
    emails.to_officials(emails.REMINDED, invitation)
    return True


def _next_end() -> datetime | None:
    rows = StudyVisit.objects.filter(state=VisitState.OPEN, sign_up_until__isnull=False)
    first = rows.aggregate(first=Min("sign_up_until"))["first"]
    return first and max(first + timedelta(seconds=1), timezone.now() + SOON)


@comes_back(_next_end)
def close_sign_ups() -> None:
    """Close the sign-up of every visit whose last moment has passed."""
    for visit in StudyVisit.objects.filter(state=VisitState.OPEN, sign_up_until__lt=timezone.now()):
        with transaction.atomic():
            close_when_over(visit)


def close_when_over(visit: StudyVisit) -> None:
    """Close the sign-up of a visit unless its last moment was moved meanwhile; who said nothing is silent."""
    lock_visit(visit)
    if visit.state != VisitState.OPEN or visit.takes_names:
        return
    end_sign_up(visit)
