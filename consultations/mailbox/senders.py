"""Who is known by which e-mail address: people, all their addresses, and those merged into one.

Every function asks a bounded number of queries, whatever it is given.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from consultations.models import Participant, Person, PersonAddress, SupportRequest

# People are merged into one, which may be merged again; longer chains are no work of persons.
_MOST_ROUNDS = 5
_MOST_PEOPLE = 500


def people_with(email: str) -> list[Person]:
    """Return who has this address, as whom we know them today, those met last first."""
    if not email:
        return []
    further = PersonAddress.objects.filter(email=email).order_by("-pk")
    held = {
        *Person.objects.known_by(email=email).values_list("pk", flat=True)[:50],
        *further.values_list("person", flat=True)[:50],
    }
    survivors = _survivors(held)
    return list(
        Person.objects.filter(pk__in={survivors[pk] for pk in held if pk in survivors}).order_by("-pk")
    )


def same_people(people: Iterable[Person]) -> set[int]:
    """Return the numbers of these people and of all who were merged with them."""
    return set(_survivors({person.pk for person in people}))


def addresses_on(requests: Collection[SupportRequest]) -> dict[int, dict[str, int]]:
    """Return for each request's number the addresses that are known on it, each with whose it is.

    These are all addresses of its requester and of its participants.
    """
    people: dict[int, set[int]] = {request.pk: {request.requester_id} for request in requests}
    rows = Participant.objects.filter(request__in=list(people)).order_by("pk")
    for request, person in rows.values_list("request", "person")[:_MOST_PEOPLE]:
        people[request].add(person)
    survivors = _survivors(set().union(*people.values()))
    addresses = _addresses(survivors)
    return {
        request: {
            email: survivors[person]
            for person in sorted(found)
            if person in survivors
            for email in addresses[survivors[person]]
        }
        for request, found in people.items()
    }


def _survivors(people: set[int]) -> dict[int, int]:
    """Return these people and all who are merged with them, each with who is left of them."""
    merged_into: dict[int, int | None] = {}
    asked = people
    done: set[int] = set()
    for _round in range(_MOST_ROUNDS):
        if not asked or len(done) > _MOST_PEOPLE:
            break
        rows = Person.objects.filter(Q(pk__in=asked) | Q(merged_into__in=asked)).order_by("pk")
        merged_into |= dict(rows.values_list("pk", "merged_into")[:_MOST_PEOPLE])
        done = done | asked
        asked = {pk for pk in {*merged_into, *merged_into.values()} if pk is not None} - done
    return {person: _last(person, merged_into) for person in merged_into}


def _last(person: int, merged_into: dict[int, int | None]) -> int:
    seen = {person}
    while (following := merged_into.get(person)) and following not in seen:
        seen.add(following)
        person = following
    return person


def _addresses(survivors: dict[int, int]) -> dict[int, set[str]]:
    """Return all addresses of each person that is left."""
    found: dict[int, set[str]] = defaultdict(set)
    first = Person.objects.filter(pk__in=survivors).exclude(email="").values_list("pk", "email")
    further = PersonAddress.objects.filter(person__in=survivors).values_list("person", "email")
    for person, email in [*first, *further[:_MOST_PEOPLE]]:
        found[survivors[person]].add(email.lower())
    return found


__all__ = ["addresses_on", "people_with", "same_people"]
