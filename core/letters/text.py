"""The new words of a mail, apart from the history and the signature that mail programs put around them.

A quotation begins only where lines are really quoted: marked with ">", or below the full head of a mail. A
sentence that ends with "wrote:" is none. Lines without ">" below a quotation marked with ">" are new words:
people answer below and in between. What cannot be told apart is left as it was.
"""

import re
from dataclasses import dataclass

from core.letters.charsets import clean_text
from core.letters.headers import ADDRESS, Mailbox, mailboxes_in
from core.letters.words import one_of

LONGEST_TEXT = 100_000
LONGEST_QUOTED = 200_000
_LONGEST_READ = 2 * (LONGEST_TEXT + LONGEST_QUOTED)
_CUT = "\n[…]"
# A forward begins near the top.
_LINES_LOOKED_AT = 400

_WROTE = re.compile(one_of("wrote"), re.IGNORECASE)
_DATE = re.compile(r"\b\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b|\b(?:19|20)\d\d\b")
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_LONGEST_ANNOUNCEMENT = 400
_MOST_ANNOUNCING_LINES = 3
_PASSED_ON = re.compile(rf"[-_ ]*{one_of('forwarded')}[-_ ]*|{one_of('begins forwarded')}:?", re.IGNORECASE)
_LINE_BEFORE = re.compile(rf"[-_ ]*{one_of('original')}[-_ ]*|{_PASSED_ON.pattern}", re.IGNORECASE)
_RULE = re.compile(r"[-_]{20,}")
_FIELD = re.compile(
    rf"\*?(?P<from>{one_of('from')})\s?:\*?\s*(?P<value>.*)|\*?{one_of('field')}\s?:\*?.*", re.IGNORECASE
)
_MOBILE = re.compile(rf"{one_of('sent from a telephone')}(?:\s?<.{{1,200}}>)?\.?", re.IGNORECASE)
_CLOSING = re.compile(rf"{one_of('closing')}\s?[,.!]?", re.IGNORECASE)
_MOST_SIGNATURE_LINES = 14
_LONGEST_SIGNATURE_LINE = 120
# Of the first line of a signature, which is a name: words in small letters, as "odbor" and "bytů" are.
_MOST_SMALL_WORDS = 1
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
    is_interleaved = any(line.startswith(">") for line in lines[first:end])
    if is_interleaved or any(line.strip() for line in lines[:start]):
        # The words make sense only beside what they answer.
        return lines[:end], [*signature, *lines[last + 1 :]]
    return after, [*lines[start:first], *signature, *lines[last + 1 :]]


def _start_of_history(lines: list[str]) -> int | None:
    """Return the line at which a mail program began to quote."""
    for number, line in enumerate(lines):
        if line.startswith(">") or _begins_history(lines, number):
            return _with_announcement(lines, number)
    return None


def _begins_history(lines: list[str], number: int) -> bool:
    """Tell whether the full head of a quoted mail begins here, with an address or a date in it."""
    if not _begins_fields(lines, number):
        return False
    head = "\n".join(lines[number : number + _MOST_FIELD_LINES])
    return bool(ADDRESS.search(head) or _DATE.search(head))


def _announces(words: str) -> bool:
    """Tell whether words introduce a quotation: somebody's address or "wrote", and when."""
    words = words.strip()
    if len(words) > _LONGEST_ANNOUNCEMENT or not words.endswith((":", ":*")):
        return False
    has_date, has_address = bool(_DATE.search(words)), bool(ADDRESS.search(words))
    has_verb = bool(_WROTE.search(words))
    return (has_address and (has_verb or has_date or bool(_TIME.search(words)))) or (has_verb and has_date)


def _with_announcement(lines: list[str], start: int) -> int:
    """Return where the lines begin that announce a quotation: with empty ones and rules below."""
    for number in range(start - 1, max(-1, start - 5), -1):
        line = lines[number].strip()
        if _LINE_BEFORE.fullmatch(line[:_LONGEST_ANNOUNCEMENT]) or _RULE.fullmatch(line):
            start = number
        elif line:
            return _start_of_announcement(lines, number, start)
    return start


def _start_of_announcement(lines: list[str], last: int, start: int) -> int:
    """Return the first of the lines that announce what begins at `start`, or `start` where they do not."""
    found = start
    for first in range(last, max(-1, last - _MOST_ANNOUNCING_LINES), -1):
        line = lines[first].strip()
        if not line or (first < last and line.endswith((".", "!", "?"))):
            break
        words = " ".join(line.strip() for line in lines[first : last + 1])
        if _announces(words):
            found = first
            if _DATE.search(words):
                break
    return found


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
    below = [number for number in range(marked[0], len(lines)) if lines[number][:1] not in ("", ">")]
    plain = [number for number in below if not _announces(lines[number])]
    # A signature alone says nothing; it never stands first: something is above it.
    new, _signature = _without_signature(["…", *(lines[number] for number in plain)])
    return (plain[0], plain[-1]) if len(new) > 1 else None


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return lines apart from a signature that goes to their end; one that says more stays with them."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    near = [number for number in filled if number >= len(lines) - 40]
    for number in near:
        words = lines[number].strip()
        closes = number > filled[0] and _CLOSING.fullmatch(words[:80])
        begins = words in {"--", "—"} or _MOBILE.fullmatch(words[:300]) or closes
        if begins and _is_signature(lines[number + 1 :]):
            return lines[:number], lines[number:]
    return lines, []


def _is_signature(lines: list[str]) -> bool:
    """Tell whether lines are a name, an office and a telephone rather than further words."""
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) > _MOST_SIGNATURE_LINES or (filled and not _is_name(filled[0])):
        return False
    return not any(len(line) > _LONGEST_SIGNATURE_LINE or _says_more(line) for line in filled)


def _is_name(line: str) -> bool:
    """Tell whether a line may be the first one below a closing: a name, an office, another closing."""
    small = sum(word[0].islower() for word in line.split())
    return small <= _MOST_SMALL_WORDS or bool(_CLOSING.fullmatch(line) or _MOBILE.fullmatch(line))


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
