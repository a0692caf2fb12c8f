"""What a municipality says to an invitation: that it cannot go, that it can after all, or nothing."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.states import may_move, move, update, verb
from visits.attendance import emails
from visits.attendance.actions.people import lock_invitation, reasons_against_naming
from visits.attendance.actions.places import drop_all, reasons_of_role, reasons_of_speaker, reasons_of_time
from visits.attendance.queries import is_over
from visits.choices import InvitationState
from visits.models import StudyVisit, VisitInvitation


def reasons_against_declining(invitation: VisitInvitation, *, by: User) -> list[str]:
    """Say why `by` cannot say that a municipality will not go; empty until the visit begins."""
    reasons = reasons_of_speaker(invitation, by) + reasons_of_time(invitation.visit)
    if not may_move(invitation, InvitationState.DECLINED):
        reasons.append(_("The municipality has said already that it cannot go."))
    return reasons


@verb(against=reasons_against_declining, lock=lock_invitation, versioned=True)
def decline(invitation: VisitInvitation, *, why_not: str, text: str, version: int, by: User) -> int:
    """Say why a municipality cannot go. Whoever it had named goes no more; return how many they were."""
    said = {"why_not": why_not, "why_not_text": text, "answered_at": timezone.now(), "answered_by": by}
    move(invitation, InvitationState.DECLINED, also=said)
    audit.record("invitation.decline", invitation, by=by, visit=invitation.visit_id, why_not=why_not)
    dropped = drop_all(invitation, by=by)
    emails.answered(invitation, by=by)
    return dropped


def reasons_against_reconsidering(invitation: VisitInvitation, *, by: User) -> list[str]:
    """Say why a refusal cannot be taken back; empty while people may be named."""
    reasons = reasons_against_naming(invitation, by=by)
    if invitation.state != InvitationState.DECLINED:
        reasons.append(_("The municipality has not said that it cannot go."))
    return reasons


@verb(against=reasons_against_reconsidering, lock=lock_invitation, versioned=True)
def reconsider(invitation: VisitInvitation, *, version: int, by: User) -> None:
    """Take back that a municipality cannot go: the invitation waits for an answer again."""
    nothing = {"why_not": "", "why_not_text": "", "answered_at": None, "answered_by": None}
    move(invitation, InvitationState.INVITED, also=nothing)
    audit.record("invitation.reconsider", invitation, by=by, visit=invitation.visit_id)
    emails.answered(invitation, by=by)


def reasons_against_giving_places(invitation: VisitInvitation, *, by: User) -> list[str]:
    """Say why a municipality cannot be given more or fewer places; empty when it can."""
    return reasons_of_role(by) + reasons_of_time(invitation.visit)


@verb(against=reasons_against_giving_places, lock=lock_invitation, versioned=True)
def give_places(invitation: VisitInvitation, *, quota: int | None, version: int, by: User) -> None:
    """Set how many people of a municipality may go; None is as many as of any other."""
    update(invitation, also={"quota": quota})
    audit.record("invitation.quota", invitation, by=by, visit=invitation.visit_id, quota=quota)


def silence(visit: StudyVisit) -> int:
    """Write down of all who have not answered that they did not; return how many they were.

    It belongs to the transaction in which the sign-up closes.
    """
    rows = list(visit.invitations.filter(state=InvitationState.INVITED).order_by("pk"))
    for row in rows:
        move(row, InvitationState.SILENT)
        audit.record("invitation.silent", row, by=None, visit=visit.pk)
    return len(rows)


def wait_again(visit: StudyVisit) -> int:
    """Let those who were silent answer, since the sign-up is open again; return how many they are."""
    rows = list(visit.invitations.filter(state=InvitationState.SILENT).order_by("pk"))
    for row in [] if is_over(visit) else rows:
        move(row, InvitationState.INVITED)
        audit.record("invitation.wait", row, by=None, visit=visit.pk)
    return len(rows)
