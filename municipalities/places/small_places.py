"""Places so small that naming one can tell who asked, and those that a text names."""

import re
from collections.abc import Collection, Iterable, Iterator

from django.db.models import Q

from core.detector.inflection import words_of
from core.detector.names import is_inside_sentence
from core.detector.patterns import clean
from core.detector.places import find_places
from municipalities.choices import BOUNDS, Size
from municipalities.models import Municipality

# A place with fewer inhabitants than this, named beside a case, can tell who it is.
SMALL_PLACE = BOUNDS[Size.TOWN][0]


def is_small(place: Municipality) -> bool:
    """Tell whether naming a place could tell who asked; an unknown number of inhabitants counts as small."""
    return place.population is None or place.population < SMALL_PLACE


def longer_names(names: Collection[str]) -> tuple[str, ...]:
    """Return names of other places that one of these is a part of: Horní Lhota for Lhota."""
    if not names:
        return ()
    parts = Q()
    for name in names:
        parts |= Q(name__contains=name)
    rows = Municipality.objects.filter(parts).exclude(name__in=names)
    return tuple(dict.fromkeys(rows.order_by("name").values_list("name", flat=True)))


# Adjectives of small places in lower case; those of nations and of ordinary life are none.
_ADJECTIVE = re.compile(r"\w{2,}[sc]k(?:ý|á|é|ého|ému|ém|ým|ou|ých|ými|í|y)$")
_NO_ADJECTIVE = re.compile(
    r"(?:česk|rakousk|polsk|slovensk|německ|rusk|městsk|venkovsk|lidsk|žensk|dětsk|krajsk)\w+$"
)


def small_places_in(texts: Iterable[str]) -> list[str]:
    """Return names of small places that texts seem to name, sorted: the longest name that stands there.

    A name of one word counts with a capital inside a sentence only: thousands of villages are called
    like ordinary words.
    """
    rows = list(Municipality.objects.order_by("name").values_list("name", "population"))
    small = {name for name, population in rows if population is None or population < SMALL_PLACE}
    names = tuple(dict.fromkeys(name for name, _population in rows))
    return sorted(small & {name for text in texts for name in _named(clean(text), names)})


def _named(text: str, names: tuple[str, ...]) -> Iterator[str]:
    words = {match.start(): match for match in words_of(text)}
    for place in find_places(text, names, may_be=_may_be_place):
        is_name = text[place.start].islower() or " " in place.name
        if is_name or (len(place.name) > 3 and is_inside_sentence(text, words[place.start])):
            yield place.name


def _may_be_place(word: str) -> bool:
    return word[0].isupper() or bool(_ADJECTIVE.match(word) and not _NO_ADJECTIVE.match(word))
