"""What in a text could tell whom it is about: each find with the sentence that it stands in.

Every find has to be removed, or kept with a written reason; nothing is passed
over silently. Who is known, the one who asks tells; what a find is called is
for those who write, and is never logged.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.detector import patterns
from core.detector.addresses import addresses
from core.detector.birth_numbers import birth_numbers
from core.detector.inflection import forms_of, words_of
from core.detector.names import find_names, find_people, words_of_name
from core.detector.places import find_places
from core.detector.public_contacts import contact_key, public_contacts

EXCERPT = 40
LONGEST = 200
# So much of a sentence before and after a find says which one it is.
LONGEST_SENTENCE = 500
Span = tuple[int, int]
# A sentence ends at a line, or at a sign before a capital; a short word before a full stop is abbreviated.
_SENTENCE_END = re.compile(r"\n|(?:(?:(?<=\w{4})|(?<=\d\d))\.|[!?…])[“\")]*\s+(?=[^\W\d_a-z]|[„\"(])")


class Kind(models.TextChoices):
    NAME = "name", gettext_lazy("name of somebody behind this text")
    PERSON = "person", gettext_lazy("perhaps somebody’s name")
    EMAIL = "email", gettext_lazy("e-mail address")
    PHONE = "phone", gettext_lazy("phone number")
    BIRTH_NUMBER = "birth_number", gettext_lazy("birth number")
    BIRTH_DATE = "birth_date", gettext_lazy("date of birth")
    ACCOUNT = "account", gettext_lazy("bank account")
    ADDRESS = "address", gettext_lazy("street and house number")
    POSTCODE = "postcode", gettext_lazy("postal code with a place")
    FILE_NUMBER = "file_number", gettext_lazy("file number")
    PLATE = "plate", gettext_lazy("licence plate")
    DATA_BOX = "data_box", gettext_lazy("data box")
    DOCUMENT = "document", gettext_lazy("number of a passport or an identity card")
    LINK = "link", gettext_lazy("reference or private link of a request")
    PLACE = "place", gettext_lazy("small municipality behind this text")


@dataclass(frozen=True)
class Known:
    """Who and what is known of the people behind a text: what is to be looked for in any form.

    `other_places` are places that a name among `places` is a part of; of them nothing is said.
    `signed` are names that readers see beside the text anyway.
    """

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    other_places: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()

    def __or__(self, other: "Known") -> "Known":
        """Return what is known of both."""
        both = {name: dict.fromkeys((*mine, *vars(other)[name])) for name, mine in vars(self).items()}
        return Known(**{name: tuple(known) for name, known in both.items()})


@dataclass(frozen=True)
class Find:
    """One find: its kind, the words found, their field and sentence, the words around them."""

    kind: Kind
    found: str
    field: str
    sentence: str
    excerpt: str

    @cached_property
    def key(self) -> str:
        """What a justification knows this find by: in another field or sentence it is another one."""
        parts = (self.kind.value, self.field, _plain(self.found), _plain(self.sentence))
        return sha256("\n".join(parts).encode()).hexdigest()[:40]

    @property
    def may_stay_unexplained(self) -> bool:
        """Whether a click is enough to keep it: it may be anybody's name, an author's or a street's."""
        return self.kind == Kind.PERSON

    def __str__(self) -> str:
        """Say what was found, as a reason against showing the text."""
        words = {"found": self.found, "kind": self.kind.label}
        if self.kind == Kind.PERSON:
            return _("“%(found)s” may be the name of somebody who could be recognised.") % words
        return _("The text holds “%(found)s” (%(kind)s).") % words


def _plain(text: str) -> str:
    """Return the letters and numbers of a text: a comma more does not make it another sentence."""
    return " ".join(re.findall(r"\w+", text.lower()))


def find(texts: Mapping[str, str], known: Known) -> list[Find]:
    """Return every find in texts, each by the name of its field, in their order.

    The same words in the same sentence of a field are one find.
    """
    finds = {one.key: one for field, text in texts.items() for one in _in_text(text, field, known)}
    contacts = [one for one in finds.values() if one.kind in (Kind.EMAIL, Kind.PHONE)]
    shown = public_contacts() if contacts else set()
    return [one for one in finds.values() if one not in contacts or contact_key(one.found) not in shown]


def find_people_of(texts: Mapping[str, str], known: Known) -> list[Find]:
    """Return only those finds that depend on who is `known`: names, their phone numbers, small places."""
    strangers = {one.key for one in find(texts, Known())}
    return [one for one in find(texts, known) if one.key not in strangers]


def open_finds(finds: Iterable[Find], kept: Collection[str]) -> list[Find]:
    """Return the finds whose keys are not among those `kept` with a reason."""
    return [one for one in finds if one.key not in kept]


def _in_text(text: str, field: str, known: Known) -> Iterator[Find]:
    """Yield the finds in one text."""
    text = patterns.clean(text)
    # Where its sentences begin, and its end.
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text) + 1]
    for kind, start, end in _spans(text, known):
        found = text[start:end].strip(" \n,;:")[:LONGEST]
        head = max(cuts[bisect_right(cuts, start) - 1], start - LONGEST_SENTENCE)
        sentence = text[head : min(cuts[bisect_left(cuts, end)], end + LONGEST_SENTENCE)]
        yield Find(kind, found, field, sentence.strip(), _excerpt(text, start, end))


_SHAPES: dict[Kind, Callable[[str], Iterator[Span]]] = {
    Kind.EMAIL: patterns.emails,
    Kind.BIRTH_NUMBER: birth_numbers,
    Kind.ACCOUNT: patterns.accounts,
    Kind.ADDRESS: addresses,
    Kind.POSTCODE: patterns.postcodes,
    Kind.FILE_NUMBER: patterns.file_numbers,
    Kind.PLATE: patterns.plates,
    Kind.DATA_BOX: patterns.data_boxes,
    Kind.DOCUMENT: patterns.documents,
    Kind.LINK: patterns.links,
}


def _spans(text: str, known: Known) -> Iterator[tuple[Kind, int, int]]:
    """Yield kind, start and end of all that is found in a cleaned text."""
    found = {kind: list(finder(text)) for kind, finder in _SHAPES.items()}
    found[Kind.NAME] = list(find_names(text, known.names))
    people = list(find_people(text))
    found[Kind.BIRTH_DATE] = list(patterns.birth_dates(text, [*found[Kind.NAME], *people]))
    found[Kind.PHONE] = list(patterns.phones(text, known.phones))
    places = find_places(text, (*known.places, *known.other_places))
    found[Kind.PLACE] = [(place.start, place.end) for place in places if place.name in known.places]
    taken = sorted((*found[Kind.NAME], *found[Kind.ADDRESS]))
    found[Kind.PERSON] = [
        span for span in _apart(people, taken) if not _is_signed(text[slice(*span)], known.signed)
    ]
    for kind in Kind:
        yield from ((kind, start, end) for start, end in found[kind])


def _apart(spans: list[Span], taken: list[Span]) -> Iterator[Span]:
    """Yield those spans, both lists in order, that touch none of those taken."""
    number = 0
    for start, end in spans:
        while number < len(taken) and taken[number][1] <= start:
            number += 1
        if number == len(taken) or taken[number][0] >= end:
            yield start, end


def _is_signed(found: str, signed: tuple[str, ...]) -> bool:
    """Tell whether all the words found are of one name that readers see anyway."""
    return any(
        all(
            any(forms_of(word).matches(match.group()) for word in words_of_name(name))
            for match in words_of(found)
        )
        for name in signed
    )


def _excerpt(text: str, start: int, end: int) -> str:
    head, tail = max(0, start - EXCERPT), min(len(text), end + EXCERPT)
    cut = " ".join(text[head:tail].split())
    return f"{'…' if head else ''}{cut}{'…' if tail < len(text) else ''}"
