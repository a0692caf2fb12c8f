"""How somebody who was named comes to a place on a visit, and gives it up. Every move has its reason."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.states import Refused, may_move, move, refuse_for, verb
from visits.attendance import emails
from visits.attendance.queries import Places, is_over, is_speaker, lock_visit, next_on_list, places_of
from visits.choices import STANDING, PlaceReason, PlaceState, VisitState
from visits.models import Attendee, StudyVisit, VisitInvitation


def lock(attendee: Attendee) -> None:
    """Let nobody else move people of the same visit meanwhile."""
    lock_visit(attendee.visit)


def reasons_of_role(by: User) -> list[str]:
    """Say why `by` may not run study visits; empty when they may."""
    return by.reasons_without(Permission.MANAGE_VISITS, _("Your role does not run study visits."))


def known_as(visit: StudyVisit, email: str, *, but: int = 0) -> dict[str, str]:
    """Say that somebody with an address is named for a visit already, whoever named them."""
    rows = visit.attendees.filter(state__in=STANDING).exclude(pk=but).values_list("email", flat=True)
    is_known = _mailbox(email) in map(_mailbox, rows)
    return {"email": _("Somebody with this e-mail is named for the visit already.")} if is_known else {}


def _mailbox(email: str) -> str:
    """Return where an address leads, which neither its case nor what is added behind a plus changes."""
    name, _at, host = email.casefold().rpartition("@")
    return f"{name.partition('+')[0]}@{host}"


def _reasons_of_desk(attendee: Attendee, to: str, by: User) -> list[str]:
    reasons = reasons_of_role(by) + reasons_of_time(attendee.visit)
    return reasons if may_move(attendee, to) else [*reasons, _how_they_stand(attendee)]


def _how_they_stand(attendee: Attendee) -> str:
    said = {
        PlaceState.NAMED: _("%(name)s waits to be confirmed already."),
        PlaceState.CONFIRMED: _("%(name)s has a place already."),
        PlaceState.WAITING: _("%(name)s is on the waiting list already."),
        PlaceState.GIVEN_UP: _("%(name)s gave the place up. First name them again."),
        PlaceState.REFUSED: _("%(name)s got no place. First name them again."),
    }
    return said[PlaceState(attendee.state)] % {"name": attendee.name}


def reasons_of_time(visit: StudyVisit) -> list[str]:
    """Say why nobody is moved on the list of a visit any more; empty until it begins."""
    if not is_over(visit):
        return []
    if visit.state == VisitState.CANCELLED:
        return [_("The visit was cancelled.")]
    return [_("The visit has begun.") if visit.state == VisitState.UNDER_WAY else _("The visit is over.")]


def reasons_against_confirming(attendee: Attendee, *, by: User) -> list[str]:
    """Say why somebody cannot be given a place; empty when they can."""
    return why_not_confirm(attendee, by, places_of(attendee.visit))


def why_not_confirm(attendee: Attendee, by: User, places: Places) -> list[str]:
    """Say the same of one of many, whose places were counted once."""
    reasons = _reasons_of_desk(attendee, PlaceState.CONFIRMED, by)
    if places.are_full:
        reasons.append(_("All %(count)s places are taken.") % {"count": places.capacity})
    if attendee.invitation and not places.has_quota_for(attendee):
        reasons.append(_used_up(attendee.invitation))
    return reasons


def _used_up(invitation: VisitInvitation) -> str:
    told = {"count": invitation.places, "name": invitation.municipality.name}
    return _("%(name)s has used up its places (%(count)s). You can give it more.") % told


@verb(against=reasons_against_confirming, lock=lock, versioned=True)
def confirm(attendee: Attendee, *, version: int, by: User) -> None:
    """Give somebody a place. Of two who want the last one, one gets it."""
    _confirm(attendee, by)


def _confirm(attendee: Attendee, by: User | None, *, why: str = "") -> None:
    move(attendee, PlaceState.CONFIRMED, also=_decided(why=why))
    audit.record("attendee.confirm", attendee, by=by, visit=attendee.visit_id)
    emails.place(attendee, by=by)


def reasons_against_confirming_all(visit: StudyVisit, *, by: User) -> list[str]:
    """Say why not all who wait to be confirmed can be; empty when they can."""
    reasons = reasons_of_role(by) + reasons_of_time(visit)
    if reasons:
        return reasons
    count = visit.attendees.filter(state=PlaceState.NAMED).count()
    if not count:
        return [_("Nobody waits to be confirmed.")]
    places = places_of(visit)
    reasons = _over_quota(visit, places)
    if places.left is not None and places.left < count:
        told = {"count": count, "left": places.left}
        reasons.append(_("%(count)s people wait, %(left)s places are left. Choose them one by one.") % told)
    return reasons


def _over_quota(visit: StudyVisit, places: Places) -> list[str]:
    """Say which municipalities have named more people than may go, since their quota was lowered."""
    rows = visit.invitations.filter(attendees__state=PlaceState.NAMED).select_related("municipality")
    over = [row for row in rows.order_by("pk").distinct() if places.taken[row.pk] > row.places]
    said = _("%(name)s has named more people than it has places (%(count)s). Choose them one by one.")
    return [said % {"name": row.municipality.name, "count": row.places} for row in over]


@verb(against=reasons_against_confirming_all, lock=lock_visit)
def confirm_all(visit: StudyVisit, *, by: User) -> int:
    """Give a place to all who wait to be confirmed; return how many they were."""
    rows = visit.attendees.filter(state=PlaceState.NAMED).select_related("invitation__municipality")
    people = list(rows.order_by("pk"))
    for attendee in people:
        attendee.visit = visit
        _confirm(attendee, by)
    return len(people)


def reasons_against_waiting(attendee: Attendee, *, by: User) -> list[str]:
    """Say why somebody cannot be put on the waiting list; empty when they can."""
    return _reasons_of_desk(attendee, PlaceState.WAITING, by)


@verb(against=reasons_against_waiting, lock=lock, versioned=True)
def put_on_list(attendee: Attendee, *, reason: str, version: int, by: User) -> None:
    """Let somebody wait for a place, and say why. Raises Refused where they were named once more."""
    refuse_for(known_as(attendee.visit, attendee.email, but=attendee.pk).values())
    _leave(attendee, PlaceState.WAITING, "attendee.wait", reason, by)


def reasons_against_refusing(attendee: Attendee, *, by: User) -> list[str]:
    """Say why somebody cannot be refused a place; empty when they can."""
    return _reasons_of_desk(attendee, PlaceState.REFUSED, by)


@verb(against=reasons_against_refusing, lock=lock, versioned=True)
def refuse(attendee: Attendee, *, reason: str, version: int, by: User) -> None:
    """Give somebody no place, and say why."""
    _leave(attendee, PlaceState.REFUSED, "attendee.refuse", reason, by)


def reasons_against_giving_up(attendee: Attendee, *, by: User | None) -> list[str]:
    """Say why a place cannot be given up by somebody (None: by whoever has it); empty when it can."""
    reasons = reasons_of_time(attendee.visit)
    if attendee.state not in STANDING:
        reasons.append(_("There is no place to give up."))
    return reasons + (reasons_of_speaker(attendee.invitation, by) if by else [])


def reasons_of_speaker(invitation: VisitInvitation | None, by: User) -> list[str]:
    """Say why `by` cannot act for an invited municipality: neither its official nor the desk for it."""
    if by.has(Permission.MANAGE_VISITS):
        return []
    if invitation and is_speaker(by, invitation.municipality_id):
        return []
    return [_("Only those who speak for the municipality answer for it.")]


@verb(against=reasons_against_giving_up, lock=lock)
def give_up(attendee: Attendee, *, by: User | None, reason: str = "") -> None:
    """Give a place up, or leave the list; the place goes to the next at once."""
    had_place = attendee.state == PlaceState.CONFIRMED
    _leave(attendee, PlaceState.GIVEN_UP, "attendee.give_up", reason, by)
    if had_place:
        emails.given_up(attendee, by=by)


def _leave(
    attendee: Attendee, to: PlaceState, said: str, reason: str, by: User | None, *, why: str = ""
) -> None:
    before = attendee.state
    # Who does not go was not there, whatever was ticked before.
    nothing = dict.fromkeys(("was_there", "ticked_at", "ticked_by"))
    move(attendee, to, also={**_decided(reason, why), **nothing})
    leave_joined(attendee)
    audit.record(said, attendee, by=by, visit=attendee.visit_id)
    emails.place(attendee, by=by)
    # Whom the desk lets wait instead of confirming them leaves nothing that others might take.
    if before == PlaceState.CONFIRMED or (before == PlaceState.NAMED and to != PlaceState.WAITING):
        fill(attendee, PlaceState(before))


def leave_joined(attendee: Attendee) -> None:
    """Take a municipality from those that joined the visit, unless somebody else of it was there."""
    invitation = attendee.invitation
    if invitation and not invitation.attendees.filter(was_there=True).exists():
        attendee.visit.municipalities.remove(invitation.municipality_id)


def fill(left: Attendee, state: PlaceState) -> Attendee | None:
    """Give what somebody left to the next on the list, who is told why; return who got it.

    It is a place, or that the desk confirms it: the `state` in which it was left.
    """
    visit = left.visit
    chosen = None if is_over(visit) else next_on_list(visit, but=left.pk, left_by=left.invitation_id)
    if chosen is None:
        return None
    chosen.visit = visit
    going = visit.attendees.filter(invitation=chosen.invitation_id, state=PlaceState.CONFIRMED)
    is_other = chosen.invitation_id not in (None, left.invitation_id)
    is_first = is_other and not going.exists()
    why = PlaceReason.FIRST if is_first else PlaceReason.NEXT
    if state == PlaceState.CONFIRMED:
        _confirm(chosen, None, why=why)
    else:
        swap(chosen, PlaceState.NAMED, why=why, by=None)
    return chosen


def swap(attendee: Attendee, to: PlaceState, *, why: PlaceReason, by: User | None) -> None:
    """Let somebody wait to be confirmed, or on the waiting list, by what others did; they are written to.

    The caller holds the lock of the visit.
    """
    move(attendee, to, also=_decided(why=why))
    said = "attendee.next" if to == PlaceState.NAMED else "attendee.wait"
    audit.record(said, attendee, by=by, visit=attendee.visit_id)
    emails.place(attendee, by=by)


def _decided(reason: str = "", why: str = "") -> dict[str, Any]:
    return {"reason": reason, "why": why, "decided_at": timezone.now()}


def drop_all(invitation: VisitInvitation, *, by: User) -> int:
    """Give up all that people of a municipality had or waited for, since it cannot go; return how many.

    The caller holds the lock of the visit.
    """
    rows = invitation.attendees.filter(state__in=STANDING).order_by("pk")
    people = list(rows)
    # Those who wait go first, so that none of them is given a place that another one leaves.
    people.sort(key=lambda row: row.state != PlaceState.WAITING)
    for attendee in people:
        attendee.visit, attendee.invitation = invitation.visit, invitation
        if reasons := reasons_of_time(invitation.visit):
            raise Refused(reasons)
        _leave(attendee, PlaceState.GIVEN_UP, "attendee.give_up", "", by, why=PlaceReason.DECLINED)
    return len(people)
