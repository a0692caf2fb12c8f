"""Names of people in a text: of those who are known, and of others who are called by name there."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache

from core.detector import first_names
from core.detector.inflection import NameForms, fold, forms_of, words_of
from core.detector.word_lists import listed

Span = tuple[int, int]

_TITLES = listed("titles")
_COMMON = listed("adjectives", "things", "verbs", "everyday_first_names")
_NO_FIRST_NAME = listed("no_first_names")
_NO_SURNAME = listed("no_surnames")
_CALLED_AFTER = listed("called_after")
_CASES = listed("cases")
_OF_A_WOMAN = re.compile(r"ov(?:á|é|ou)$")
_NO_CASE = re.compile(r"[áéý]$")
_ADDRESSED = re.compile(
    r"\b(?:[Pp]an(?:í|a|u|em|ovi|e|ové|ů|ům)?|[Ss]lečn\w+|[Mm]anžel(?:é|ů|ům|y)|[Pp]í\.?|[Pp]\.|Mr\.?|Mrs\.?|Ms\.?|Miss|"
    r"(?:Mgr|MgA|Ing|Bc|BcA|JUDr|MUDr|PhDr|RNDr|PaedDr|MVDr|ThDr|MDDr|[Dd]r|[Dd]oc|[Pp]rof|[Aa]rch|DiS)\.)\s+"
)


class Sure(IntEnum):
    """When a word that is a form of a name counts: wherever it stands, with a capital, or among names."""

    ALWAYS = 0
    WITH_CAPITAL = 1
    AMONG_NAMES = 2


def words_of_name(name: str) -> list[str]:
    """Return the words of a person's name that tell who it is, without titles."""
    words = [match.group() for match in words_of(unicodedata.normalize("NFC", name))]
    return [word for word in words if len(word) > 1 and fold(word) not in _TITLES]


def find_names(text: str, names: Iterable[str]) -> Iterator[Span]:
    """Yield the words of a text that are a form of any word of the names, or of how one may be called for it.

    A common word (malý, svoboda) counts only where it can be a name.
    """
    wanted, words = _wanted(tuple(names)), list(words_of(text))
    seen: dict[str, Sure | None] = {}
    for match in words:
        word = match.group()
        if word not in seen:
            seen[word] = min((sure for forms, sure in wanted if forms.matches(word)), default=None)
    for number, match in enumerate(words):
        sure = seen[match.group()]
        if sure is not None and _counts(text, words, number, sure, seen):
            yield match.span()


@lru_cache(maxsize=64)
def _wanted(names: tuple[str, ...]) -> list[tuple[NameForms, Sure]]:
    """Return the forms of every word of names, and of what else its bearer may be called."""
    found: dict[str, Sure] = {}
    for word in (word for name in names for word in words_of_name(name)):
        found[word] = Sure.AMONG_NAMES if _is_common(fold(word)) else Sure.ALWAYS
        for other in first_names.also_called(word):
            found.setdefault(other, Sure.AMONG_NAMES if fold(other) in _COMMON else Sure.WITH_CAPITAL)
    return [(forms_of(word), sure) for word, sure in found.items()]


def _is_common(bare: str) -> bool:
    """Tell whether a name, or the husband's one behind it, is a word of every day."""
    stem = bare.removesuffix("ova")
    return stem in _COMMON or (stem != bare and f"{stem}a" in _COMMON)


def _counts(
    text: str, words: Sequence[re.Match[str]], number: int, sure: Sure, seen: dict[str, Sure | None]
) -> bool:
    """Tell whether a form of a name can be one where it stands."""
    word = words[number].group()
    if sure == Sure.ALWAYS or (word[0].isupper() and (sure == Sure.WITH_CAPITAL or _OF_A_WOMAN.search(word))):
        return True
    # "Dana" begins a sentence as a name, "Dána" and "Malý" do not.
    if (
        word[0].isupper()
        and not word.isupper()
        and (is_inside_sentence(text, words[number]) or is_first_name(word))
    ):
        return True
    return any(_names_it(word, beside, seen) for beside in _beside(text, words, number))


def _names_it(word: str, beside: str, seen: dict[str, Sure | None]) -> bool:
    """Tell whether the word beside makes a word a name: a title, a first name, another word of its name."""
    if fold(beside) in _TITLES:
        return True
    if beside[0].isupper() != word[0].isupper():
        return False
    return seen.get(beside) is not None or (word[0].isupper() and is_first_name(beside))


def _beside(text: str, words: Sequence[re.Match[str]], number: int) -> Iterator[str]:
    """Yield the words right before and after one, with at most the full stop of a title between."""
    here = words[number]
    if number and text[words[number - 1].end() : here.start()] in (" ", ". ", "."):
        yield words[number - 1].group()
    if number + 1 < len(words) and text[here.end() : words[number + 1].start()] == " ":
        after = words[number + 1].group()
        if fold(after) not in _TITLES:
            yield after


def is_inside_sentence(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word does not begin a sentence or a line."""
    before = text[max(0, match.start() - 6) : match.start()].rstrip(' "„“(#*>-–•')
    return bool(before) and before[-1] not in ".!?…\n"


def find_people(text: str) -> Iterator[Span]:
    """Yield names of people whom nobody knows: after pan, paní or a title, or a first name and a surname."""
    words = list(words_of(text))
    end = 0
    for number in sorted({*_addressed(text, words), *_first_names(text, words)}):
        if words[number].start() >= end:
            last = _last_of_name(text, words, number)
            end = words[last].end()
            yield words[number].start(), end


def _addressed(text: str, words: Sequence[re.Match[str]]) -> Iterator[int]:
    """Yield the numbers of the words that follow pan, paní or a title and look like a name."""
    starts = {match.start(): number for number, match in enumerate(words)}
    for match in _ADDRESSED.finditer(text):
        number = starts.get(match.end())
        if number is not None and _looks_like_name(words[number].group()):
            yield number


def _first_names(text: str, words: Sequence[re.Match[str]]) -> Iterator[int]:
    """Yield the numbers of first names before a surname."""
    for number, match in enumerate(words[:-1]):
        after = words[number + 1]
        if text[match.end() : after.start()] != " " or not is_first_name(match.group()):
            continue
        before = fold(words[number - 1].group()) if number else ""
        if before not in _CALLED_AFTER and _looks_like_name(after.group()):
            yield number


def _last_of_name(text: str, words: Sequence[re.Match[str]], number: int) -> int:
    """Return the number of the last word of a name that begins with a word; at most three go together."""
    for last in range(number, min(number + 2, len(words) - 1)):
        between = text[words[last].end() : words[last + 1].start()]
        if between not in (" ", "-", "–") or not _looks_like_name(words[last + 1].group()):
            return last
    return min(number + 2, len(words) - 1)


def _looks_like_name(word: str) -> bool:
    is_written_so = word[:1].isupper() and (word[1:].islower() or (word.isupper() and len(word) > 3))
    return len(word) > 1 and is_written_so and fold(word) not in _NO_SURNAME and fold(word) not in _TITLES


@lru_cache(maxsize=16384)
def is_first_name(word: str) -> bool:
    """Tell whether a word with a capital is a first name, or a short form of one, in some case."""
    if len(word) < 3 or not word[0].isupper() or word.lower() in _NO_FIRST_NAME or _NO_CASE.search(word):
        return False
    bare = fold(word)
    return any(
        bare[len(bare) - cut :] in _stems_of_first_names().get(bare[: len(bare) - cut], ())
        for cut in range(4)
    )


@lru_cache(maxsize=1)
def _stems_of_first_names() -> dict[str, frozenset[str]]:
    stems: dict[str, frozenset[str]] = {}
    for name in dict.fromkeys(name for row in first_names.table() for name in row):
        forms = forms_of(name)
        for stem in forms.exact:
            stems[stem] = stems.get(stem, frozenset()) | {""}
        for stem, endings in forms.stems:
            stems[stem] = stems.get(stem, frozenset()) | (endings & _CASES)
    return stems
