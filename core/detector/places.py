"""Names of places in a text, in any case and as adjectives: the longest name that stands there counts."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from core.detector.inflection import NameForms, fold, forms_of, words_of


@dataclass(frozen=True)
class Place:
    """A place that a text names: where, and as what."""

    start: int
    end: int
    name: str


_GAP = re.compile(r"\s+|\s?[-–]\s?")
# A name's words one after the other.
_Words = tuple[NameForms, ...]


def find_places(text: str, names: Collection[str], *, may_be: Callable[[str], bool] = bool) -> list[Place]:
    """Return the places called by these names; of "v Horní Lhotě" never Lhota, if both are among them.

    `may_be` tells of a word whether a name may begin with it.
    """
    index, words = _index(tuple(names)), list(words_of(text))
    seen: dict[str, list[tuple[_Words, str]]] = {}
    found: list[Place] = []
    for number, match in enumerate(words):
        word = match.group()
        if word not in seen:
            near = index.get(fold(word)[:2], ()) if may_be(word) else ()
            seen[word] = [entry for entry in near if entry[0][0].matches(word)]
        for forms, name in seen[word]:
            part = words[number : number + len(forms)]
            if len(part) == len(forms) and _go_on(text, forms, part):
                found.append(Place(match.start(), part[-1].end(), name))
    return list(_longest(found))


def _go_on(text: str, forms: _Words, part: list[re.Match[str]]) -> bool:
    """Tell whether the words after the first are the name's, with nothing but a space or a hyphen between."""
    between = (text[one.end() : other.start()] for one, other in pairwise(part))
    words = ((form, match.group()) for form, match in zip(forms[1:], part[1:], strict=True))
    # A preposition is no name: na, nad, pod, u.
    return all(map(_GAP.fullmatch, between)) and all(
        fold(word) == fold(form.name) if form.name.islower() else form.matches(word) for form, word in words
    )


def _longest(found: list[Place]) -> Iterator[Place]:
    """Yield the places that stand within no longer one."""
    last = Place(-1, -1, "")
    for place in sorted(found, key=lambda one: (one.start, -one.end)):
        if place.end > last.end or (place.start, place.end) == (last.start, last.end):
            last = place
            yield place


@lru_cache(maxsize=64)
def _index(names: tuple[str, ...]) -> dict[str, list[tuple[_Words, str]]]:
    """Return all names by the two letters that they may begin with in a text."""
    index: defaultdict[str, list[tuple[_Words, str]]] = defaultdict(list)
    for name in names:
        for words in _spellings(unicodedata.normalize("NFC", name)):
            forms = tuple(forms_of(word, place=True) for word in words)
            for beginning in {fold(forms[0].name)[:2], *(stem[:2] for stem, _endings in forms[0].stems)}:
                index[beginning].append((forms, name))
    return index


def _spellings(name: str) -> Iterator[list[str]]:
    """Yield the words of a name; after an adjective also as it is joined in one: hornolhotský."""
    words = [match.group() for match in words_of(name)]
    if words:
        yield words
    if len(words) == 2 and words[0][-1] in "ýáéí" and len(words[0]) > 3:
        yield [f"{words[0][:-1]}o{words[1].lower()}"]
