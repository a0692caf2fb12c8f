"""Naming people for a visit, in the order in which their municipality wants them to go."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.links.models import new_link
from core.states import Refused, move, update, verb
from core.templatetags.ui import clock, day
from visits.attendance import emails
from visits.attendance.actions.places import (
    known_as,
    lock,
    reasons_of_role,
    reasons_of_speaker,
    reasons_of_time,
    swap,
)
from visits.attendance.queries import lock_visit, my_people, places_of
from visits.choices import STANDING, InvitationState, PlaceReason, PlaceState, VisitState
from visits.models import Attendee, StudyVisit, VisitInvitation


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who is to go, and how to reach them."""

    name: str
    email: str
    post: str = ""
    phone: str = ""


def lock_invitation(invitation: VisitInvitation) -> None:
    """Let nobody else name or move people of the same visit meanwhile."""
    lock_visit(invitation.visit)


def reasons_against_naming(invitation: VisitInvitation, *, by: User) -> list[str]:
    """Say why `by` cannot name people of a municipality now; empty when they can."""
    return reasons_of_speaker(invitation, by) + reasons_of_sign_up(invitation.visit, by)


def reasons_of_sign_up(visit: StudyVisit, by: User) -> list[str]:
    """Say why nobody is named any more: officials until the sign-up ends, the desk until the visit begins."""
    reasons = reasons_of_time(visit)
    if reasons or by.has(Permission.MANAGE_VISITS):
        return reasons
    if visit.state == VisitState.PLANNED:
        return [_("The sign-up is not open yet.")]
    until = visit.sign_up_until
    if until and until < timezone.now():
        return [_ended(until)]
    if visit.state != VisitState.OPEN:
        return [_("The sign-up is closed. Call the Contact Centre if somebody should still go.")]
    return []


def _ended(until: Any) -> str:
    here = timezone.get_default_timezone()
    with timezone.override(here):
        told = {"day": day(until), "time": clock(until)}
    call = _("Call the Contact Centre if somebody should still go.")
    return " ".join([_("The sign-up ended on %(day)s at %(time)s Czech time.") % told, call])


def faults_of(invitation: VisitInvitation, *, email: str, is_substitute: bool) -> dict[str, str]:
    """Say what stands against one more person of a municipality, by the part that is wrong."""
    faults = known_as(invitation.visit, email)
    if not is_substitute and not places_of(invitation.visit).has_room_for(invitation):
        faults["is_substitute"] = over_quota(invitation)
    return faults


def over_quota(invitation: VisitInvitation) -> str:
    """Say that a municipality has named as many people as may go."""
    count = invitation.places
    words = ngettext(
        "Your municipality has %(count)s place, and it is taken.",
        "Your municipality has %(count)s places, and they are taken.",
        count,
    )
    substitute = _("Tick the box to name a substitute for the waiting list.")
    return " ".join([words % {"count": count}, substitute])


@verb(against=reasons_against_naming, lock=lock_invitation)
def name_person(
    invitation: VisitInvitation, *, person: Person, is_substitute: bool = False, by: User
) -> Attendee:
    """Name somebody. Over the quota it has to be said that they are a substitute, for the waiting list.

    Raises Refused over the quota, and for somebody who is named already.
    """
    faults = faults_of(invitation, email=person.email, is_substitute=is_substitute)
    if faults:
        raise Refused(list(faults.values()))
    has_room = places_of(invitation.visit).has_room_for(invitation)
    state = PlaceState.NAMED if has_room else PlaceState.WAITING
    attendee = _add(invitation.visit, person, state, by, invitation=invitation)
    _say_coming(invitation, by)
    return attendee


def _say_coming(invitation: VisitInvitation, by: User) -> None:
    if invitation.state == InvitationState.COMING:
        return
    said = {"answered_at": timezone.now(), "answered_by": by, "why_not": "", "why_not_text": ""}
    move(invitation, InvitationState.COMING, also=said)
    audit.record("invitation.accept", invitation, by=by, visit=invitation.visit_id)
    emails.answered(invitation, by=by)


def _add(visit: StudyVisit, person: Person, state: PlaceState, by: User, **more: Any) -> Attendee:
    last = visit.attendees.filter(**more).order_by("-priority").values_list("priority", flat=True).first()
    attendee = Attendee.objects.create(
        visit=visit,
        state=state,
        priority=(last or 0) + 1,
        named_by=by,
        language="cs",
        **asdict(person),
        **more,
    )
    audit.record("attendee.name", attendee, by=by, visit=visit.pk, state=str(state))
    emails.place(attendee, by=by)
    return attendee


def reasons_against_adding(visit: StudyVisit, *, by: User) -> list[str]:
    """Say why nobody of the ministry can be added to a visit; empty when somebody can."""
    return reasons_of_role(by) + reasons_of_time(visit)


@verb(against=reasons_against_adding, lock=lock_visit)
def add_of_ministry(visit: StudyVisit, *, person: Person, by: User) -> Attendee:
    """Name somebody of the ministry, whom no municipality invites; they wait to be confirmed, too."""
    if faults := known_as(visit, person.email):
        raise Refused(list(faults.values()))
    return _add(visit, person, PlaceState.NAMED, by, invitation=None)


def reasons_against_changing(attendee: Attendee, *, by: User) -> list[str]:
    """Say why `by` cannot change what is written of somebody; empty when they can."""
    reasons = reasons_of_speaker(attendee.invitation, by) + reasons_of_time(attendee.visit)
    if attendee.state not in STANDING:
        reasons.append(_("This person does not go any more. Name them again."))
    return reasons


@verb(against=reasons_against_changing, lock=lock, versioned=True)
def change_person(attendee: Attendee, *, person: Person, version: int, by: User) -> None:
    """Change how somebody is called and reached. Another address gets a link of its own, the old one ends."""
    if faults := known_as(attendee.visit, person.email, but=attendee.pk):
        raise Refused(list(faults.values()))
    is_other = person.email.lower() != attendee.email.lower()
    update(attendee, also={**asdict(person), **(new_link() if is_other else {})})
    audit.record("attendee.change", attendee, by=by, visit=attendee.visit_id)
    if is_other:
        emails.place(attendee, by=by)


def reasons_against_moving_up(attendee: Attendee, *, by: User) -> list[str]:
    """Say why somebody cannot go before whoever stands before them; empty when they can."""
    if attendee.invitation is None or attendee.state not in STANDING:
        return [_("This person stands in no order.")]
    return reasons_against_naming(attendee.invitation, by=by)


@verb(against=reasons_against_moving_up, lock=lock)
def move_up(attendee: Attendee, *, by: User) -> None:
    """Let somebody go before whoever stood before them in the order of their municipality.

    A substitute who is moved before somebody not confirmed yet changes places with them. Raises Refused
    where a substitute would go before whoever has a place already.
    """
    assert attendee.invitation is not None
    rows = [row for row in my_people(attendee.invitation) if row.state in STANDING]
    place = next((index for index, row in enumerate(rows) if row.pk == attendee.pk), 0)
    if place == 0:
        return
    before, moved = rows[place - 1], rows[place]
    if not may_go_before(moved, before):
        raise Refused([_("%(name)s has a place already.") % {"name": before.name}])
    rows[place - 1], rows[place] = moved, before
    for number, row in enumerate(rows, start=1):
        row.priority = number
    Attendee.objects.bulk_update(rows, ["priority"])
    audit.record("attendee.move_up", attendee, by=by, visit=attendee.visit_id)
    if (before.state, moved.state) == (PlaceState.NAMED, PlaceState.WAITING):
        for row, to in ((before, PlaceState.WAITING), (moved, PlaceState.NAMED)):
            row.visit, row.invitation = attendee.visit, attendee.invitation
            swap(row, to, why=PlaceReason.ORDER, by=by)


def may_go_before(moved: Attendee, before: Attendee) -> bool:
    """Tell whether one may be put before another: nobody has to hand over a confirmed place."""
    return moved.state != PlaceState.WAITING or before.state != PlaceState.CONFIRMED
