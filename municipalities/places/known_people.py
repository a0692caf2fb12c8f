"""Who is known of what is written in the exchange and in practices: whose names and places are looked for."""

from dataclasses import replace

from core.detector.finds import Find, Kind, Known, find
from municipalities.models import ExchangeAnswer, ExchangeQuestion, Practice, PracticeEdition
from municipalities.places.small_places import is_small, longer_names

# What a contact and a list of sources are written for; it is no find there.
_MEANT = frozenset([Kind.PERSON, Kind.EMAIL, Kind.PHONE, Kind.ADDRESS, Kind.POSTCODE, Kind.FILE_NUMBER])


def known_of_exchange(question_id: int) -> Known:
    """Return the names and small places of all who wrote at a question in the exchange, hidden or not."""
    related = ("author", "municipality")
    posts = [*ExchangeQuestion.objects.filter(pk=question_id).select_related(*related)]
    posts += ExchangeAnswer.objects.filter(question=question_id).select_related(*related)
    names = dict.fromkeys(post.author.name for post in posts if post.author.name)
    small = (post.municipality for post in posts if post.municipality and is_small(post.municipality))
    places = tuple(dict.fromkeys(place.name for place in small))
    return Known(names=tuple(names), places=places, other_places=longer_names(places))


def known_of_practice(practice: Practice) -> Known:
    """Return what is known of the question that a practice was born from; its own place is no secret."""
    if practice.from_question_id is None:
        return Known()
    known, own = known_of_exchange(practice.from_question_id), practice.municipality
    return replace(known, places=tuple(name for name in known.places if own is None or name != own.name))


def finds_in_practice(edition: PracticeEdition) -> list[Find]:
    """Return what the check finds in all texts of a practice, Czech before English.

    Its own municipality is named on purpose, and a contact or a source may name offices and authors.
    """
    found = find(edition.all_texts(), known_of_practice(edition.document))
    meant = ("contact_", "sources_")
    return [one for one in found if not (one.field.startswith(meant) and one.kind in _MEANT)]
