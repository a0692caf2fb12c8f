"""Some messages of a request become a request of their own, and go back."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import ON_US, State
from consultations.models import Contact, Rearrangement, SupportRequest
from consultations.related.actions.links import link
from consultations.related.actions.merge import join, join_people, lock
from consultations.related.turn import AT_HOME, PLACE, Turn, in_order, of_both, on_us, turn_of
from consultations.requests import notices
from consultations.requests.actions.undo import as_it_stands
from consultations.requests.roles import reasons_of_role
from consultations.requests.search import index_request
from core import audit
from core.states import Conflict, refuse_for, update

SPLIT = Rearrangement.Kind.SPLIT
# A request cannot be taken apart any more when it is part of another or nobody deals with it.
NOT_SPLIT = [State.DUPLICATE, State.SPAM]
# What the new request has from the one that it was split off.
COPIED = [
    "requester", "requester_kind", "municipality", "topic", "language", "consent_publish", "is_official",
    "is_personal", "created_by", "is_demo", "assignee", "link_only", "guessed_municipality", "has_unread",
    *AT_HOME,
]  # fmt: skip


def reasons_against_splitting(request: SupportRequest, *, by: User) -> list[str]:
    """Return why nothing can be split off a request; empty when it depends on what is chosen."""
    reasons = reasons_of_role(by)
    if request.state in NOT_SPLIT:
        words = {"state": request.get_state_display()}
        reasons.append(_("The request is “%(state)s”, so nothing can be split off it.") % words)
    elif request.contacts.count() < 2:
        reasons.append(_("There is only one message, so there is nothing to split off."))
    return reasons


@transaction.atomic
def split(request: SupportRequest, *, contacts: Iterable[Contact], subject: str, by: User) -> SupportRequest:
    """Make a new request, linked to the first, of some of its messages; no mail is sent.

    A reply by mail to a message that went goes where it went; the private link stays
    with the first. Raises Refused with reasons_against_splitting, when nothing or
    all was chosen, or when there is no subject; Conflict when it changed meanwhile.
    """
    lock(request)
    chosen = list(in_order(request).filter(pk__in=[row.pk for row in contacts]))
    refuse_for(reasons_against_splitting(request, by=by) or _reasons_of_choice(request, chosen, subject))
    new = _new_request(request, chosen, subject)
    done = Rearrangement(kind=SPLIT, source=request, target=new, done_by=by)
    done.contacts = [[row.pk, row.came_to_id] for row in chosen]
    done.before = {"source": as_it_stands(request, PLACE)}
    done.save()
    was = turn_of(in_order(request))
    request.contacts.filter(pk__in=[row.pk for row in chosen]).move_to(new, came_to=None)
    _stand_without(request, was)
    join_people(request, new)
    link(request, to=new, by=by)
    index_request(request)
    index_request(new)
    audit.record("request.split", request, by=by, into=new.pk, contacts=len(chosen))
    audit.record("request.split_off", new, by=by, of=request.pk)
    notices.told_of_rearrangement(new, request, by=by)
    return new


def _reasons_of_choice(request: SupportRequest, chosen: list[Contact], subject: str) -> list[str]:
    reasons = []
    if not chosen:
        reasons.append(_("Choose the messages that are to go."))
    elif len(chosen) == request.contacts.count():
        reasons.append(_("At least one message has to stay."))
    if not subject.strip():
        reasons.append(_("Write what the new request is about."))
    return reasons


def _new_request(request: SupportRequest, chosen: list[Contact], subject: str) -> SupportRequest:
    first, turn = chosen[0], turn_of(chosen)
    copied = {name: getattr(request, name) for name in COPIED}
    blank = SupportRequest(**copied)
    place = turn.settled() or on_us(blank, turn.waits_since or first.took_place_at)
    begun = {"subject": subject.strip(), "channel": first.channel, "received_at": first.took_place_at}
    return SupportRequest.objects.create(**copied, **place, **begun)


def _stand_without(request: SupportRequest, was: Turn) -> None:
    """When what waited for us has gone, the request waits no longer, or only since a later message."""
    turn = turn_of(in_order(request))
    also: dict[str, Any] = {}
    if request.state in ON_US and turn.waits_since != was.waits_since:
        also = {"waiting_since": turn.waits_since} if turn.waits_since else turn.settled() or {}
    update(request, also=also)


def reasons_against_undoing_split(done: Rearrangement, *, by: User) -> list[str]:
    """Return why a split cannot be undone; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if done.undone_at:
        reasons.append(_("It is undone already."))
        return reasons
    merged = done.target if done.target.is_merged else done.source
    into = merged.survivor()
    if done.target.is_merged or into.pk == done.target_id:
        words = {"reference": merged.reference, "into": into.reference}
        reasons.append(_("%(reference)s is merged into %(into)s. Undo that first.") % words)
    return reasons


@transaction.atomic
def undo_split(done: Rearrangement, *, by: User) -> None:
    """Put back what was split off, with all that has come to the new request since.

    The new request stays as a way by which replies reach the first one. Raises Refused with
    reasons_against_undoing_split, Conflict when somebody changed one of the two meanwhile.
    """
    new, home = done.target, done.source.survivor()
    lock(new, home)
    done.refresh_from_db()
    refuse_for(reasons_against_undoing_split(done, by=by))
    if done.source.survivor().pk != home.pk:
        raise Conflict(home)
    Rearrangement.objects.filter(pk=done.pk).update(undone_at=timezone.now(), undone_by=by)
    _give_back(done, new)
    update(home, also=of_both(home, new))
    join_people(new, home)
    join(new, home)
    if done.source_id != home.pk:
        SupportRequest.objects.filter(pk=new.pk).update(duplicate_of=done.source_id)
    audit.record("request.undo_split", new, by=by, of=done.source_id)
    audit.record("request.take_back", home, by=by, other=new.pk)
    notices.told_of_rearrangement(home, new, by=by)


def _give_back(done: Rearrangement, new: SupportRequest) -> None:
    """Let each contact that was split off belong again where it belonged before, if it is still here."""
    came: dict[int, list[int]] = {}
    for pk, came_to in done.contacts:
        came.setdefault(came_to or done.source_id, []).append(pk)
    for origin, contacts in came.items():
        home = SupportRequest.objects.get(pk=origin).survivor()
        here = new.contacts.filter(pk__in=contacts, came_to=None)
        here.move_to(home, came_to=None if home.pk == origin else origin)
        if home.pk != done.source.survivor().pk:
            _wait_again(home)


def _wait_again(request: SupportRequest) -> None:
    """A message may come back to another request than it was split off, when a merge was undone meanwhile."""
    turn = turn_of(in_order(request))
    if turn.waits_since and request.state not in (*ON_US, *NOT_SPLIT):
        update(request, also=on_us(request, turn.waits_since))
    index_request(request)
