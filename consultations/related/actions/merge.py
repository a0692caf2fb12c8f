"""Two requests of one person become one, and two again.

Each contact remembers by which request it came (`came_to`, empty when it is
where it came). A merge only says that one request was merged into another;
where a contact stands follows from that, so that merges can be undone in any
order and what came meanwhile goes where a person would look for it.
"""

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import ACTIVE, ON_US, Direction, State
from consultations.models import Participant, PersonMerge, Rearrangement, SupportRequest
from consultations.related.actions.persons import (
    merge_persons,
    reasons_against_merging_persons,
    reasons_against_undoing_person_merge,
    undo_merge_persons,
)
from consultations.related.turn import (
    AT_HOME,
    PLACE,
    TAKEN,
    in_order,
    of_both,
    on_us,
    restored,
    turn_of,
)
from consultations.requests import notices
from consultations.requests.actions.undo import as_it_stands
from consultations.requests.clock import AWAKE, STOPPED
from consultations.requests.queries import merged_with
from consultations.requests.roles import reasons_of_role
from consultations.requests.search import index_request
from core import audit
from core.states import Conflict, refuse_for, update

MERGE = Rearrangement.Kind.MERGE
# A request in another state has ended by a word of its own, which a merge would hide.
MERGEABLE = [*ACTIVE, State.ANSWERED, State.CLOSED]


def reasons_against_merging(
    request: SupportRequest, *, into: SupportRequest, by: User, is_same_person: bool = False
) -> list[str]:
    """Return why `request` cannot be merged into the other one; empty when nothing stands against it.

    With `is_same_person` whoever merges says that both come from one person.
    """
    reasons = reasons_of_role(by)
    if request.pk == into.pk:
        return [*reasons, _("A request cannot be merged into itself.")]
    for row in (request, into):
        if row.state not in MERGEABLE:
            words = {"reference": row.reference, "state": row.get_state_display()}
            reasons.append(_("%(reference)s is “%(state)s”. Reopen it first, or link the two.") % words)
    is_known = are_of_same_person(request, into)
    if not is_known and not is_same_person:
        reasons.append(
            _(
                "Nobody has said that the two come from one person. If they do, say so; "
                "if not, link the requests and give both the same answer."
            )
        )
    elif not is_known and (against := _against_persons(request, into, by)):
        reasons += against
    elif _readers(request) != _readers(into):
        reasons.append(_("Not the same people may read the two requests. Link them instead."))
    return reasons


def of_same_person(request: SupportRequest) -> Q:
    """Return which requests come from the person of `request`: of one entry, or of one account's entries."""
    user = request.requester.user_id
    return Q(requester=request.requester_id) | (Q(requester__user=user) if user else Q())


def _against_persons(request: SupportRequest, into: SupportRequest, by: User) -> list[str]:
    return reasons_against_merging_persons(request.requester, into=into.requester, by=by)


def are_of_same_person(request: SupportRequest, other: SupportRequest) -> bool:
    """Tell whether it is known that two requests come from one person."""
    return SupportRequest.objects.filter(of_same_person(request), pk=other.pk).exists()


def _readers(request: SupportRequest) -> tuple[Any, ...]:
    """Return by what is decided who beside the desk may read a request."""
    if not request.is_official:
        return (False,)
    return (True, request.municipality_id, request.is_personal and request.created_by_id)


@transaction.atomic
def merge(
    request: SupportRequest, *, into: SupportRequest, by: User, is_same_person: bool = False
) -> Rearrangement:
    """Put the contacts of a request among those of another one, which takes all that still comes to it.

    Who belongs to the request belongs to the survivor, and whoever waits goes on
    waiting there. With `is_same_person` the entries of the two requesters become one before.
    Raises Refused with reasons_against_merging, Conflict when one of the two has changed meanwhile.
    """
    lock(request, into)
    refuse_for(reasons_against_merging(request, into=into, by=by, is_same_person=is_same_person))
    persons = None
    if not are_of_same_person(request, into):
        persons = merge_persons(request.requester, into=into.requester, by=by)
        request.requester = into.requester
    done = Rearrangement(kind=MERGE, source=request, target=into, done_by=by)
    done.contacts = list(request.contacts.order_by("pk").values_list("pk", flat=True))
    done.before = {"source": as_it_stands(request, PLACE), **_taken_over(into, request)}
    done.before["people"] = join_people(request, into)
    # Which step made the two requesters one, so that undoing this undoes that.
    done.before["persons"] = persons and persons.pk
    done.save()
    join(request, into)
    audit.record("request.merge", request, by=by, into=into.pk)
    audit.record("request.take_in", into, by=by, other=request.pk, contacts=len(done.contacts))
    notices.told_of_rearrangement(into, request, by=by)
    return done


def _taken_over(into: SupportRequest, request: SupportRequest) -> dict[str, Any]:
    """Let the survivor stand for both; return how it stood before, and how it stands now."""
    names = [*PLACE, *TAKEN]
    before = as_it_stands(into, names)
    newest = max(_newest(request), _newest(into))
    notes = [note for note in (into.sensitive_note, request.sensitive_note) if note]
    update(into, also={**of_both(into, request), "sensitive_note": "\n\n".join(notes)})
    return {"target": before, "set": as_it_stands(into, names), "newest": newest}


def _newest(request: SupportRequest) -> int:
    return request.contacts.order_by("-pk").values_list("pk", flat=True).first() or 0


def join(request: SupportRequest, into: SupportRequest) -> None:
    """Let `into` have the contacts of a request, which stays as the way by which more of them come."""
    request.contacts.all().move_to(into, came_to=Coalesce(F("came_to"), F("request")))
    merged = {"state": State.DUPLICATE, "duplicate_of": into, "is_merged": True, "closed_at": timezone.now()}
    update(request, also={**STOPPED, **AWAKE, **merged, "has_unread": False})
    index_request(request)
    index_request(into)


def join_people(request: SupportRequest, into: SupportRequest) -> list[int]:
    """Let who belongs to a request belong to `into`, too; return those who were not there before."""
    there = {into.requester_id, *into.participants.values_list("person", flat=True)}
    relations = {request.requester_id: "", **dict(request.participants.values_list("person", "relation"))}
    new = [person for person in relations if person not in there]
    Participant.objects.bulk_create(
        Participant(request=into, person_id=person, relation=relations[person]) for person in new
    )
    return new


def reasons_against_undoing_merge(done: Rearrangement, *, by: User) -> list[str]:
    """Return why a merge cannot be undone; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if done.undone_at:
        reasons.append(_("It is undone already."))
    return reasons


@transaction.atomic
def undo_merge(done: Rearrangement, *, by: User) -> None:
    """Make two requests of one again. What came by the merged one goes back to it, the rest stays.

    Raises Refused with reasons_against_undoing_merge, Conflict when somebody
    changed one of the two meanwhile.
    """
    source, survivor = done.source, done.target.survivor()
    lock(source, survivor)
    done.refresh_from_db()
    refuse_for(reasons_against_undoing_merge(done, by=by))
    if done.target.survivor().pk != survivor.pk:
        raise Conflict(survivor)
    Rearrangement.objects.filter(pk=done.pk).update(undone_at=timezone.now(), undone_by=by)
    # What came by the request, or by one that was merged into it, goes back to it.
    survivor.contacts.filter(came_to__in=merged_with(source)).move_to(source)
    source.contacts.filter(came_to=source).update(came_to=None)
    _stand_up(source, done, has_unread=survivor.has_unread)
    _stand_without(survivor, done)
    _tell_later_merge(done)
    _part_people(done)
    index_request(source)
    index_request(survivor)
    _part_requesters(done, by)
    audit.record("request.undo_merge", source, by=by, of=done.target_id)
    audit.record("request.let_go", survivor, by=by, other=source.pk)
    notices.told_of_rearrangement(source, survivor, by=by)


def _stand_up(source: SupportRequest, done: Rearrangement, *, has_unread: bool) -> None:
    """Let a request stand as it stood before it was merged, or wait for us when something came meanwhile.

    Which of the two words that nobody has read are of is not known, so both say that there are some.
    """
    place = restored(done.before["source"], PLACE)
    since = in_order(source).filter(pk__gt=done.before["newest"], direction=Direction.INBOUND).first()
    update(source, also={**place, "is_merged": False, "duplicate_of": None, "has_unread": has_unread})
    if since and source.state not in ON_US:
        update(source, also=on_us(source, since.took_place_at))


def _stand_without(survivor: SupportRequest, done: Rearrangement) -> None:
    """Let the survivor stand as it would without the other one."""
    before, was_set = done.before["target"], done.before["set"]
    now = as_it_stands(survivor, TAKEN)
    changed = {name for name in TAKEN if name in was_set and now[name] != was_set[name]}
    if changed.intersection(AT_HOME):
        changed.update(AT_HOME)
    same = [name for name in TAKEN if name not in changed]
    also = restored(before, same) | _note_without(survivor, done.source)
    if survivor.pk == done.target_id:
        also |= _place_without(survivor, done)
    update(survivor, also=also)


def _note_without(survivor: SupportRequest, source: SupportRequest) -> dict[str, str]:
    note, added = survivor.sensitive_note, source.sensitive_note
    return {"sensitive_note": note.removesuffix(added).rstrip()} if added and note.endswith(added) else {}


def _place_without(survivor: SupportRequest, done: Rearrangement) -> dict[str, Any]:
    place = restored(done.before["target"], PLACE)
    since = in_order(survivor).filter(pk__gt=done.before["newest"]).exclude(direction=Direction.NOTE)
    if not since.exists():
        return _place_before(survivor, place, done.before["set"])
    if survivor.state not in ON_US:
        return {}
    turn = turn_of(in_order(survivor))
    if turn.waits_since is None:
        return turn.settled() or {}
    if place["waiting_since"] and place["waiting_since"] <= turn.waits_since:
        return {"waiting_since": place["waiting_since"], "due_on": place["due_on"]}
    return on_us(survivor, turn.waits_since)


def _place_before(survivor: SupportRequest, place: dict[str, Any], was_set: dict[str, Any]) -> dict[str, Any]:
    """Return how a survivor stood before, less what a colleague has decided about it since."""
    if survivor.state not in (*ON_US, was_set["state"]):
        return {}
    if survivor.assignee_id != was_set["assignee_id"]:
        place["assignee_id"] = survivor.assignee_id
    if place["state"] in ON_US and (survivor.state != was_set["state"] or place["assignee_id"]):
        place["state"] = survivor.state
    return place


def _tell_later_merge(done: Rearrangement) -> None:
    """Where the target itself was merged on unchanged, let it stand up one day as it was before both."""
    later = Rearrangement.objects.filter(kind=MERGE, source=done.target_id, undone_at=None).first()
    place = {name: done.before["set"][name] for name in PLACE}
    if later and later.before["source"] == place:
        place = {name: done.before["target"][name] for name in PLACE}
        Rearrangement.objects.filter(pk=later.pk).update(before={**later.before, "source": place})


def _part_requesters(done: Rearrangement, by: User) -> None:
    """Let the requesters be two again where this merge made them one, unless something came between."""
    persons = PersonMerge.objects.filter(pk=done.before.get("persons")).first()
    if persons and not reasons_against_undoing_person_merge(persons, by=by):
        undo_merge_persons(persons, by=by)


def _part_people(done: Rearrangement) -> None:
    """Take away whom the merge has brought, also where a later merge has carried them on."""
    people = set(done.before["people"])
    step: Rearrangement | None = done
    while step and people:
        Participant.objects.filter(request=step.target_id, person__in=people).delete()
        step = Rearrangement.objects.filter(kind=MERGE, source=step.target_id, undone_at=None).first()
        people &= set(step.before["people"]) if step else set()


def lock(*requests: SupportRequest) -> None:
    """Keep requests as they stand until the transaction ends; raises Conflict when one was changed."""
    rows = SupportRequest.objects.select_for_update().order_by("pk")
    versions = dict(rows.filter(pk__in=[row.pk for row in requests]).values_list("pk", "version"))
    for row in requests:
        if versions[row.pk] != row.version:
            raise Conflict(SupportRequest.objects.get(pk=row.pk))
