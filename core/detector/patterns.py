"""What personal data looks like: e-mails, numbers, accounts, marks of files.

Each finder takes a text that has gone through clean(), and yields start and
end of what it found. Better too much than too little: a person looks at it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

import phonenumbers
from django.utils import timezone
from stdnum import iban
from stdnum.cz import bankaccount

Span = tuple[int, int]


def clean(text: str) -> str:
    """Return a text as a reader sees it: without invisible signs, all spaces alike."""
    text = unicodedata.normalize("NFKC", text)
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return re.sub(r"[^\S\n]", " ", visible)


UPPER = "A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ"
LOWER = "a-záčďéěíňóřšťúůýž"
WORD = rf"[{UPPER}][{LOWER}{UPPER}]+"
_MONEY = re.compile(r"\s*(?:Kč|CZK|korun|crowns|EUR|€)", re.IGNORECASE)

_EMAIL = re.compile(
    r"(?<![\w.+'-])[\w.+'-]+\s?(?:@|[(\[](?:at|zavináč)[)\]])\s?[\w-]+(?:\s?(?:\.|[(\[](?:dot|tečka)[)\]])\s?[\w-]+)+",
    re.IGNORECASE,
)
_DOT = r"(?:tečka|tecka|dot)"
_EMAIL_IN_WORDS = re.compile(
    rf"(?<![\w.+'-])(?:[\w+'-]{{1,64}}(?: {_DOT} |\.)){{0,4}}[\w+'-]{{1,64}} "
    rf"(?:(?:zavináč|zavinac) [\w-]+(?:(?: {_DOT} |\.)[\w-]+)+|at [\w-]+(?: {_DOT} [\w-]+)+)",
    re.IGNORECASE,
)
_NINE_DIGITS = re.compile(
    r"(?<![\d/-])(?:(?:\+|00)\d{1,3}[ .-]?)?\d{3}[ ./-]{0,2}\d{3}[ ./-]{0,2}\d{3}(?!\d|/\d|-\d)"
)
_DIGITS = re.compile(r"(?<!\d)\d(?:[ ./()-]{0,2}\d){6,}(?!\d)")
MONTH = "(?:ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince)"
_BIRTH_DATE = re.compile(
    r"\b(?:nar\.|narozen[aáýíéou]?\b|datum narození|dat\. ?nar\.?|born(?: on)?|date of birth)[\s:]*(?:dne )?"
    r"\d{1,2}(?:\. ?\d{1,2}\.| ?\w+|\. ?\w+) ?\d{4}"
    r"|\b(?:ročník(?:u|em)?|roč\.|(?:r\. ?)?nar\.|narozen[aáýíéou]?|rok narození|born)[\s:]*"
    r"(?:v roce |v r\. |in )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"(?<![\d.])(?:\d{{1,2}}\. ?(?:\d{{1,2}}\. ?|{MONTH} )((?:19|20)\d\d)"
    r"|\d{1,2}/\d{1,2}/((?:19|20)\d\d)|((?:19|20)\d\d)-\d\d-\d\d)(?!\d)"
)
# What may stand between a person and the date of their birth.
_BEFORE_DATE = re.compile(r"[ ,;(*–-]{1,4}$")
_A_PERSON = re.compile(
    r"\b(?:pan[íaiue]?|slečn\w|klient\w{0,5}|žadatel\w{0,5}|uživatel\w{0,5}|matk\w|otec|otce|syn\w{0,3}|dcer\w"
    r"|manžel\w{0,3}|babičk\w|nájemn\w{2,5}|dítě|osob\w)$|\b[A-ZČŘŠŽ]\. ?[A-ZČŘŠŽ]\.$",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?<![\d-])(?:\d{1,6}-)?\d{2,10} ?/ ?\d{4}(?!\d)")
_AFTER_ACCOUNT_WORD = re.compile(
    r"\b(?:(?:účet|účt[ueyů]\w?|ucet|uct[ue]|account)\b|č\. ?ú\.)[^\d\n/]{0,25}"
    r"(?<![\d-])((?:\d{1,6}-)?\d{6,10}(?: ?/ ?\d{4})?)(?![\d/]| \d)",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"\b(?:(?i:CZ|SK)\d{2}(?: ?\d{4}){5}|[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)\b"
)
_POSTCODE = re.compile(
    rf"(?<![\d/.])[1-7]\d{{2}} ?\d{{2}}(?: |, )(?!Kč|CZK|Czech|EUR|Sb){WORD}|\bPSČ:? ?\d{{3}} ?\d{{2}}\b"
)
_FILE_NUMBER = re.compile(
    r"(?:\bsp\. ?zn\.|\bspis\.? ?zn\.|\bspisov\w+ značk\w+|\bč\. ?j\.|\bčj\.|\bc\. ?j\.|\bjednac\w+ čísl\w+"
    r"|\bčísl\w+ jednac\w+|\bfile (?:no\.?|number)|\bref\. ?(?:no\.?)?|\bcase no\.?)[\s:]*"
    r"(?=[^\n]{0,14}\d)[^\s,;]+(?: [^\s,;]*\d[^\s,;]*| (?:Cdo|As|Afs|ÚS|Co|C|Ads|Tdo|Odo)\b)*",
    re.IGNORECASE,
)
_COURT_FILE = re.compile(
    r"\b(?:(?:MS|KS)[A-Z]{2} )?(?:(?:\d{1,3}|[IVX]{1,4}\.) ?(?:I?Cdon?|Odon?|Tdo|Tz|Nd|A[fdz]?s?|Ao|Ans"
    r"|Konf|ECm?|EVCm?|C|Cmo?|Co|EXE|E|Nc|P|P[ap]?Nc|Rod|L|D|Sd|U|Tm?|Tmo|To|Ntm?|Si|ICm|INS|E[Xx]|ÚS|US|ZT|KZV)|EX|INS)"
    r" ?\d{1,6}/(?:\d{4}|\d{2})\b(?:-\d+)?"
)
_OFFICE_FILE = re.compile(rf"(?<![\w/.-])(?:[{UPPER}-]{{3,12}} )?[{UPPER}\d][{UPPER}\d_/-]{{5,60}}(?![\w/])")
_LAW = frozenset(["EU", "ES", "EHS", "EC", "EEC", "CZ"])
_PLATE = re.compile(
    # Today's (1A2 3456), the old ones (ABC 12-34), Slovak (BA 123AB) and Ukrainian ones (AA 1234 BB).
    r"\b(?:\d[A-Z][0-9A-Z][ -]?\d{4}|[A-Z]{2,3}[ -]\d{2}-\d{2}|[A-Z]{2}[ -]?\d{3}[ -]?[A-Z]{2}"
    r"|[A-Z]{2} ?\d{4} ?[A-Z]{2})\b"
)
# One wished for is any eight letters and numbers; only the words before tell what it is.
_PLATE_WORD = re.compile(
    r"\b(?:SPZ|RZ|(?i:(?:registrační|poznávací)\w* značk\w|(?:number|licen[cs]e) plate|auto|vůz|vozidlo))"
    r"[\s:]+"
    r"(?:je |má |s |značky )?((?=[A-Z -]{0,8}\d)[A-Z0-9](?:[ -]?[A-Z0-9]){4,7})\b"
)
_DATA_BOX = re.compile(
    r"(?:\bdatov\w{1,3} schránk\w{0,3}|\bdatovk\w{1,3}|\bID ?DS|\bIDDS|\bdata ?box)\b"
    # The identifiers have neither l and o nor 0 and 1.
    r"([^\n.;]{0,30}?)\b([a-km-np-z2-9]{7})\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:cestovní\w* pas\w{0,2}|pas(?:u|em)?|passport|(?:občansk\w{1,3} )?průkaz\w{0,2}(?: totožnosti)?"
    r"|občank\w|OP|identity card)\b[ :]*(?:(?:s )?(?:č(?:ísl[oaeu]m?|\.)|no\.?|number) ?:? ?)?"
    r"(?:[A-Z]{1,3} ?)?\d{6,9}(?:[A-Z]{2}\d{0,2})?\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\bSH-\d{4}-\d{1,12}\b|/requests/[\w-]+/?|/desk/\S*", re.IGNORECASE)


def spans_of(text: str, *patterns: re.Pattern[str], group: int = 0) -> list[Span]:
    """Return start and end of all that matches one of some patterns, or of a group in it."""
    return [match.span(group) for one in patterns for match in one.finditer(text)]


def _finder(*patterns: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    """Return a finder of all that matches one of some patterns."""
    return lambda text: iter(spans_of(text, *patterns))


# Also with the at sign in words.
emails = _finder(_EMAIL, _EMAIL_IN_WORDS)
# Only before a place.
postcodes = _finder(_POSTCODE)
# Numbers of passports and identity cards, behind the word.
documents = _finder(_DOCUMENT)
# References of requests, and addresses behind which there is a case.
links = _finder(_LINK)


def phones(text: str, known: Iterable[str] = ()) -> Iterator[Span]:
    """Yield what has the shape of a phone number, and the `known` digits however they are spaced."""
    spans = spans_of(text, _NINE_DIGITS)
    spans += [(match.start, match.end) for match in phonenumbers.PhoneNumberMatcher(text, "CZ")]
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if any(phone in digits for phone in known if len(phone) >= 6):
            spans.append(match.span())
    yield from (span for span in widest(spans) if not _MONEY.match(text, span[1]))


def birth_dates(text: str, people: Sequence[Span] = ()) -> Iterator[Span]:
    """Yield dates said to be somebody's birth, and those that stand right behind one of the `people`."""
    spans = spans_of(text, _BIRTH_DATE)
    ends = {end for _start, end in people}
    for match in _DATE.finditer(text):
        between = _BEFORE_DATE.search(text, max(0, match.start() - 4), match.start())
        if between is None:
            continue
        # A late year is one of birth only behind a comma or in brackets.
        last = timezone.localdate().year - (0 if between.group().strip() else 15)
        start = between.start()
        is_somebodys = start in ends or _A_PERSON.search(text, max(0, start - 20), start)
        if is_somebodys and int(match[1] or match[2] or match[3]) <= last:
            spans.append(match.span())
    yield from widest(spans)


def accounts(text: str) -> Iterator[Span]:
    """Yield bank accounts whose check digits are right, and IBANs."""
    for match in _ACCOUNT.finditer(text):
        # A law has a number of up to four digits and a year; an account as short as that is not in use.
        long_enough = "-" in match.group() or len(re.sub(r"\D", "", match.group())) > 8
        if long_enough and bankaccount.is_valid(match.group().replace(" ", "")):
            yield match.span()
    for match in _AFTER_ACCOUNT_WORD.finditer(text):
        if not _MONEY.match(text, match.end()) and not bankaccount.is_valid(match[1].replace(" ", "")):
            yield match.span(1)
    for match in _IBAN.finditer(text):
        if iban.is_valid(match.group(), check_country=False):
            yield match.span()


def file_numbers(text: str) -> Iterator[Span]:
    """Yield file numbers of offices, courts and executors."""
    spans = spans_of(text, _FILE_NUMBER, _COURT_FILE)
    spans += [match.span() for match in _OFFICE_FILE.finditer(text) if _is_office_file(match.group())]
    yield from widest(spans)


def _is_office_file(mark: str) -> bool:
    """Tell whether a mark has an office's letters, a number and a year: MUMO/12345/2026/SOC."""
    parts = re.split(r"[ /_-]", mark)
    letters = [part for part in parts if part.isalpha() and len(part) > 1]
    numbers = [part for part in parts if re.fullmatch(r"\d{3,8}", part)]
    has_year = any(re.fullmatch(r"(?:19|20)\d\d", part) for part in numbers)
    return "/" in mark and has_year and len(numbers) > 1 and bool(letters) and not _LAW & set(letters)


def plates(text: str) -> Iterator[Span]:
    """Yield licence plates; those wished for only behind a word that says what they are."""
    yield from widest(spans_of(text, _PLATE) + spans_of(text, _PLATE_WORD, group=1))


def data_boxes(text: str) -> Iterator[Span]:
    """Yield identifiers of data boxes; one without a number only behind "ID" or a colon."""
    for match in _DATA_BOX.finditer(text):
        is_said = re.search(r"(?:\bID\b|:)\s*$", match[1]) or re.match(r"ID", match.group())
        if is_said or re.search(r"\d", match[2]):
            yield match.span(2)


def widest(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those inside or across another one joined with it."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
