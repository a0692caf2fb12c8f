"""Inviting municipalities to a visit, each once, and reminding those who have not answered."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.states import Conflict, Refused, verb
from municipalities.models import Municipality
from visits.attendance import emails
from visits.attendance.actions.places import reasons_of_role
from visits.attendance.queries import lock_visit, speakers_for
from visits.attendance.tasks import look_after_invitations, next_step_on, remind_once_a_day
from visits.choices import InvitationState, VisitState
from visits.models import StudyVisit, VisitInvitation
from visits.models.attendance import HOLD


def reasons_against_inviting(visit: StudyVisit, *, by: User) -> list[str]:
    """Say why nobody can be invited to a visit now; empty when somebody can."""
    return reasons_of_role(by) + _reasons_of_time(visit)


def _reasons_of_time(visit: StudyVisit) -> list[str]:
    if visit.state != VisitState.OPEN:
        return [_("Municipalities are invited while the sign-up is open. Open it first.")]
    if not visit.takes_names:
        return [_("The day of the sign-up is over. Move it first.")]
    return []


@verb(against=reasons_against_inviting, lock=lock_visit)
def invite(visit: StudyVisit, *, municipalities: Collection[Municipality], by: User) -> list[VisitInvitation]:
    """Invite municipalities and tell their officials; who is invited already is left as they are.

    Their mail waits for ten minutes, in which it can be taken back.

    Raises Refused where there is nobody new.
    """
    known = set(visit.invitations.values_list("municipality", flat=True))
    new = [place for place in municipalities if place.pk not in known]
    if not new:
        raise Refused([_("All of them are invited already.")])
    rows = VisitInvitation.objects.bulk_create(
        VisitInvitation(visit=visit, municipality=place, invited_by=by) for place in new
    )
    for row in rows:
        emails.to_officials(emails.INVITED, row, by=by, hold=int(HOLD.total_seconds()))
    audit.record("visit.invite", visit, by=by, municipalities=[place.pk for place in new])
    plan_reminders(visit)
    return rows


def reasons_against_taking_back(invitation: VisitInvitation, *, by: User) -> list[str]:
    """Say why an invitation cannot be taken back; empty when it can."""
    reasons = reasons_of_role(by)
    if timezone.now() >= invitation.leaves_at:
        reasons.append(_("The invitation has left. Call the municipality instead."))
    elif not VisitInvitation.objects.just_invited().filter(pk=invitation.pk).exists():
        reasons.append(_("The municipality has said something to it already, so the invitation stays."))
    return reasons


@verb(against=reasons_against_taking_back, lock=lambda invitation: lock_visit(invitation.visit))
def take_back(invitation: VisitInvitation, *, by: User) -> None:
    """Take an invitation back before its mail leaves. Raises Refused when it left at this very moment."""
    _take_back(invitation.visit, [invitation], by)


def reasons_against_taking_all_back(visit: StudyVisit, *, by: User) -> list[str]:
    """Say why no invitation to a visit can be taken back; empty when one can."""
    reasons = reasons_of_role(by)
    if not visit.invitations.just_invited().exists():
        reasons.append(_("Nobody was invited in the last ten minutes. The invitations have left."))
    return reasons


@verb(against=reasons_against_taking_all_back, lock=lock_visit)
def take_all_back(visit: StudyVisit, *, by: User) -> int:
    """Take back all invitations whose mail still waits; return how many. Raises Refused as take_back does."""
    rows = list(visit.invitations.just_invited())
    _take_back(visit, rows, by)
    return len(rows)


def _take_back(visit: StudyVisit, rows: list[VisitInvitation], by: User) -> None:
    if not emails.take_back(rows):
        raise Refused([_("It has been sent at this very moment.")])
    audit.record("visit.uninvite", visit, by=by, municipalities=[row.municipality_id for row in rows])
    visit.invitations.filter(pk__in=[row.pk for row in rows]).delete()


def plan_reminders(visit: StudyVisit) -> None:
    """Let a visit be looked after on the day of its next reminder, which follows its sign-up."""
    # The version stays: whoever is writing the visit down is not held up.
    visit.next_step_on = next_step_on(visit)
    StudyVisit.objects.filter(pk=visit.pk).update(next_step_on=visit.next_step_on)
    look_after_invitations.plan()


def reasons_against_reminding(invitation: VisitInvitation, *, by: User) -> list[str]:
    """Say why a municipality cannot be reminded of its invitation now; empty when it can."""
    reasons = reasons_against_inviting(invitation.visit, by=by)
    if invitation.state != InvitationState.INVITED:
        reasons.append(_("This municipality has answered."))
    elif timezone.now() < invitation.leaves_at:
        reasons.append(_("The invitation has not left yet."))
    return reasons


@verb(against=reasons_against_reminding)
def remind(invitation: VisitInvitation, *, by: User) -> None:
    """Remind one municipality now, at most once a day. Raises Refused also where nobody speaks for it."""
    if not speakers_for(invitation.municipality_id).exists():
        raise Refused([_("Nobody speaks for this municipality. Call it, and answer for it here.")])
    if not remind_once_a_day(invitation):
        raise Conflict(invitation)
    audit.record("invitation.remind", invitation, by=by, visit=invitation.visit_id)
