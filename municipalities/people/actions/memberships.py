"""Every write to memberships, one function a verb."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Invitation, User
from accounts.permissions import Permission
from core import audit
from core.states import refuse_for, update, verb
from core.templatetags.ui import day
from municipalities.models import Membership, Municipality
from municipalities.places.successions import reasons_against_choosing


def reasons_against_managing(*, by: User) -> list[str]:
    """Say why `by` may not add or end memberships; empty when they may."""
    return by.reasons_without(
        Permission.MANAGE_MEMBERSHIPS, _("Your role does not look after municipalities' people.")
    )


def reasons_against_new_people(municipality: Municipality, *, by: User) -> list[str]:
    """Say why nobody can be added to the municipality or invited to it; empty when somebody can."""
    return reasons_against_managing(by=by) + reasons_against_choosing(municipality)


def reasons_against_adding(municipality: Municipality, *, user: User, starts_on: date, by: User) -> list[str]:
    """Say why `user` cannot begin to speak for the municipality on that day; empty when they can."""
    reasons = reasons_against_new_people(municipality, by=by)
    if not user.has(Permission.SPEAK_FOR_MUNICIPALITY):
        reasons.append(_("Only an active account of a municipal official can speak for a municipality."))
    held = Membership.objects.filter(municipality=municipality, user=user)
    if (holding := held.filter(ends_on=None).first()) and holding.starts_on <= timezone.localdate():
        reasons.append(_("This person already speaks for the municipality."))
    elif holding:
        words = _("This person is to speak for the municipality from %(day)s already.")
        reasons.append(words % {"day": day(holding.starts_on)})
    if earlier := held.filter(ends_on__gt=starts_on).order_by("-ends_on").first():
        words = _("This person spoke for the municipality until %(day)s. Choose that day or a later one.")
        reasons.append(words % {"day": day(earlier.ends_on)})
    return reasons


@transaction.atomic
def add_member(municipality: Municipality, *, user: User, role: str, starts_on: date, by: User) -> Membership:
    """Let a person speak for a municipality from a day on; raises Refused with the reasons."""
    # Two people adding the same person at once: the second one sees the first's row.
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_for(reasons_against_adding(municipality, user=user, starts_on=starts_on, by=by))
    return begin(municipality.pk, user=user, role=role, starts_on=starts_on, by=by)


def reasons_against_accepting(invitation: Invitation) -> list[str]:
    """Say why nobody can begin by an invitation: its municipality no longer exists; empty when they can."""
    if invitation.municipality_id is None:
        return []
    place = Municipality.objects.filter(pk=invitation.municipality_id).first()
    return reasons_against_choosing(place) if place else []


def begin(municipality_id: int, *, user: User, role: str, starts_on: date, by: User) -> Membership:
    """Make a membership that somebody else has looked at: whether it may be made is asked before."""
    membership = Membership.objects.create(
        municipality_id=municipality_id, user=user, role=role, starts_on=starts_on, added_by=by
    )
    told = {"municipality": municipality_id, "account": user.pk, "role": str(role)}
    audit.record("membership.begin", membership, by=by, **told)
    return membership


def reasons_against_ending(membership: Membership, *, by: User) -> list[str]:
    """Say why the membership cannot be ended; empty when it can."""
    reasons = reasons_against_managing(by=by)
    if membership.ends_on is not None:
        reasons.append(_("This membership has an end already: %(day)s.") % {"day": day(membership.ends_on)})
    return reasons


def reasons_of_day(membership: Membership, ends_on: date) -> list[str]:
    """Say why the membership cannot end on that day; empty when it can."""
    if ends_on < membership.starts_on:
        return [_("It cannot end before it began, on %(day)s.") % {"day": day(membership.starts_on)}]
    return []


@verb(against=reasons_against_ending)
def end_membership(membership: Membership, *, ends_on: date, by: User) -> None:
    """End a membership; `ends_on` is the first day without it. The row stays as history.

    Raises Refused for a day that is none, too, and Conflict when somebody else ended it meanwhile.
    """
    refuse_for(reasons_of_day(membership, ends_on))
    changes = {"ends_on": ends_on, "ended_at": timezone.now(), "ended_by": by}
    update(membership, also=changes, seen={"ends_on": None})
    place = membership.municipality_id
    audit.record("membership.end", membership, by=by, municipality=place, ends_on=str(ends_on))
