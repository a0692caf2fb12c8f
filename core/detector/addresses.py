"""Streets with a house number: by the word "street", by what streets end in, by whom they are named after."""

import re
from collections.abc import Iterator

from core.detector.inflection import fold
from core.detector.names import is_first_name
from core.detector.patterns import LOWER, MONTH, UPPER, WORD, Span, spans_of, widest
from core.detector.word_lists import listed

_NUMBER = r"\d{1,4}(?:/\d{1,4})?[a-z]?(?![\w/])"
# What stands before a house number by itself, or as the word of the street.
_STREET_WORD = re.compile(
    rf"\b(?:ul\.|ulic\w+|tř\.|tříd[aěuyo]u?|nám\.|náměstí\w*|nábř\.|nábřeží\w*|sídlišt\w+|street|st\.|square)"
    rf" (?:[{UPPER}]?[\w.]+ ){{0,3}}{_NUMBER}",
    re.IGNORECASE,
)
_STREET_WORD_LAST = re.compile(
    rf"\b{WORD}(?: {WORD}){{0,3}}"
    r" (?:ulic\w+|ul\.|tříd[aěuyo]u?|tř\.|náměstí|nám\.|nábřeží|nábř\.|[Ss]treet|[Ss]quare)"
    rf" {_NUMBER}"
)
_HOUSE_NUMBER = re.compile(
    r"\b(?:č\. ?p\.|čp\.|č\. ?e\.|č\. ?d\.|č\. domu|číslo popisné|popisné číslo|house no\.?) ?\d+\w?",
    re.IGNORECASE,
)
_STREET_DATE = re.compile(rf"\b\d{{1,2}}\. {MONTH} {_NUMBER}")
_STREET_NAME = re.compile(
    rf"(?:\b(?:Na|U|V|Ve|Nad|Pod|K|Ke|Za|Před|Při|Mezi) )?\b{WORD}(?: {WORD})? {_NUMBER}"
)
# Husova, Dlouhá, Pražské, Na Příkopě: what streets end in, in the cases one lives in.
_STREET_ENDING = re.compile(
    r"(?:ov[aáěoyu]|ovou|s[kc][aáéy]|skou|ck[aáé]|ckou|[dhlnrtvžš]á|[dhlnrtvžš]é|[dhlnrtvžš]ou|ého|[cnšr]í|ů)$"
)
_STREET_PREPOSITION = re.compile(r"(?:Na|U|Nad|Pod|K|Ke|Za|Před|Při|Mezi) ")
# Bří Čapků, gen. Svobody, Boženy Němcové: who somebody was named after stands in the genitive.
_STREET_OF_SOMEBODY = re.compile(
    rf"\b(?:(?:Bří|Br\.|Bratří|Sester|[Ss]v\.|[Dd]r\.|[Pp]rof\.|[Gg]en\.|[Pp]lk\.|[Kk]pt\.|[Mm]jr\.|[Aa]rm\."
    rf"|[Gg]enerála|[Kk]apitána|[Pp]rezidenta|[Mm]istra) ?(?:{WORD} ){{1,2}}"
    rf"|(?P<first>{WORD}) (?:z )?(?:{WORD} ){{1,2}}){_NUMBER}"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_NOT_A_STREET = listed("no_streets")
_STREETS = listed("streets")
# After a house number a sentence ends, or goes on with one of these; a count is followed by what it counts.
_AFTER_ADDRESS = re.compile(
    rf"\s*(?:$|[,;:)\"'“!?](?!\d)|\.(?!\s*[{LOWER}\d])|\n|[{UPPER}]"
    r"|(?:v|ve|na|a|se|je|i|kde|bydlí|in|is|and|where)\b)"
)


def addresses(text: str) -> Iterator[Span]:
    """Yield streets with a house number."""
    spans = spans_of(text, _STREET_WORD, _STREET_WORD_LAST, _HOUSE_NUMBER)
    spans += [match.span() for match in _STREET_DATE.finditer(text) if not _YEAR.search(match.group())]
    spans += [match.span() for match in _STREET_NAME.finditer(text) if _is_street(match, text)]
    spans += [match.span() for match in _STREET_OF_SOMEBODY.finditer(text) if _is_of_somebody(match, text)]
    yield from widest(spans)


def _is_of_somebody(match: re.Match[str], text: str) -> bool:
    """Tell whether a name and a number are an address, not a person and a count."""
    first = match["first"]
    if _YEAR.search(match.group()) or not _AFTER_ADDRESS.match(text, match.end()):
        return False
    return first is None or (first[-1] in "aeyéo" and is_first_name(first))


def _is_street(match: re.Match[str], text: str) -> bool:
    """Tell whether capitalised words and a number are an address, not a count, a year or a city district."""
    street, _space, number = match.group().rpartition(" ")
    last = street.split()[-1]
    if _YEAR.fullmatch(number) or fold(last) in _NOT_A_STREET or len(last) < 4:
        return False
    if not _AFTER_ADDRESS.match(text, match.end()):
        return False
    return bool(_STREET_PREPOSITION.match(street) or _STREET_ENDING.search(last) or fold(street) in _STREETS)
