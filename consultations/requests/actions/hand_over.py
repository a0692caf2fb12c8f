"""What an official has asked for a municipality goes over to whoever takes over from them.

The requests that are not done with get the successor as their requester; their contacts
keep the person who spoke. What the official has marked "only for me" stays theirs: that was
promised when they asked, and no successor reads it. The desk sees it and may close it.
"""

from collections.abc import Iterator

from accounts.models import User
from consultations.models import Participant, Person, SupportRequest
from consultations.models.request import SupportRequestQuerySet
from consultations.requests.search import index_request
from core import audit
from core.links.models import new_link
from core.states import update
from municipalities.models import Membership, Municipality
from municipalities.people.actions.hand_over import Matter

# More are counted on the page, not listed; all of them go over.
MOST_SHOWN = 50


def matters(membership: Membership) -> Iterator[Matter]:
    """Yield the open requests of a person for their municipality, newest first."""
    for request in _open_requests(membership).order_by("-pk")[:MOST_SHOWN]:
        title = f"{request.reference}: {request.subject}"
        yield Matter(title, request.get_desk_url(), moves=not request.is_personal)


def _open_requests(membership: Membership) -> SupportRequestQuerySet:
    return _of_place(membership).filter(requester__user=membership.user_id)


def _of_place(membership: Membership) -> SupportRequestQuerySet:
    places = Municipality.objects.with_history_of(membership.municipality_id)
    return SupportRequest.objects.active().filter(is_official=True, municipality__in=list(places))


def move(membership: Membership, *, to: User, by: User) -> int:
    """Let `to` stand for a person on their open requests for a municipality; return how many went over.

    Raises Conflict when somebody changed one of them just now.
    """
    rows = _open_requests(membership).filter(is_personal=False).select_for_update(of=("self",))
    requests = list(rows.order_by("pk"))
    if requests:
        person = person_of(to, membership.municipality)
        for request in requests:
            pass_on(request, to=person, by=by)
    _replace_participant(membership, to)
    return len(requests)


def pass_on(request: SupportRequest, *, to: Person, by: User) -> None:
    """Make somebody the requester of a request; the private link of the one before stops working."""
    before = request.requester_id
    update(request, also={"requester": to, **new_link()})
    Participant.objects.filter(request=request, person=to).delete()
    audit.record("request.hand_over", request, by=by, before=before, after=to.pk)
    index_request(request)


def person_of(user: User, municipality: Municipality) -> Person:
    """Return an official as the portal knows them for a municipality; make them known where it does not."""
    who = {"user": user, "municipality": municipality, "email": user.email}
    known = Person.objects.filter(**who, merged_into=None).order_by("pk")
    return known.first() or Person.objects.create(**who, name=user.name)


def _replace_participant(membership: Membership, to: User) -> None:
    """Where the person only took part, the successor takes part; nothing of it is counted."""
    shared = _of_place(membership).filter(is_personal=False)
    rows = Participant.objects.filter(person__user=membership.user_id, request__in=shared)
    for row in rows.select_related("request"):
        person = person_of(to, membership.municipality)
        there = Participant.objects.filter(request=row.request, person=person).exists()
        if there or row.request.requester_id == person.pk:
            row.delete()
        else:
            Participant.objects.filter(pk=row.pk).update(person=person)
        index_request(row.request)
