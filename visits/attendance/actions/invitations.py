"""Inviting municipalities to a visit, each once, and reminding those who have not answered."""

from collections.abc import Collection

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
        emails.to_officials(emails.INVITED, row, by=by)
    audit.record("visit.invite", visit, by=by, municipalities=[place.pk for place in new])
    plan_reminders(visit)
    return rows


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
    return reasons


@verb(against=reasons_against_reminding)
def remind(invitation: VisitInvitation, *, by: User) -> None:
    """Remind one municipality now, at most once a day. Raises Refused also where nobody speaks for it."""
    if not speakers_for(invitation.municipality_id).exists():
        raise Refused([_("Nobody speaks for this municipality. Call it, and answer for it here.")])
    if not remind_once_a_day(invitation):
        raise Conflict(invitation)
    audit.record("invitation.remind", invitation, by=by, visit=invitation.visit_id)
