"""What in a summary's text could tell who asked.

Every find has to be removed, or kept with a written reason; nothing is passed
over silently. Names are those of the people on the linked requests, in any
Czech case ending. What a find is called is for staff; it is never logged.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations import patterns
from consultations.inflection import find_names, find_place, fold, forms_of, words_of
from consultations.models import Contact, Participant, Person, SummaryEdition, SupportRequest
from core.documents import markdown
from municipalities.choices import BOUNDS, Size
from municipalities.models import ExchangeAnswer, ExchangeQuestion, Municipality

EXCERPT = 40
# A place with fewer inhabitants than this, named beside a case, can tell who it is.
SMALL_PLACE = BOUNDS[Size.TOWN][0]


class Kind(models.TextChoices):
    NAME = "name", _("name of a person of the request")
    EMAIL = "email", _("e-mail address")
    PHONE = "phone", _("phone number")
    BIRTH_NUMBER = "birth_number", _("birth number")
    BIRTH_DATE = "birth_date", _("date of birth")
    ACCOUNT = "account", _("bank account")
    ADDRESS = "address", _("street and house number")
    POSTCODE = "postcode", _("postal code with a place")
    FILE_NUMBER = "file_number", _("file number")
    PLATE = "plate", _("licence plate")
    LINK = "link", _("reference or private link of a request")
    PLACE = "place", _("small municipality of the request")


@dataclass(frozen=True)
class Hit:
    """One find: its kind, the words found, the form field they stand in, and the words around them."""

    kind: Kind
    found: str
    field: str
    excerpt: str

    @property
    def anchor(self) -> str:
        """The identifier of the form field, to link to."""
        return f"id_{self.field}"

    @property
    def key(self) -> str:
        """What the same find is known by, however it is written."""
        return key_of(self.found)


@dataclass(frozen=True)
class Known:
    """What is known of the people and places of the linked requests."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """What stands against a text: finds that are open, finds that were justified, and warnings."""

    open: list[Hit]
    justified: list[Hit]
    small_places: list[str]


def key_of(found: str) -> str:
    """Return what a find is known by: lower case, single spaces."""
    return " ".join(found.lower().split())


def find_hits(edition: SummaryEdition, *, known: Known | None = None) -> list[Hit]:
    """Return every find in all texts of an edition, both languages, in the order of the form.

    The same words in the same field are reported once. `known` stands for the
    people and places of the linked requests, and is looked up when left out.
    """
    if known is None:
        known = known_of_document(edition)
    hits: dict[tuple[str, str, str], Hit] = {}
    for field, text in texts_of(edition):
        for hit in find_in(text, field=field, known=known):
            hits.setdefault((hit.kind, hit.key, field), hit)
    return list(hits.values())


def find_people(edition: SummaryEdition, *, known: Known) -> list[Hit]:
    """Return only those finds that depend on who is `known`: names, their phone numbers, small places."""
    strangers = {(hit.kind, hit.key, hit.field) for hit in find_hits(edition, known=Known())}
    return [hit for hit in find_hits(edition, known=known) if (hit.kind, hit.key, hit.field) not in strangers]


def check(edition: SummaryEdition, *, known: Known | None = None) -> Check:
    """Return what stands against an edition, with the finds told apart by their justifications."""
    kept = set(edition.justified_hits.values_list("found", flat=True))
    if known is None:
        known = known_of_document(edition)
    hits = find_hits(edition, known=known)
    return Check(
        open=[hit for hit in hits if hit.key not in kept],
        justified=[hit for hit in hits if hit.key in kept],
        small_places=[name for name in small_places(edition) if name not in known.places],
    )


def known_of_document(edition: SummaryEdition) -> Known:
    """Return what is known of the requests, and of the question in the exchange, behind a summary."""
    known = known_of(SupportRequest.objects.filter(summary_origins__summary=edition.document_id))
    number = edition.document.exchange_question_id
    return known if number is None else _both(known, known_of_exchange(number))


def known_of_exchange(question_id: int) -> Known:
    """Return the names and small places of all who wrote at a question in the exchange, hidden or not."""
    related = ("author", "municipality")
    posts = [*ExchangeQuestion.objects.filter(pk=question_id).select_related(*related)]
    posts += ExchangeAnswer.objects.filter(question=question_id).select_related(*related)
    places = [post.municipality for post in posts]
    return Known(
        names=_texts(post.author.name for post in posts),
        places=_texts(place.name for place in places if place and is_small(place)),
    )


def _both(one: Known, other: Known) -> Known:
    return Known(
        names=_texts([*one.names, *other.names]),
        phones=one.phones,
        places=_texts([*one.places, *other.places]),
    )


def known_of(requests: models.QuerySet[SupportRequest]) -> Known:
    """Return the names, phone numbers and small places of everybody on some requests."""
    related = ("requester__user", "requester__municipality", "municipality", "created_by")
    rows = list(requests.select_related(*related))
    people = [row.requester for row in rows]
    people += Person.objects.filter(pk__in=_others(rows)).select_related("user", "municipality")
    accounts = filter(None, [*(person.user for person in people), *(row.created_by for row in rows)])
    places = [row.municipality for row in rows] + [person.municipality for person in people]
    return Known(
        names=_texts([*(person.name for person in people), *(account.name for account in accounts)]),
        phones=_texts(re.sub(r"\D", "", person.phone)[-9:] for person in people),
        places=_texts(place.name for place in places if place and is_small(place)),
    )


def _others(rows: list[SupportRequest]) -> set[int]:
    """Return the people who take part in requests, or spoke on them, besides the requesters."""
    participants = Participant.objects.filter(request__in=rows).values_list("person_id", flat=True)
    speakers = Contact.objects.filter(request__in=rows).values_list("person_id", flat=True)
    return {*participants, *speakers} - {row.requester_id for row in rows} - {None}


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def is_small(place: Municipality) -> bool:
    """Tell whether naming a place could tell who asked; an unknown number of inhabitants counts as small."""
    return place.population is None or place.population < SMALL_PLACE


def texts_of(edition: SummaryEdition) -> Iterator[tuple[str, str]]:
    """Yield each text of an edition with the name of its form field, Czech before English."""
    for language in ("cs", "en"):
        for name in ("question", "short_answer"):
            yield f"{name}_{language}", getattr(edition, f"{name}_{language}") or ""
        answer = getattr(edition, f"answer_{language}") or ""
        # As it was typed (addresses of links), and as it is read (Nov**ák** is Novák).
        yield f"answer_{language}", answer
        yield f"answer_{language}", markdown.plain(markdown.render(answer))
        yield f"change_note_{language}", getattr(edition, f"change_note_{language}") or ""
    for number, provision in enumerate(edition.provisions.all()):
        yield f"provision_{number}_citation", provision.citation


def find_in(text: str, *, field: str, known: Known) -> Iterator[Hit]:
    """Yield the finds in one text."""
    text = patterns.clean(text)
    for kind, finder in _FINDERS.items():
        for start, end in finder(text, known):
            found = text[start:end].strip(" \n,;:")
            yield Hit(kind, found[:200], field, _excerpt(text, start, end))


def _excerpt(text: str, start: int, end: int) -> str:
    head, tail = max(0, start - EXCERPT), min(len(text), end + EXCERPT)
    cut = " ".join(text[head:tail].split())
    return f"{'…' if head else ''}{cut}{'…' if tail < len(text) else ''}"


Finder = Callable[[str, Known], Iterator[tuple[int, int]]]


def _names(text: str, known: Known) -> Iterator[tuple[int, int]]:
    for match in find_names(text, known.names):
        yield match.span()


def _places(text: str, known: Known) -> Iterator[tuple[int, int]]:
    for name in known.places:
        yield from find_place(text, name)


def _shape(finder: Callable[[str], Iterator[tuple[int, int]]]) -> Finder:
    return lambda text, _known: finder(text)


_FINDERS: dict[Kind, Finder] = {
    Kind.NAME: _names,
    Kind.EMAIL: _shape(patterns.emails),
    Kind.PHONE: lambda text, known: patterns.phones(text, known.phones),
    Kind.BIRTH_NUMBER: _shape(patterns.birth_numbers),
    Kind.BIRTH_DATE: _shape(patterns.birth_dates),
    Kind.ACCOUNT: _shape(patterns.accounts),
    Kind.ADDRESS: _shape(patterns.addresses),
    Kind.POSTCODE: _shape(patterns.postcodes),
    Kind.FILE_NUMBER: _shape(patterns.file_numbers),
    Kind.PLATE: _shape(patterns.plates),
    Kind.LINK: _shape(patterns.links),
    Kind.PLACE: _places,
}


# Small places that no request is linked to: a warning only ----------------------

_MOST_CAPITALS = 500
_NOMINATIVE = ("", "a", "e", "o", "y", "i", "ice", "ov", "in", "any")


def small_places(edition: SummaryEdition) -> list[str]:
    """Return names of municipalities under SMALL_PLACE inhabitants that the text seems to name, sorted.

    Only words with a capital inside a sentence count: thousands of villages are
    called like ordinary words.
    """
    words = sorted({word for _field, text in texts_of(edition) for word in _capitals(patterns.clean(text))})
    words = words[:_MOST_CAPITALS]
    candidates = {form for word in words for form in _possible_names(fold(word))}
    rows = Municipality.objects.filter(search_name__in=candidates).exclude(population__gte=SMALL_PLACE)
    named = {row.name for row in rows.only("name", "population")[:100]}
    return sorted(name for name in named if any(forms_of(name, place=True).matches(word) for word in words))


def _capitals(text: str) -> Iterator[str]:
    """Yield words with a capital that do not begin a sentence."""
    for match in words_of(text):
        word, before = match.group(), text[max(0, match.start() - 4) : match.start()].rstrip(' "„(#*')
        if word[0].isupper() and len(word) > 3 and before and before[-1] not in ".!?:\n":
            yield word


def _possible_names(bare: str) -> Iterator[str]:
    """Yield what a word could be in the nominative."""
    yield bare
    for cut in range(1, 5):
        if len(bare) - cut >= 3:
            yield from (bare[:-cut] + ending for ending in _NOMINATIVE)


def hits_in(text: str, known: Known) -> list[Hit]:
    """Return the finds in a text that belongs to no edition: a reason that the public will read."""
    return list(find_in(text, field="", known=known))
