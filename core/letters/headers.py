"""What stands in the headers of a received mail: words, addresses, numbers, dates.

Read by hand, since the standard library's readers raise at some of what
arrives, recurse at some, and take a time that grows with the square of others.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import groupby
from operator import itemgetter

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from core.letters.charsets import clean_line, decoded
from core.letters.words import one_of

LONGEST_NAME = 120
LONGEST_MESSAGE_ID = 250
# Of one header, and of all headers of one name.
_LONGEST_HEADER = 64 * 1024
_MOST_HEADERS = 50
_MOST_MAILBOXES = 200

_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([BbQq])\?([^?]*)\?=")
# One or more of them, with nothing but space in between.
_RUN = re.compile(r"((?:=\?[^?\s]{1,60}\?[BbQq]\?[^?]*\?=\s*)*=\?[^?\s]{1,60}\?[BbQq]\?[^?]*\?=)")
_PREFIXES = re.compile(
    rf"\s*(?:{one_of('reply', 'forward')}\s?(?:[\[(]\d{{1,3}}[\])])?\s?:"
    r"|\[[^\[\]]{1,40}\]|\*{2,5}\s?spam\s?\*{2,5})\s*",
    re.IGNORECASE,
)
_FORWARD = re.compile(rf"\s*{one_of('forward')}\s?:", re.IGNORECASE)
_MESSAGE_ID = re.compile(rf"<([^<>\s]{{1,{LONGEST_MESSAGE_ID - 2}}})>")
ADDRESS = re.compile(r"[^\s<>()\[\]\",;:]{1,250}@[^\s<>()\[\]\",;:@]{1,250}")
# Between commas and semicolons, but those within quotes, brackets and comments part nothing.
_PIECE = re.compile(r'(?:"(?:\\.?|[^"\\])*"?|<[^>]*>?|\([^)]*\)?|[^,;"<(])+', re.DOTALL)
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Mailbox:
    """A name with an e-mail address: lower case, "" where it is malformed."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


def raw_headers(message: Message, *names: str) -> list[str]:
    """Return all headers of these names as they came."""
    values = [value for name in names for value in (message.get_all(name) or [])[:_MOST_HEADERS]]
    return [str(value)[:_LONGEST_HEADER] for value in values]


def headers(message: Message, *names: str) -> Iterator[str]:
    """Yield all headers of these names as text, each in one line."""
    return map(in_words, raw_headers(message, *names))


def header(message: Message, name: str) -> str:
    """Return the first header of a name as text in one line, "" where there is none."""
    return next(headers(message, name), "")


def in_words(value: str) -> str:
    """Return a header's value with its encoded words read (RFC 2047), even if torn within a character."""
    pieces = _RUN.split(re.sub(r"\r\n?|\n", "", value))
    pieces[::2] = map(_undeclared, pieces[::2])
    pieces[1::2] = map(_read_run, pieces[1::2])
    return "".join(pieces)


def plain_subject(subject: str) -> str:
    """Return a subject without "Re:", "Fwd:", "Odp:" and [tags] before it."""
    while (match := _PREFIXES.match(subject)) and match.end():
        subject = subject[match.end() :]
    return subject.strip()


def is_forward(subject: str) -> bool:
    """Tell whether the subject says that this mail was passed on."""
    return bool(_FORWARD.match(subject))


def mailboxes(message: Message, *names: str) -> tuple[Mailbox, ...]:
    """Return the people in headers of these names, of groups their members."""
    found = [box for value in raw_headers(message, *names) for box in mailboxes_in(value)]
    return tuple(dict.fromkeys(found))[:_MOST_MAILBOXES]


def mailboxes_in(value: str) -> list[Mailbox]:
    """Return the people in one header's value, which is split before its encoded words are read."""
    boxes = [_mailbox(piece) for piece in _PIECE.findall(value)[:_MOST_MAILBOXES]]
    return [box for box in boxes if box.name or box.email]


def names_several(message: Message, name: str) -> bool:
    """Tell whether headers of a name hold more than one address, malformed ones too."""
    pieces = [piece for value in raw_headers(message, name) for piece in _PIECE.findall(value)]
    return sum("@" in piece for piece in pieces) > 1


def addresses(message: Message, *names: str) -> tuple[str, ...]:
    """Return whatever looks like an address in headers of these names, in lower case."""
    found = [match for value in headers(message, *names) for match in ADDRESS.findall(value)]
    return tuple(dict.fromkeys(clean_line(address, 320).lower() for address in found))[:_MOST_MAILBOXES]


def clean_email(address: str) -> str:
    """Return an address in lower case, "" where it is none that one could write to."""
    address = clean_line(address, 255).lower().rstrip(".")
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


def message_ids(value: str) -> list[str]:
    """Return the Message-IDs in a header's value, with their brackets."""
    return [f"<{match}>" for match in dict.fromkeys(_MESSAGE_ID.findall(clean_line(value, _LONGEST_HEADER)))]


def date(value: str) -> datetime | None:
    """Return the time that a header tells, None where it is missing or cannot be."""
    try:
        told = parsedate_to_datetime(value)
        told = told if told.tzinfo else told.replace(tzinfo=UTC)
        is_possible = _OLDEST < told < timezone.now() + timedelta(days=1)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return told if is_possible else None


def parameter(part: Message, name: str, of: str = "content-type") -> str:
    """Return a parameter of a header, also one in pieces or in another charset (RFC 2231), or ""."""
    value = part.get_param(name, "", of)
    if isinstance(value, tuple):
        charset, _language, text = value
        return decoded(text.encode("latin-1", "replace"), charset or "")
    return in_words(str(value or ""))


def unpacked(encoding: str, packed: bytes) -> bytes:
    """Return what was packed as "q" or "b" (base64), as far as it can be read."""
    if encoding == "q":
        return quopri.decodestring(packed, header=True)
    packed = re.sub(rb"[^A-Za-z0-9+/]", b"", packed)
    # One letter too many says nothing; what is missing at the end is filled up.
    return binascii.a2b_base64(packed[: len(packed) - (len(packed) % 4 == 1)] + b"==")


def _read_run(run: str) -> str:
    """Return neighbouring encoded words as text, joined first where they have the same charset."""
    words = [
        (charset.partition("*")[0].lower(), unpacked(kind.lower(), packed.encode("utf-8", "surrogateescape")))
        for charset, kind, packed in _ENCODED_WORD.findall(run)
    ]
    return "".join(
        decoded(b"".join(content for _charset, content in same), charset)
        for charset, same in groupby(words, key=itemgetter(0))
    )


def _undeclared(text: str) -> str:
    """Return a header's text that may hold bytes of no declared charset."""
    return text if text.isascii() else decoded(text.encode("utf-8", "surrogateescape"))


def _mailbox(piece: str) -> Mailbox:
    """Return one person: "Name" <address>, address (Name), or a mere address; of a group its first member."""
    before, bracket, rest = piece.rpartition("<")
    if bracket:
        address, name = rest.partition(">")[0], before
    else:
        address, _bracket, comment = piece.partition("(")
        name = comment.partition(")")[0]
        address = address if "@" in address else ""
        name = name or ("" if address else piece)
    # "Undisclosed recipients:" and other groups' names; an address has no colon.
    address = address.rpartition(":")[2]
    name = name if '"' in name else name.rpartition(":")[2]
    words = in_words(name).strip()
    if words.startswith('"') and words.endswith('"'):
        words = re.sub(r"\\(.)", r"\1", words[1:-1])
    email = clean_email(in_words(address).strip("'\" "))
    if not email and "@" in piece:
        # Never the name's beside an address that is malformed: it would be whoever they like.
        email, others = _amid_words(in_words(rest if rest.strip(" >") else piece))
        words = others if email else words
    return Mailbox(clean_line(words.strip("'\" "), LONGEST_NAME), email)


def _amid_words(piece: str) -> tuple[str, str]:
    """Return the one address that stands among words without brackets, and the words as a name."""
    found = ADDRESS.findall(piece)
    email = clean_email(found[0].strip("'")) if len(found) == 1 else ""
    return email, re.sub(r'[<>\[\]()"]|mailto:', "", piece.replace(found[0], "")) if email else ""
