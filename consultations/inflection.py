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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = re.compile(r"[^\W\d_]+")
_VOWELS = "aeiouy"
_NO_MARK = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Endings without diacritics. Nouns of all genders, singular and plural.
_NOUN = _each(
    "a e i o u y ou em ovi ove ech ich ach am im um ami emi imi mi ym ete eti etem at ata "
    # Persons who decline as adjectives: Novotného, Jiřímu, Krejčích.
    "eho emu iho imu ych ymi ho mu m "
    # English: the Nováks, Nováks' flat.
    "s es"
)
# Adjectives made of names: Novákův, Novákovi, rodina Novákových, Janina, u Nováků.
_POSSESSIVE = _each(
    "uv ova ovo ovy ove ovu ovou ovym ovych ovymi oveho ovemu ovem ovic ovcum ovci ovcu ovkou"
)
# The same of women's names, which end in a vowel: Janin byt.
_FEMININE = _each("in ina ino iny ine inu inou inym inych inymi ineho inemu inem")
_ENDINGS = _NOUN | _POSSESSIVE
_ALL_ENDINGS = _ENDINGS | _FEMININE
# A stem of two letters (Eva, Ivo, Ota) says little by itself.
_SHORT_ENDINGS = _each("a e i o u y ou em ovi uv ova ovo ovy ovu in ina ino iny inu inou inym inych")
# Adjectives made of places: Obrnice, obrnický.
_PLACE_ENDINGS = frozenset(
    head + tail
    for head in ("sk", "ck", "k", "ovsk", "ansk")
    for tail in ("y", "a", "e", "eho", "emu", "em", "ym", "ou", "ych", "ymi", "i", "o", "u")
)
_SOFTENED = {"k": "c", "h": "z", "g": "z"}
_TITLES = _each(
    "pan pana pani panu slecna mr mrs ms dr mgr ing arch bc judr mudr phdr rndr paeddr thdr mvdr phmr mga bca"
    " prof doc csc drsc ph phd dis mba llm st ml"
)
# The only surname in which the vowel and the consonant before it change places.
_IRREGULAR = {"svec": "sevc"}


def fold(text: str) -> str:
    """Return a text in lower case and without diacritics; its length may change."""
    bare = unicodedata.normalize("NFKD", text.lower().translate(_NO_MARK))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text: runs of letters, whatever stands between them."""
    return _LETTERS.finditer(text)


@dataclass(frozen=True)
class NameForms:
    """All forms of one word of a name."""

    name: str
    exact: frozenset[str]
    stems: tuple[tuple[str, frozenset[str]], ...]

    def matches(self, word: str) -> bool:
        """Tell whether a word of a text is one of the forms."""
        bare = fold(word)
        if len(fold(self.name)) < 3:
            # Two letters are a name only when they are written like one: Vu, but not "že".
            return bare in self.exact and word[:1].isupper()
        return bare in self.exact or any(
            bare.startswith(stem) and bare[len(stem) :] in endings for stem, endings in self.stems
        )


@lru_cache(maxsize=4096)
def forms_of(name: str, *, place: bool = False) -> NameForms:
    """Return the forms of one word of a person's name, or of a `place`'s with its adjectives."""
    bare = fold(name)
    stems: dict[str, frozenset[str]] = {}
    usual = _ALL_ENDINGS if bare[-1] in _VOWELS else _ENDINGS
    for stem in _stems(name, bare):
        endings = usual if len(stem) > 2 else _SHORT_ENDINGS
        stems[stem] = endings | _PLACE_ENDINGS if place and len(stem) > 2 else endings
    # A long enough stem is a form by itself: without an ending (Novák) or in the genitive (Obrnic).
    whole = {stem for stem in stems if len(stem) > 2}
    soft_endings = frozenset(ending for ending in usual if ending[0] in "ei")
    for stem in list(stems):
        for soft in _softened(stem):
            stems.setdefault(soft, soft_endings)
    return NameForms(name, frozenset({bare} | whole), tuple(stems.items()))


def _stems(name: str, bare: str) -> set[str]:
    """Return what stays the same when a name is declined."""
    if len(bare) < 3:
        return set()
    found = {_without_vowel(bare)}
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


def _without_vowel(bare: str) -> str:
    return bare[:-1] if bare[-1] in _VOWELS and len(bare) > 2 else bare


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
    if stem.endswith("sk"):
        return [f"{stem[:-1]}t", f"{stem[:-1]}c"]
    if stem.endswith("ck"):
        return [f"{stem[:-1]}t", f"{stem[:-1]}c"]
    if stem.endswith("ch"):
        return [f"{stem[:-2]}s"]
    if stem[-1] in _SOFTENED:
        return [stem[:-1] + _SOFTENED[stem[-1]]]
    return []


def words_of_name(name: str) -> list[str]:
    """Return the words of a person's name that tell who it is, without titles."""
    words = [match.group() for match in words_of(unicodedata.normalize("NFC", name))]
    return [word for word in words if len(word) > 1 and fold(word) not in _TITLES]


def find_names(text: str, names: Iterable[str]) -> Iterator[re.Match[str]]:
    """Yield the words of a text that are a form of any word of the names (of persons)."""
    forms = [forms_of(word) for word in dict.fromkeys(word for name in names for word in words_of_name(name))]
    known: dict[str, bool] = {}
    for match in words_of(text):
        word = match.group()
        if word not in known:
            known[word] = any(form.matches(word) for form in forms)
        if known[word]:
            yield match


def find_place(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each form of a place's name in a text; all its words stand in a row."""
    forms = [forms_of(match.group(), place=True) for match in words_of(unicodedata.normalize("NFC", name))]
    matches = list(words_of(text))
    for first in range(len(matches) - len(forms) + 1):
        part = matches[first : first + len(forms)]
        if all(form.matches(match.group()) for form, match in zip(forms, part, strict=True)):
            yield part[0].start(), part[-1].end()
