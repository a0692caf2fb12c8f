"""Two entries of one person become one, and two again."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.models import Contact, Participant, Person, PersonAddress, PersonMerge, SupportRequest
from consultations.requests.roles import reasons_of_role
from consultations.requests.search import index_request
from core import audit
from core.states import refuse_for

# What the survivor takes over where it has nothing of its own.
FILLED = ["name", "email", "phone", "organisation", "salutation", "municipality_id"]


def reasons_against_merging_persons(person: Person, *, into: Person, by: User) -> list[str]:
    """Return why two persons cannot be made one; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if person.pk == into.pk:
        reasons.append(_("A person cannot be merged into itself."))
    elif person.merged_into_id or into.merged_into_id:
        reasons.append(_("One of the two is merged already. Choose the one that is left."))
    elif person.user_id != into.user_id:
        # What somebody asks in private must not go to the address at the town hall.
        reasons.append(_("One of the two asks from an account of a municipality. The two stay apart."))
    return reasons


@transaction.atomic
def merge_persons(person: Person, *, into: Person, by: User) -> PersonMerge:
    """Give all that is a person's to `into`: requests, contacts, places on requests, addresses.

    What `into` does not say of itself is filled in. The person is kept, so that it can be undone.
    Raises Refused with reasons_against_merging_persons.
    """
    _lock(person, into)
    refuse_for(reasons_against_merging_persons(person, into=into, by=by))
    done = PersonMerge(person=person, into=into, done_by=by)
    done.moved = {
        "addresses": _keep_addresses(person, into),
        "fields": _fill(person, into),
        "participants": _move(_free_places(person, into), into),
        "requests": _move(SupportRequest.objects.filter(requester=person), into, "requester"),
        "contacts": _move(Contact.objects.filter(person=person), into),
    }
    done.save()
    person.merged_into = into
    person.save(update_fields=["merged_into"])
    audit.record("person.merge", person, by=by, into=into.pk, requests=len(done.moved["requests"]))
    _index(done)
    return done


def _lock(*people: Person) -> None:
    list(Person.objects.select_for_update().filter(pk__in=[one.pk for one in people]).order_by("pk"))
    for person in people:
        person.refresh_from_db()


def _keep_addresses(person: Person, into: Person) -> list[int]:
    """Let the survivor be known by every address; return the numbers of the rows that are new."""
    there = {into.email.lower(), *into.addresses.values_list("email", flat=True)}
    theirs = {person.email.lower(), *person.addresses.values_list("email", flat=True)} - {""}
    new = [PersonAddress.objects.create(person=into, email=email) for email in sorted(theirs - there)]
    return [row.pk for row in new]


def _fill(person: Person, into: Person) -> list[str]:
    names = [name for name in FILLED if getattr(person, name) and not getattr(into, name)]
    for name in names:
        setattr(into, name, getattr(person, name))
    into.save(update_fields=names)
    return names


def _free_places(person: Person, into: Person) -> Any:
    """Return where the person belongs to a request on which the survivor is not yet."""
    there = Participant.objects.filter(person=into).values("request")
    asked = SupportRequest.objects.filter(requester__in=[person, into]).values("pk")
    return Participant.objects.filter(person=person).exclude(request__in=there).exclude(request__in=asked)


def _move(rows: Any, into: Person, column: str = "person") -> list[int]:
    moved = list(rows.values_list("pk", flat=True))
    rows.model.objects.filter(pk__in=moved).update(**{column: into})
    return moved


def reasons_against_undoing_person_merge(done: PersonMerge, *, by: User) -> list[str]:
    """Return why a merge of persons cannot be undone; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if done.undone_at:
        reasons.append(_("It is undone already."))
    elif done.into.merged_into_id:
        reasons.append(_("The person was merged on since. Undo that first."))
    elif _merged_requests(done).exists():
        reasons.append(_("Requests of the two were merged. Undo that first."))
    return reasons


def _merged_requests(done: PersonMerge) -> Any:
    """Return requests of the one that stand in a request of the other: the two must not read each other's."""
    moved, now = done.moved["requests"], {"requester": done.into_id, "is_merged": True}
    across = Q(pk__in=moved) & ~Q(duplicate_of__in=moved) | ~Q(pk__in=moved) & Q(duplicate_of__in=moved)
    return SupportRequest.objects.filter(across, **now)


@transaction.atomic
def undo_merge_persons(done: PersonMerge, *, by: User) -> None:
    """Make two persons of one again; what has come since stays with the one that was left.

    Raises Refused with reasons_against_undoing_person_merge.
    """
    person, into = done.person, done.into
    _lock(person, into)
    done.refresh_from_db()
    refuse_for(reasons_against_undoing_person_merge(done, by=by))
    PersonMerge.objects.filter(pk=done.pk).update(undone_at=timezone.now(), undone_by=by)
    moved = done.moved
    SupportRequest.objects.filter(pk__in=moved["requests"], requester=into).update(requester=person)
    Contact.objects.filter(pk__in=moved["contacts"], person=into).update(person=person)
    Participant.objects.filter(pk__in=moved["participants"], person=into).update(person=person)
    PersonAddress.objects.filter(pk__in=moved["addresses"]).delete()
    _empty(into, person, moved["fields"])
    person.merged_into = None
    person.save(update_fields=["merged_into"])
    audit.record("person.undo_merge", person, by=by, of=into.pk)
    _index(done)


def _empty(into: Person, person: Person, names: list[str]) -> None:
    """Take back what was filled in, unless somebody has changed it since."""
    same = [name for name in names if getattr(into, name) == getattr(person, name)]
    for name in same:
        setattr(into, name, None if name == "municipality_id" else "")
    into.save(update_fields=same)


def _index(done: PersonMerge) -> None:
    places = Participant.objects.filter(person__in=[done.person, done.into]).values("request")
    rows = SupportRequest.objects.filter(Q(requester__in=[done.person, done.into]) | Q(pk__in=places))
    for request in rows.select_related("requester", "municipality"):
        index_request(request)
