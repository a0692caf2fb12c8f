"""Who is known of requests, and of what a summary came from: names, phones and places to look for."""

import re
from collections.abc import Iterable

from django.db import models

from consultations.models import Contact, Participant, Person, Summary, SummaryEdition, SupportRequest
from core.detector.finds import Find, Known, find
from municipalities.places.known_people import known_of_exchange
from municipalities.places.small_places import is_small, longer_names


def known_of_document(summary: Summary) -> Known:
    """Return what is known of the requests, and of the question in the exchange, behind a summary."""
    known = known_of(SupportRequest.objects.filter(summary_origins__summary=summary))
    number = summary.exchange_question_id
    return known if number is None else known | known_of_exchange(number)


def known_of(requests: models.QuerySet[SupportRequest]) -> Known:
    """Return the names, phone numbers and small places of everybody on some requests."""
    related = ("requester__user", "requester__municipality", "municipality", "created_by")
    rows = list(requests.select_related(*related))
    people = [row.requester for row in rows]
    people += Person.objects.filter(pk__in=_others(rows)).select_related("user", "municipality")
    accounts = filter(None, [*(person.user for person in people), *(row.created_by for row in rows)])
    places = [row.municipality for row in rows] + [person.municipality for person in people]
    small = _texts(place.name for place in places if place and is_small(place))
    return Known(
        names=_texts([*(person.name for person in people), *(account.name for account in accounts)]),
        phones=_texts(re.sub(r"\D", "", person.phone)[-9:] for person in people),
        places=small,
        other_places=longer_names(small),
    )


def _others(rows: list[SupportRequest]) -> set[int]:
    """Return the people who take part in requests, or spoke on them, besides the requesters."""
    participants = Participant.objects.filter(request__in=rows).values_list("person_id", flat=True)
    speakers = Contact.objects.filter(request__in=rows).values_list("person_id", flat=True)
    return {*participants, *speakers} - {row.requester_id for row in rows} - {None}


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def finds_in_summary(edition: SummaryEdition) -> list[Find]:
    """Return what the check finds in all texts of a summary."""
    return find(texts_of(edition), known_of_document(edition.document))


def texts_of(edition: SummaryEdition) -> dict[str, str]:
    """Return each text of an edition by the name of its form field, Czech before English."""
    provisions = enumerate(edition.provisions.all())
    return edition.all_texts() | {f"provision_{number}_citation": row.citation for number, row in provisions}
