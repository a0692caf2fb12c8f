"""What the desk can find a request by. The sensitive note is no part of it."""

from collections.abc import Iterable, Iterator

from consultations.models import Person, SupportRequest
from core import search

KIND = "request"
BATCH = 500


def index_request(request: SupportRequest) -> None:
    """Write anew how the desk finds a request; each verb that changes its words calls this."""
    people = [
        request.requester,
        *(participant.person for participant in request.participants.select_related("person")),
    ]
    texts = request.contacts.order_by("-pk").values_list("text", flat=True)
    found = document(request, people, texts)
    search.put_many([found], scope=search.DESK)


def reindex_all() -> int:
    """Write anew how every request is found, oldest first, and return how many there are."""
    rows = SupportRequest.objects.select_related("requester", "municipality").order_by("pk")
    rows = rows.prefetch_related("contacts", "participants__person")
    search.put_many((_whole(request) for request in rows.iterator(chunk_size=BATCH)), scope=search.DESK)
    return SupportRequest.objects.count()


def document(request: SupportRequest, people: Iterable[Person], texts: Iterable[str]) -> search.Document:
    """Return a request as the desk's search knows it: by its subject, people and texts."""
    place = request.municipality.name if request.municipality else ""
    words = [request.reference, place, *(identity(person) for person in people), *texts]
    return search.Document(
        kind=KIND,
        object_id=request.pk,
        url_name="desk-request",
        url_arg=request.reference,
        title_cs="" if request.language == "en" else request.subject,
        title_en=request.subject if request.language == "en" else "",
        text="\n".join(words),
        municipality_id=request.municipality_id,
    )


def identity(person: Person) -> str:
    """Return all that a person can be found by."""
    return "\n".join([person.name, person.email, person.phone, person.organisation])


def _whole(request: SupportRequest) -> search.Document:
    people = [request.requester, *(participant.person for participant in request.participants.all())]
    texts: Iterator[str] = (contact.text for contact in reversed(request.contacts.all()))
    return document(request, people, texts)
