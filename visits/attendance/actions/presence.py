"""Who was there: ticked on the spot, perhaps without a connection and sent later; the latest tick counts."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.states import update, verb
from visits.attendance.actions.places import leave_joined, lock, reasons_of_role
from visits.choices import PlaceState, VisitState
from visits.models import Attendee, StudyVisit

TICKED_IN = (VisitState.CLOSED, VisitState.UNDER_WAY, VisitState.REPORTING)


def reasons_against_ticking(attendee: Attendee, *, by: User) -> list[str]:
    """Say why it cannot be written down whether somebody was there; empty when it can."""
    reasons = reasons_of_role(by) + reasons_of_visit(attendee.visit)
    if attendee.state != PlaceState.CONFIRMED:
        reasons.append(_("This person has no place on the visit. Confirm them first."))
    return reasons


def reasons_of_visit(visit: StudyVisit) -> list[str]:
    """Say why nobody's attendance is written down; empty from the closed sign-up until the report is out."""
    if visit.state == VisitState.CLOSED and visit.starts_on and visit.starts_on > timezone.localdate():
        return [_("Attendance is written down from the first day on.")]
    if visit.state in TICKED_IN:
        return []
    if visit.is_coming:
        return [_("Attendance is written down once the sign-up is closed.")]
    return [_("Attendance is not changed once the report is out, or the visit was cancelled.")]


@verb(against=reasons_against_ticking, lock=lock)
def tick(attendee: Attendee, *, was_there: bool, at: datetime, by: User) -> bool:
    """Write down whether somebody was there, as it was ticked at a moment; tell whether it counts.

    It may come late and more than once: what was ticked later counts. Whose municipality was there joins
    those of the visit, and leaves them when that is corrected.
    """
    attendee.refresh_from_db(fields=["was_there", "ticked_at", "version"])
    at = min(at, timezone.now())
    if attendee.ticked_at and attendee.ticked_at >= at:
        return False
    before = attendee.was_there
    update(attendee, also={"was_there": was_there, "ticked_at": at, "ticked_by": by})
    audit.record("attendee.tick", attendee, by=by, visit=attendee.visit_id, was_there=was_there)
    if before != was_there and attendee.invitation:
        _follow(attendee, attendee.invitation.municipality_id, was_there)
    return True


def _follow(attendee: Attendee, municipality: int, was_there: bool) -> None:
    if was_there:
        attendee.visit.municipalities.add(municipality)
    else:
        leave_joined(attendee)
