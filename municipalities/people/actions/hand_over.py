"""Somebody else speaks for a municipality from now on, and its open matters go over to them.

What has happened stays with the municipality. Apps above say what of theirs is open and
move it (`when_handed_over`), since municipalities know nothing of requests.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

import accounts.actions
from accounts.models import Invitation, User
from accounts.permissions import Role
from core import audit
from core.states import verb
from core.templatetags.ui import day
from municipalities.choices import MembershipRole
from municipalities.models import HandOver, Membership, Municipality
from municipalities.people import emails
from municipalities.people.actions import memberships
from municipalities.places.successions import reasons_against_choosing


@dataclass(frozen=True)
class Matter:
    """Something open of a person's: what it is, where it is seen, and whether it goes over."""

    title: str
    url: str
    moves: bool = True


Matters = Callable[[Membership], Iterable[Matter]]
_registered: list[tuple[Matters, Callable[..., int]]] = []


def when_handed_over(move: Callable[..., int], *, matters: Matters) -> None:
    """Have `move(membership, to=user, by=user)` called inside the transaction of a hand-over.

    It returns how many matters went over. `matters(membership)` tells which would. Apps
    above municipalities register here in `AppConfig.ready()`.
    """
    if (matters, move) not in _registered:
        _registered.append((matters, move))


def open_matters(membership: Membership) -> list[Matter]:
    """Return what of a person's is open at their municipality, whether it would go over or not."""
    return [matter for matters, _move in _registered for matter in matters(membership)]


def reasons_against_handing_over(membership: Membership, *, by: User) -> list[str]:
    """Say why nothing can be handed over; empty when it depends on to whom."""
    reasons = memberships.reasons_against_managing(by=by)
    if membership.starts_on > timezone.localdate():
        words = _("The person speaks for the municipality only from %(day)s.")
        reasons.append(words % {"day": day(membership.starts_on)})
    return reasons


def reasons_against_successor(membership: Membership, *, to: User, on: date, by: User) -> list[str]:
    """Say why this person cannot take over on that day; empty when they can."""
    reasons = reasons_against_handing_over(membership, by=by) + memberships.reasons_of_day(membership, on)
    if to.pk == membership.user_id:
        return [*reasons, _("This is the person who hands over. Choose somebody else.")]
    if reasons or _speaks_today(membership.municipality, to):
        return reasons
    place, starts_on = membership.municipality, first_day(on)
    return memberships.reasons_against_adding(place, user=to, starts_on=starts_on, by=by)


def _speaks_today(municipality: Municipality, user: User) -> bool:
    return Membership.objects.speaking_for(municipality).filter(user=user).exists()


def first_day(on: date) -> date:
    """Return since when a successor speaks for a municipality: today at the latest.

    Open matters go over at once, and who has them must see them; until `on` the two speak side by side.
    """
    return min(on, timezone.localdate())


@verb(against=reasons_against_successor)
def hand_over(membership: Membership, *, to: User, role: str, on: date, by: User) -> int:
    """Let somebody take over from a person; return how many open matters went over.

    `on` is the first day on which the predecessor no longer speaks for the municipality; one
    who has left already only leaves the matters. The successor is told by mail.
    Raises Conflict when the membership was ended meanwhile.
    """
    if membership.ends_on is None:
        memberships.end_membership(membership, ends_on=on, by=by)
    place = membership.municipality
    if not _speaks_today(place, to):
        memberships.add_member(place, user=to, role=role, starts_on=first_day(on), by=by)
    return _pass_on(membership, to=to, by=by)


def _pass_on(membership: Membership, *, to: User, by: User) -> int:
    moved = sum(move(membership, to=to, by=by) for _matters, move in _registered)
    audit.record("membership.hand_over", membership, by=by, account=to.pk, matters=moved)
    emails.handed_over(membership, to=to, moved=moved)
    return moved


def reasons_against_inviting_successor(membership: Membership, *, on: date, by: User) -> list[str]:
    """Say why nobody can be invited to take over on that day; empty when it depends on the address."""
    reasons = reasons_against_handing_over(membership, by=by) + memberships.reasons_of_day(membership, on)
    reasons += accounts.actions.reasons_against_inviting(Role.OFFICIAL, by=by)
    return reasons + reasons_against_choosing(membership.municipality)


@verb(against=reasons_against_inviting_successor)
def invite_successor(
    membership: Membership, *, email: str, name: str, language: str, role: str, on: date, by: User
) -> HandOver:
    """Invite somebody to an account; when they accept, they take over.

    The predecessor's membership ends on its day, whether anybody accepts or not.
    Raises Conflict when the membership was ended meanwhile.
    """
    if membership.ends_on is None:
        memberships.end_membership(membership, ends_on=on, by=by)
    words, place = {"email": email, "name": name, "language": language}, membership.municipality_id
    invitation = accounts.actions.invite(**words, role=Role.OFFICIAL, municipality_id=place, by=by)
    promised = HandOver.objects.create(membership=membership, invitation=invitation, role=role, asked_by=by)
    audit.record("membership.invite_successor", membership, by=by, invitation=invitation.pk)
    return promised


def begin_by_invitation(invitation: Invitation, user: User) -> None:
    """Make the membership that an accepted invitation promised, and hand over what was promised with it.

    An invitation without a municipality promised none.
    """
    rows = HandOver.objects.select_related("membership__municipality", "membership__user", "asked_by")
    promised = rows.filter(invitation=invitation, done_at=None).first()
    if place := invitation.municipality_id:
        role, today = promised.role if promised else MembershipRole.CONTACT, timezone.localdate()
        memberships.begin(place, user=user, role=role, starts_on=today, by=invitation.invited_by)
    if promised:
        HandOver.objects.filter(pk=promised.pk).update(done_at=timezone.now())
        _pass_on(promised.membership, to=user, by=promised.asked_by)
