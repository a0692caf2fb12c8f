"""Who is known of requests: names, phones and places that the check for personal data looks for."""

import re
from collections.abc import Iterable

from django.db import models

from consultations.models import Contact, Participant, Person, SupportRequest
from core.detector.finds import Known
from municipalities.places.small_places import is_small, longer_names


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
