"""What personal data looks like: addresses, numbers, accounts. Nothing here knows a request.

Each finder takes a text that has gone through clean(), and yields start and
end of what it found. Better too much than too little: a person looks at it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import phonenumbers
from stdnum import iban
from stdnum.cz import bankaccount, rc

from consultations.inflection import fold

Span = tuple[int, int]


def clean(text: str) -> str:
    """Return a text as a reader sees it: without invisible signs, all spaces alike."""
    text = unicodedata.normalize("NFKC", text)
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return re.sub(r"[^\S\n]", " ", visible)


_UPPER = "A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ"
_LOWER = "a-záčďéěíňóřšťúůýž"
_WORD = rf"[{_UPPER}][{_LOWER}{_UPPER}]+"
_NUMBER = r"\d{1,4}(?:/\d{1,4})?[a-z]?(?![\w/])"
_MONEY = re.compile(r"\s*(?:Kč|CZK|korun|crowns|EUR|€)", re.IGNORECASE)

_EMAIL = re.compile(
    r"(?<![\w.+'-])[\w.+'-]+\s?(?:@|[(\[](?:at|zavináč)[)\]])\s?[\w-]+(?:\s?(?:\.|[(\[](?:dot|tečka)[)\]])\s?[\w-]+)+",
    re.IGNORECASE,
)
_NINE_DIGITS = re.compile(
    r"(?<![\d/-])(?:(?:\+|00)\d{1,3}[ .-]?)?\d{3}[ ./-]{0,2}\d{3}[ ./-]{0,2}\d{3}(?!\d|/\d|-\d)"
)
_DIGITS = re.compile(r"(?<!\d)\d(?:[ ./()-]{0,2}\d){6,}(?!\d)")
_BIRTH_NUMBER = re.compile(r"(?<![\d-])(\d{6})( ?/ ?|)(\d{3,4})(?!\d)")
_BIRTH_DATE = re.compile(
    r"\b(?:nar\.|narozen[aáýíéo]?\b|datum narození|born(?: on)?|date of birth)[\s:]*(?:dne )?"
    r"\d{1,2}(?:\. ?\d{1,2}\.| ?\w+|\. ?\w+) ?\d{4}",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?<![\d-])(?:\d{1,6}-)?\d{2,10} ?/ ?\d{4}(?!\d)")
_IBAN = re.compile(
    r"\b(?:(?i:CZ|SK)\d{2}(?: ?\d{4}){5}|[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)\b"
)
_POSTCODE = re.compile(
    rf"(?<![\d/.])[1-7]\d{{2}} ?\d{{2}}(?: |, )(?!Kč|CZK|Czech|EUR|Sb){_WORD}|\bPSČ:? ?\d{{3}} ?\d{{2}}\b"
)
_FILE_NUMBER = re.compile(
    r"(?:\bsp\. ?zn\.|\bspis\.? ?zn\.|\bspisov\w+ značk\w+|\bč\. ?j\.|\bčj\.|\bc\. ?j\.|\bjednac\w+ čísl\w+"
    r"|\bčísl\w+ jednac\w+|\bfile (?:no\.?|number)|\bref\. ?(?:no\.?)?|\bcase no\.?)[\s:]*"
    r"(?=[^\n]{0,14}\d)[^\s,;]+(?: [^\s,;]*\d[^\s,;]*| (?:Cdo|As|Afs|ÚS|Co|C|Ads|Tdo|Odo)\b)*",
    re.IGNORECASE,
)
_PLATE = re.compile(r"\b\d[A-Z][0-9A-Z] ?\d{4}\b")
_LINK = re.compile(r"\bSH-\d{4}-\d{1,12}\b|/requests/[\w-]+/?|/desk/\S*", re.IGNORECASE)

# What stands before a house number by itself, or as the word of the street.
_STREET_WORD = re.compile(
    rf"\b(?:ul\.|ulic\w+|tř\.|tříd[aěuyo]u?|nám\.|náměstí\w*|nábř\.|nábřeží\w*|sídlišt\w+|street|st\.|square)"
    rf" (?:[{_UPPER}]?[\w.]+ ){{0,3}}{_NUMBER}",
    re.IGNORECASE,
)
_STREET_WORD_LAST = re.compile(
    rf"\b{_WORD}(?: {_WORD}){{0,3}}"
    r" (?:ulic\w+|ul\.|tříd[aěuyo]u?|tř\.|náměstí|nám\.|nábřeží|nábř\.|[Ss]treet|[Ss]quare)"
    rf" {_NUMBER}"
)
_HOUSE_NUMBER = re.compile(
    r"\b(?:č\. ?p\.|čp\.|č\. ?e\.|č\. ?d\.|č\. domu|číslo popisné|popisné číslo|house no\.?) ?\d+\w?",
    re.IGNORECASE,
)
_STREET_DATE = re.compile(
    r"\b\d{1,2}\. (?:ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince)"
    rf" {_NUMBER}"
)
_STREET_NAME = re.compile(
    rf"(?:\b(?:Na|U|V|Ve|Nad|Pod|K|Ke|Za|Před|Při|Mezi) )?\b{_WORD}(?: {_WORD})? {_NUMBER}"
)
# Husova, Dlouhá, Pražské, Na Příkopě: what streets end in, in the cases one lives in.
_STREET_ENDING = re.compile(
    r"(?:ov[aáěoyu]|ovou|s[kc][aáéy]|skou|ck[aáé]|ckou|[dhlnrtvžš]á|[dhlnrtvžš]é|[dhlnrtvžš]ou|ého|[cnšr]í)$"
)
_STREET_PREPOSITION = re.compile(r"(?:Na|U|Nad|Pod|K|Ke|Za|Před|Při|Mezi) ")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_NOT_A_STREET = frozenset(
    ["praha", "prahy", "praze", "prahu", "prahou", "castka", "kazda", "kazde", "cela", "cele", "prvni"]
)
# After a house number a sentence ends, or goes on with one of these; a count is followed by what it counts.
_AFTER_ADDRESS = re.compile(
    rf"\s*(?:$|[,;:)\"'“!?](?!\d)|\.(?!\s*[{_LOWER}\d])|\n|[{_UPPER}]"
    r"|(?:v|ve|na|a|se|je|i|kde|bydlí|in|is|and|where)\b)"
)


def emails(text: str) -> Iterator[Span]:
    """Yield e-mail addresses, also with the at sign in words."""
    for match in _EMAIL.finditer(text):
        yield match.span()


def phones(text: str, known: Iterable[str] = ()) -> Iterator[Span]:
    """Yield what has the shape of a phone number, and the `known` digits however they are spaced."""
    spans = [match.span() for match in _NINE_DIGITS.finditer(text)]
    spans += [(match.start, match.end) for match in phonenumbers.PhoneNumberMatcher(text, "CZ")]
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if any(phone in digits for phone in known if len(phone) >= 6):
            spans.append(match.span())
    yield from (span for span in _widest(spans) if not _MONEY.match(text, span[1]))


def birth_numbers(text: str) -> Iterator[Span]:
    """Yield birth numbers: with a slash the shape is enough (if it is no account), else the digits decide."""
    for match in _BIRTH_NUMBER.finditer(text):
        number = match[1] + match[3]
        if rc.is_valid(number) or (match[2] and not bankaccount.is_valid(f"{match[1]}/{match[3]}")):
            yield match.span()


def birth_dates(text: str) -> Iterator[Span]:
    """Yield dates said to be somebody's birth."""
    for match in _BIRTH_DATE.finditer(text):
        yield match.span()


def accounts(text: str) -> Iterator[Span]:
    """Yield bank accounts whose check digits are right, and IBANs."""
    for match in _ACCOUNT.finditer(text):
        # A law has a number of up to four digits and a year; an account as short as that is not in use.
        long_enough = "-" in match.group() or len(re.sub(r"\D", "", match.group())) > 8
        if long_enough and bankaccount.is_valid(match.group().replace(" ", "")):
            yield match.span()
    for match in _IBAN.finditer(text):
        if iban.is_valid(match.group(), check_country=False):
            yield match.span()


def addresses(text: str) -> Iterator[Span]:
    """Yield streets with a house number."""
    spans = [
        match.span()
        for one in (_STREET_WORD, _STREET_WORD_LAST, _HOUSE_NUMBER)
        for match in one.finditer(text)
    ]
    spans += [match.span() for match in _STREET_DATE.finditer(text) if not _YEAR.search(match.group())]
    spans += [match.span() for match in _STREET_NAME.finditer(text) if _is_street(match, text)]
    yield from _widest(spans)


def _is_street(match: re.Match[str], text: str) -> bool:
    """Tell whether capitalised words and a number are an address, not a count, a year or a city district."""
    street, _space, number = match.group().rpartition(" ")
    last = street.split()[-1]
    if _YEAR.fullmatch(number) or fold(last) in _NOT_A_STREET or len(last) < 4:
        return False
    if not _AFTER_ADDRESS.match(text, match.end()):
        return False
    return bool(_STREET_PREPOSITION.match(street) or _STREET_ENDING.search(last))


def postcodes(text: str) -> Iterator[Span]:
    """Yield postal codes that stand before a place."""
    for match in _POSTCODE.finditer(text):
        yield match.span()


def file_numbers(text: str) -> Iterator[Span]:
    """Yield file numbers of offices and courts."""
    for match in _FILE_NUMBER.finditer(text):
        yield match.span()


def plates(text: str) -> Iterator[Span]:
    """Yield licence plates."""
    for match in _PLATE.finditer(text):
        yield match.span()


def links(text: str) -> Iterator[Span]:
    """Yield references of requests and addresses behind which there is a case."""
    for match in _LINK.finditer(text):
        yield match.span()


def _widest(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those inside or across another one joined with it."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
