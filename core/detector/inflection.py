"""Names in any Czech case ending: is this word of a text a form of that name?

There is no dictionary of names that holds everybody, so a name becomes a few
stems (with the vowel that comes and goes: Dvořáček, Dvořáčka; with the
consonant that softens: Blanka, Blance) and a word matches when it is a stem
with one of the endings of Czech nouns and adjectives. Too many rather than too
few: a person looks at each find. Diacritics and upper case do not count, in
neither the name nor the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.detector.word_lists import listed

_LETTERS = re.compile(r"[^\W\d_]+")
_VOWELS = "aeiouy"
_NO_MARK = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
# Ukrainian and Russian letters as Czech writes them, without diacritics.
_CYRILLIC = str.maketrans(
    dict(zip("абвгґдезийіклмнопрстуфыэъь", [*"abvhgdezyjiklmnoprstufye", "", ""], strict=True))
    | {"ж": "z", "х": "ch", "ц": "c", "ч": "c", "ш": "s", "щ": "sc", "ю": "ju", "я": "ja", "є": "je"}
    | {"ї": "ji", "ё": "jo"}
)
# What one name is spelled with in one register and not in another: Horváth, Horvát; Shevchenko, Ševčenko.
_SPELLINGS = [
    (re.compile(letters), sound)
    for letters, sound in (
        ("sch|sh|sz", "s"), ("ch|cz|cs|kh|ts|tz", "c"), ("zh", "z"), ("th", "t"), ("ph", "f"), ("dt", "d"),
        ("ck", "k"), ("qu", "kv"), ("x", "ks"), ("w", "v"), ("[yj]", "i"), ("g", "h"), ("ei", "ai"),
        ("ue", "u"), ("oe", "o"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip

_ENDINGS = listed("noun_endings", "possessive_endings")
_ALL_ENDINGS = _ENDINGS | listed("feminine_endings")
_SHORT_ENDINGS = listed("short_endings")
# Adjectives made of places: Obrnice, obrnický.
_PLACE_ENDINGS = frozenset(
    head + tail
    for head in ("sk", "ck", "k", "ovsk", "ansk", "ensk", "eck")
    for tail in ("y", "a", "e", "eho", "emu", "em", "ym", "ou", "ych", "ymi", "i", "o", "u")
)
# What follows a stem that has changed before -ský: Praha, pražský; Křižánek, křižánecký.
_SKY_ENDINGS = frozenset(ending for ending in _PLACE_ENDINGS if ending.startswith("sk"))
_CKY_ENDINGS = frozenset(ending for ending in _PLACE_ENDINGS if ending.startswith("ck"))
_EASTERN = listed("eastern_endings")
_SOFTENED = {"k": "c", "h": "z", "g": "z"}
# The only surname in which the vowel and the consonant before it change places.
_IRREGULAR = {"svec": "sevc"}


def fold(text: str) -> str:
    """Return a text in lower case and without diacritics; its length may change."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.lower().translate(_NO_MARK).translate(_CYRILLIC))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


@lru_cache(maxsize=16384)
def spoken(bare: str) -> str:
    """Return a folded word by its sounds, so that different spellings of one name come out alike."""
    for letters, sound in _SPELLINGS:
        bare = letters.sub(sound, bare)
    return bare


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text: runs of letters, whatever stands between them."""
    return _LETTERS.finditer(text)


@dataclass(frozen=True)
class NameForms:
    """All forms of one word of a name: as it is written, and as it sounds in another spelling."""

    name: str
    exact: frozenset[str]
    stems: tuple[tuple[str, frozenset[str]], ...]
    heard: tuple[tuple[str, frozenset[str]], ...]

    def matches(self, word: str) -> bool:
        """Tell whether a word of a text is one of the forms."""
        bare = fold(word)
        if len(fold(self.name)) < 3:
            # Two letters are a name only when they are written like one: Vu, but not "že".
            return bare in self.exact and word[:1].isupper()
        if bare in self.exact or _begins(bare, self.stems):
            return True
        return len(bare) > 3 and word[:1].isupper() and _begins(spoken(bare), self.heard)


def _begins(bare: str, stems: tuple[tuple[str, frozenset[str]], ...]) -> bool:
    return any(bare.startswith(stem) and bare[len(stem) :] in endings for stem, endings in stems)


@lru_cache(maxsize=32768)
def forms_of(name: str, *, place: bool = False) -> NameForms:
    """Return the forms of one word of a person's name, or of a `place`'s with its adjectives."""
    bare = fold(name)
    stems: dict[str, frozenset[str]] = {}
    usual = _ALL_ENDINGS if bare[-1] in _VOWELS else _ENDINGS
    for stem in _stems(name, bare):
        endings = usual if len(stem) > 2 else _SHORT_ENDINGS
        stems[stem] = _joined(endings, _PLACE_ENDINGS) if place and len(stem) > 2 else endings
    # A long enough stem is a form by itself: without an ending (Novák) or in the genitive (Obrnic).
    whole = {stem for stem in stems if len(stem) > 2}
    soft_endings = _soft(usual)
    for stem in list(stems):
        for soft in _softened(stem):
            stems.setdefault(soft, _joined(soft_endings, _SKY_ENDINGS) if place else soft_endings)
        if place and stem.endswith("k") and len(stem) > 3:
            stems.setdefault(stem[:-1], _CKY_ENDINGS)
    heard = () if place else tuple(_heard(stems, whole))
    return NameForms(name, frozenset({bare} | whole), tuple(stems.items()), heard)


# There are only a few sets of endings, and thousands of names.


@lru_cache
def _joined(endings: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    return endings | others


@lru_cache
def _soft(endings: frozenset[str]) -> frozenset[str]:
    return frozenset(ending for ending in endings if ending[0] in "ei")


@lru_cache
def _sounds(endings: frozenset[str]) -> frozenset[str]:
    # Without those in -ch: Pavlač is not Pavlech.
    return frozenset(spoken(ending) for ending in endings if not ending.endswith("ch")) | _EASTERN


def _heard(stems: dict[str, frozenset[str]], whole: set[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the stems as they sound; one of three letters says something only as a whole word (Tóth, Tót)."""
    for stem, endings in stems.items():
        sound = spoken(stem)
        if len(sound) > 3:
            bare = {""} if stem in whole else set()
            yield sound, _joined(_sounds(endings), frozenset(bare))
        elif stem in whole and len(stem) > 3:
            yield sound, frozenset({""})


def _stems(name: str, bare: str) -> set[str]:
    """Return what stays the same when a name is declined."""
    if len(bare) < 3:
        return set()
    found = {bare[:-1] if bare[-1] in _VOWELS else bare}
    if bare.endswith("ova") and len(bare) > 5:
        # Nováková and her family Novákovi have the stem of Novák.
        found.add(bare[:-3])
    if bare.endswith(("us", "os", "as")) and len(bare) > 5 and not name.lower().endswith(("š", "ous", "ouš")):
        found.add(bare[:-2])
    if re.search(r"[ůŮ]\w$", name):
        found.add(f"{bare[:-2]}o{bare[-1]}")
    for stem in list(found):
        found |= _with_moving_vowel(stem)
    return {stem for stem in found if len(stem) > 1}


def _with_moving_vowel(stem: str) -> set[str]:
    """Return the stem without its last e (Pavel, Pavla), or with one (Dvořáčková, Dvořáček)."""
    if stem in _IRREGULAR:
        return {_IRREGULAR[stem]}
    if len(stem) > 2 and stem[-2] == "e" and stem[-1] not in _VOWELS and stem[-3] not in _VOWELS:
        return {stem[:-2] + stem[-1]}
    if len(stem) > 2 and stem[-1] in "kclrnv" and stem[-2] not in _VOWELS:
        return {f"{stem[:-1]}e{stem[-1]}"}
    return set()


def _softened(stem: str) -> list[str]:
    """Return the stem as it is before -e and -i: Blank-a, Blanc-e; Olg-a, Olz-e; Lensk-ý, Lenšt-í."""
    if len(stem) < 3:
        return []
    if stem.endswith(("sk", "ck")):
        return [f"{stem[:-1]}t", f"{stem[:-1]}c"]
    if stem.endswith("ch"):
        return [f"{stem[:-2]}s"]
    if stem[-1] in _SOFTENED:
        return [stem[:-1] + _SOFTENED[stem[-1]]]
    return []
