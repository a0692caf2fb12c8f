"""Whose e-mail address is known on which request."""

from collections.abc import Collection

from consultations.models import Participant, Person, PersonAddress, SupportRequest

_MOST_PEOPLE = 500


def addresses_on(requests: Collection[SupportRequest]) -> dict[int, dict[str, int]]:
    """Return for each request's number the addresses that are known on it, each with whose it is.

    These are all addresses of its requester and of its participants; whoever was merged into
    somebody else has left all of theirs to them. The number of queries is always the same.
    """
    there = Participant.objects.filter(request__in=requests, person__merged_into=None).order_by("person")
    pairs = {(request.pk, request.requester_id) for request in requests}
    pairs |= set(there.values_list("request", "person")[:_MOST_PEOPLE])
    people = {person for _request, person in pairs}
    first = Person.objects.filter(pk__in=people).exclude(email="").values_list("pk", "email")
    further = PersonAddress.objects.filter(person__in=people).values_list("person", "email")[:_MOST_PEOPLE]
    addresses = sorted([*first, *further])
    return {
        request.pk: {email.lower(): person for person, email in addresses if (request.pk, person) in pairs}
        for request in requests
    }
