"""The new words of a mail, apart from the history and the signature that mail programs put around them.

mail-parser-reply knows how programs announce a quotation in English, German and
Czech; what it misses of Czech mail is here. It takes all that follows for old.
Here, lines without ">" below a quotation marked with ">" are new words: people
answer below and in between. What cannot be told apart is left as it was.
"""

import re
from dataclasses import dataclass

from mailparser_reply import EmailMessage

from core.letters.charsets import clean_text
from core.letters.headers import Mailbox, mailboxes_in

LONGEST_TEXT = 100_000
LONGEST_QUOTED = 200_000
_LONGEST_READ = 2 * (LONGEST_TEXT + LONGEST_QUOTED)
_CUT = "\n[…]"
# Beyond these, the library's patterns would take too long; what is new stands at the top.
_LINES_LOOKED_AT = 400
_LONGEST_LINE = 160
_LANGUAGES = ["cs", "en", "de"]

_DAY = r"(?:po|út|st|čt|pá|so|ne)"
_ANNOUNCES = re.compile(
    rf"(?:{_DAY}\s\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}\s(?:v|o)\s.{{1,200}}(?:odesílatel|napsal).{{0,200}}:"
    r"|dne\s.{1,200}\s(?:napsal(?:\(a\)|a|/a)?|píše|odesílatel).{0,200}:"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\s.{0,100}\snapsal(?:\(a\)|a|/a)?.{0,200}:"
    r"|(?:on|am)\s.{1,200}\s(?:wrote|schrieb).{0,200}:)",
    re.IGNORECASE,
)
_LINE_BEFORE = re.compile(
    r"(?:[-_ ]*(?:původní (?:e-?mail|zpráva)|původní zpráva|přeposlaná zpráva|předaná zpráva|original message"
    r"|forwarded message|urspr(?:ü|ue)ngliche nachricht|weitergeleitete nachricht)[-_ ]*"
    r"|(?:začátek přeposlané zprávy|begin forwarded message|anfang der weitergeleiteten nachricht):?)",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"[-_ ]*(?:přeposlaná zpráva|předaná zpráva|forwarded message|weitergeleitete nachricht)[-_ ]*"
    r"|(?:začátek přeposlané zprávy|begin forwarded message|anfang der weitergeleiteten nachricht):?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-_]{20,}")
_FIELD = re.compile(
    r"\*?(?P<from>od|from|von|odesílatel)\s?:\*?\s*(?P<value>.*)"
    r"|\*?(?:odesláno|komu|kopie|předmět|datum|dne|sent|to|cc|subject|date|gesendet|an|betreff|příjemce"
    r"|reply-to|priorita|důležitost|importance)\s?:\*?.*",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    r"(?:odesláno z (?:mého |mé |aplikace |mobil|iphon|ipad|androidu|telefonu|outlook|seznam|yahoo).{0,60}"
    r"|odesláno z mobil.{0,60}|posláno z .{1,60}|získat outlook pro .{1,30}|stáhnout outlook pro .{1,30}"
    r"|sent from (?:my )?.{1,40}|get outlook for .{1,30}|gesendet von .{1,40}|sent with .{1,40}"
    r"|tato zpráva byla odeslána z .{1,60})(?:\s?<.{1,200}>)?\.?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:s (?:přátelským |srdečným )?pozdravem|s (?:úctou|přáním (?:hezkého|pěkného) dne)|hezký den|pěkný den"
    r"|přeji (?:hezký|pěkný) den|děkuji(?: a přeji (?:hezký|pěkný) den| předem)?|děkujeme|předem děkuji"
    r"|zdraví|(?:best|kind|warm)(?: regards)?|regards|yours (?:sincerely|faithfully)"
    r"|many thanks|thanks|thank you"
    r"|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|(?:viele|liebe) gr(?:ü|ue)(?:ß|ss)e)\s?[,.!]?",
    re.IGNORECASE,
)
_MOST_SIGNATURE_LINES = 14
_LONGEST_SIGNATURE_LINE = 120
_AFTERTHOUGHT = re.compile(r"p\.?\s?s\.?\b|dodatek|\S.*\?\s*$", re.IGNORECASE)
_MOST_FIELD_LINES = 12


@dataclass(frozen=True)
class Folded:
    """The new words, and what was folded away."""

    text: str
    quoted: str


def folded(text: str, *, is_forward: bool = False) -> Folded:
    """Return the new words of a mail's text apart from the rest; none of the words is lost but for length.

    A forwarded mail is left whole: what was passed on is what it says.
    """
    lines = [line.rstrip() for line in clean_text(text[:_LONGEST_READ]).strip().split("\n")]
    new, old = (lines, []) if is_forward else _parted(lines)
    if not any(line.strip() for line in new):
        new, old = lines, []
    return _bounded("\n".join(new).strip(), "\n".join(old).strip("\n"))


def is_passed_on(text: str) -> bool:
    """Tell whether a mail program has written here that this is a forwarded mail."""
    return any(_PASSED_ON.fullmatch(line.strip()) for line in clean_text(text).split("\n")[:_LINES_LOOKED_AT])


def passed_on(text: str) -> tuple[Mailbox | None, str]:
    """Return whose mail was passed on in this text, and what it said; None where that cannot be found."""
    lines = [re.sub(r"^[> ]+", "", line).strip() for line in clean_text(text).strip().split("\n")]
    for number in range(min(len(lines), _LINES_LOOKED_AT)):
        if not _begins_fields(lines, number):
            continue
        end, sender = _read_fields(lines, number)
        if sender is not None:
            return sender, _bounded("\n".join(lines[end:]).strip(), "").text
    return None, ""


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    start = _start_of_history(lines)
    if start is None:
        return _without_signature(lines)
    below = _new_below(lines, start)
    if below is None:
        new, signature = _without_signature(lines[:start])
        return new, [*signature, *lines[start:]]
    first, last = below
    after, signature = _without_signature(lines[first : last + 1])
    end = first + len(after)
    if _is_interleaved(lines, first, end) or any(line.strip() for line in lines[:start]):
        # The words make sense only beside what they answer.
        return lines[:end], [*signature, *lines[last + 1 :]]
    return after, [*lines[start:first], *signature, *lines[last + 1 :]]


def _start_of_history(lines: list[str]) -> int | None:
    """Return the line at which a mail program began to quote."""
    found = [_start_by_library(lines), _start_by_fields(lines), _start_by_marks(lines)]
    known = [number for number in found if number is not None]
    if not known:
        return None
    return _with_announcement(lines, min(known))


def _with_announcement(lines: list[str], start: int) -> int:
    """Return where the lines begin that announce a quotation: one or two, an empty one or a rule below."""
    for number in range(start - 1, max(-1, start - 4), -1):
        line = lines[number].strip()[:400]
        above = lines[number - 1].strip()[:400] if number else ""
        if _LINE_BEFORE.fullmatch(line) or _RULE.fullmatch(line) or _ANNOUNCES.fullmatch(line):
            start = number
        elif above and line and _ANNOUNCES.fullmatch(f"{above} {line}"):
            return number - 1
        elif line:
            return start
    return start


def _start_by_library(lines: list[str]) -> int | None:
    shown = [
        "" if _RULE.fullmatch(line.strip()) else line.strip()[:_LONGEST_LINE]
        for line in lines[:_LINES_LOOKED_AT]
    ]
    message = EmailMessage(text="\n".join(shown), languages=list(_LANGUAGES))
    match = message.HEADER_REGEX.search(message.text)
    if match is None:
        return None
    begin = match.start() + len(match[0]) - len(match[0].lstrip("\n"))
    number = message.text.count("\n", 0, begin)
    # Words such as "To:" begin sentences, too.
    is_surely = _begins_fields(lines, number) or not _FIELD.fullmatch(lines[number].strip("> "))
    return number if is_surely else None


def _start_by_fields(lines: list[str]) -> int | None:
    for number, line in enumerate(lines):
        words = line.strip()
        if _begins_fields(lines, number):
            return number
        if _LINE_BEFORE.fullmatch(words) and number + 1 < len(lines):
            return number
        if len(words) < 400 and _ANNOUNCES.fullmatch(words):
            return number
    return None


def _start_by_marks(lines: list[str]) -> int | None:
    """Return the first line of a quotation marked with ">"."""
    return next((number for number, line in enumerate(lines) if line.startswith(">")), None)


def _begins_fields(lines: list[str], number: int) -> bool:
    """Tell whether a quoted mail's From:, Sent:, To:, Subject: begin here, From: being one of them."""
    if number >= len(lines) or not _FIELD.fullmatch(lines[number].strip()):
        return False
    matches = [_FIELD.fullmatch(line.strip()) for line in lines[number : number + 6]]
    fields = [match for match in matches if match]
    return len(fields) >= 3 and any(match["from"] for match in fields)


def _read_fields(lines: list[str], number: int) -> tuple[int, Mailbox | None]:
    """Return the line after the fields, and whom From: names."""
    sender, end = None, number
    for place in range(number, min(len(lines), number + _MOST_FIELD_LINES)):
        match = _FIELD.fullmatch(lines[place])
        if match and match["from"] and sender is None:
            sender = _sender(match["value"])
        if match:
            end = place + 1
        elif not lines[place]:
            break
    return end, sender


def _sender(value: str) -> Mailbox | None:
    """Return whom a line "Od: Jana Nováková [mailto:jana@example.org]" names."""
    value = re.sub(r"\[(?:mailto:)?([^\[\]\s]+)\]|<mailto:([^<>]+)>", r"<\1\2>", value.replace("*", ""))
    boxes = [box for box in mailboxes_in(value[:1000]) if box.email]
    return boxes[0] if boxes else None


def _new_below(lines: list[str], start: int) -> tuple[int, int] | None:
    """Return the first and the last line of new words below a quotation marked with ">"."""
    marked = [number for number in range(start, len(lines)) if lines[number].startswith(">")]
    if not marked or any(_begins_fields(lines, number) for number in range(start, marked[0])):
        return None
    plain = [
        number
        for number in range(marked[0], len(lines))
        if lines[number] and not lines[number].startswith(">")
    ]
    plain = [number for number in plain if not _ANNOUNCES.fullmatch(lines[number].strip()[:400])]
    if not plain or not _is_worth(lines, plain):
        return None
    return plain[0], plain[-1]


def _is_worth(lines: list[str], plain: list[int]) -> bool:
    """Tell whether lines below a quotation say something, and are not a signature alone."""
    words = [lines[number] for number in plain]
    # A signature never stands first: something is above it.
    new, _signature = _without_signature(["…", *words])
    return len(new) > 1


def _is_interleaved(lines: list[str], first: int, end: int) -> bool:
    return any(line.startswith(">") for line in lines[first:end])


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    start = _start_of_signature(lines)
    return (lines, []) if start is None else (lines[:start], lines[start:])


def _start_of_signature(lines: list[str]) -> int | None:
    """Return where a signature begins that goes to the end, None where there is none or it says more."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    near = [number for number in filled if number >= len(lines) - 40]
    for number in near:
        words = lines[number].strip()
        if words in {"--", "—", "-- "}:
            return number
        if _MOBILE.fullmatch(words[:300]) and _is_short(lines[number + 1 :]):
            return number
        if number > filled[0] and _CLOSING.fullmatch(words[:80]) and _is_short(lines[number + 1 :]):
            return number
    return None


def _is_short(lines: list[str]) -> bool:
    """Tell whether lines are a name, an office and a telephone rather than further words."""
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) > _MOST_SIGNATURE_LINES:
        return False
    return not any(len(line) > _LONGEST_SIGNATURE_LINE or _says_more(line) for line in filled)


def _says_more(line: str) -> bool:
    """Tell whether a line below a closing is a sentence, a question or an afterthought."""
    is_sentence = line.endswith((".", "!", "…")) and sum(word[0].islower() for word in line.split()) >= 3
    return is_sentence or bool(_AFTERTHOUGHT.match(line))


def _bounded(text: str, quoted: str) -> Folded:
    if len(text) > LONGEST_TEXT:
        quoted = f"{text[LONGEST_TEXT:]}\n\n{quoted}".strip()
        text = text[:LONGEST_TEXT].rstrip()
    if len(quoted) > LONGEST_QUOTED:
        quoted = quoted[: LONGEST_QUOTED - len(_CUT)] + _CUT
    return Folded(text, quoted)
