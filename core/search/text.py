"""Words made ready for search: the same when a text is indexed and when it is asked for.

Each word becomes a few keys without diacritics: the word as it stands, what
simplemma knows as its dictionary form, and stems by Czech endings. The last
are for what the dictionary does not know: rare cases, and words typed without
diacritics. A word is found when it shares one key with what was asked.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import simplemma

LANGUAGES = ("cs", "en")
LONGEST_QUERY = 300
MOST_WORDS = 10
LONGEST_TEXT = 100_000
LONGEST_WORD = 40
SHORTEST_STEM = 3
# Shorter beginnings fit half of all words.
SHORTEST_PREFIX = 3

WORD = re.compile(r"[^\W_]+")
# Nine digits and more, however they are grouped: a phone number is one word.
NUMBER = re.compile(r"(?:\d[ \u00a0/-]?){8,}\d")
NUMBER_DIGITS = 9

# Too common to tell one text from another; in Czech without diacritics.
STOP_WORDS = frozenset((Path(__file__).parent / "data" / "stop_words.txt").read_text().split())

# Endings of Czech nouns and adjectives without diacritics, the longest first.
ENDINGS = (
    "etem", "iho", "imu", "eho", "emu", "imi", "ymi", "ami", "emi", "ovi", "ich", "ych", "ech", "ach", "ete",
    "eti", "ou", "um", "em", "am", "im", "ym", "uv", "in", "at", "mi", "a", "e", "i", "o", "u", "y",
)  # fmt: skip
# What is left of "azylový" or "starostové" goes with "azyl" and "starosta".
ADJECTIVE = "ov"
# Stems that change within: dítě – děti, člověk – lidé.
IRREGULAR = {"det": "dit", "lid": "clovek"}
FLEETING_E = re.compile(r"[^aeiouy]e[^aeiouy]$")
# Consonants that change before an ending: matka – matce, dluh – dluzích.
SOFTENED = str.maketrans({"c": "k", "z": "h"})


@dataclass(frozen=True)
class Word:
    """One word of a question: any of `keys` will do, or a word that begins with `prefix`."""

    keys: tuple[str, ...]
    prefix: str = ""


def fold(text: str) -> str:
    """Return the text in lower case and without diacritics."""
    # Taking apart first: a letter of another alphabet of signs may come out as a capital.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def keys_of_text(text: str) -> set[str]:
    """Return all keys by which a text can be found."""
    text = unicodedata.normalize("NFC", text[:LONGEST_TEXT])
    keys = {_short_number(found) for found in NUMBER.findall(text)}
    for word in set(_words(text)):
        keys.update(keys_of_word(word))
    return keys


def question(text: str) -> list[Word]:
    """Return what was typed as words that must all be there; the last one may be only begun.

    Any text is welcome; what is too long is cut, and signs are left out.
    """
    text = unicodedata.normalize("NFC", text[:LONGEST_QUERY])
    numbers = [Word((_short_number(found),)) for found in NUMBER.findall(text)]
    typed = list(dict.fromkeys(_words(NUMBER.sub(" ", text))))
    words = [Word(keys) for word in typed if (keys := keys_of_word(word))]
    last = _only_letters(fold(typed[-1])) if typed else ""
    if words and not numbers and len(last) >= SHORTEST_PREFIX and last in words[-1].keys:
        words[-1] = Word(words[-1].keys, last)
    return [*numbers, *words][:MOST_WORDS]


@lru_cache(maxsize=50_000)
def keys_of_word(word: str) -> tuple[str, ...]:
    """Return the keys of one word in lower case: none for a word that is everywhere."""
    plain = _only_letters(fold(word))
    if not plain or plain in STOP_WORDS:
        return ()
    if not plain.isalpha():
        return (plain,)
    # The whole dictionaries as Python's would take 70 MB of each worker; these take 7, and tell the same.
    lemma = _only_letters(fold(simplemma.lemmatize(word, lang=LANGUAGES, low_memory=True)))
    found = dict.fromkeys([plain, lemma, *_stems(plain), *_stems(lemma)])
    return tuple(key for key in found if key)


def _words(text: str) -> Iterator[str]:
    return (word[:LONGEST_WORD] for word in WORD.findall(text.lower()))


def _only_letters(text: str) -> str:
    # Folding may bring signs that an index would split at (½ becomes 1⁄2).
    return "".join(c for c in text if c.isalnum())


def _short_number(digits: str) -> str:
    # The last nine digits: with +420 or without, it is the same phone.
    return "".join(c for c in digits if c.isdecimal())[-NUMBER_DIGITS:]


def _stems(word: str) -> Iterator[str]:
    stem = _without_ending(word)
    yield _hardened(IRREGULAR.get(stem, stem))
    if stem.endswith(ADJECTIVE) and len(stem) - len(ADJECTIVE) >= SHORTEST_STEM:
        yield _hardened(stem.removesuffix(ADJECTIVE))
    if len(word) > SHORTEST_STEM and FLEETING_E.search(word):
        yield _hardened(word[:-2] + word[-1])


def _without_ending(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _hardened(stem: str) -> str:
    return stem[:-1] + stem[-1].translate(SOFTENED)
