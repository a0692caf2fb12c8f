"""The bytes of a mail as a message of the standard library, also where they are broken."""

import codecs
import re
from email import message_from_bytes
from email.errors import MissingHeaderBodySeparatorDefect
from email.message import Message
from email.policy import Compat32
from typing import Any

# A mail has at least one of these.
_NEEDED = {"from", "to", "date", "subject", "message-id", "received", "return-path", "mime-version"}
_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:")
_KNOWN_HEADER = re.compile(
    rb"(?:from|subject|date|message-id|mime-version|reply-to|content-\w[\w-]*)[ \t]*:|(?:to|cc)[ \t]*:.*@",
    re.IGNORECASE,
)
_MOST_HEAD = 1024**2
_HEAD_END = re.compile(rb"\r\n\r\n|\n\n|\r\r")


class _AsItCame(Compat32):
    """Headers are given out as they came, bytes of no declared charset as surrogates."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return the value untouched, but of how a part is packed the bare word: no more is understood."""
        if name.lower() != "content-transfer-encoding":
            return value
        return "".join(re.findall(r"[\w-]+", re.sub(r"\([^()]*\)", " ", str(value)).lower())[:1])


class _Lenient(Message):
    """A message of which a malformed parameter is one that is not there."""

    def get_param(
        self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True
    ) -> Any:
        """Return a parameter of a header, `failobj` where it is missing or cannot be read."""
        try:
            return super().get_param(param, failobj, header, unquote)
        except (TypeError, ValueError, LookupError):
            return failobj


def parsed(raw: bytes) -> Message:
    """Return the message that these bytes are; raises RecursionError when it is nested too deep."""
    return message_from_bytes(_with_whole_head(raw), policy=_AsItCame(message_factory=_Lenient))


def is_mail(message: Message) -> bool:
    """Tell whether this has what every mail has: bytes with a colon in their first line are none yet."""
    return any(name.lower() in _NEEDED for name in message.keys())  # noqa: SIM118


def _with_whole_head(raw: bytes) -> bytes:
    """Return a mail without what would end its head too early: a byte order mark, lines of no header."""
    raw = raw.removeprefix(codecs.BOM_UTF8)
    found = _HEAD_END.search(raw, 0, _MOST_HEAD)
    end = found.start() if found else _MOST_HEAD
    lines = raw[:end].splitlines(keepends=True)
    last = max((n for n, line in enumerate(lines) if _KNOWN_HEADER.match(line)), default=0)
    wrong = [n for n, line in enumerate(lines[:last]) if not _is_of_head(line)]
    if not wrong and not any(b" :" in line for line in lines):
        return raw
    for number in wrong:
        # It goes on from the header above it.
        lines[number] = b" " + lines[number] if number else b""
    mended = [_HEADER.sub(rb"\1:", line, count=1) if _HEADER.match(line) else line for line in lines]
    return b"".join(mended) + raw[end:]


def _is_of_head(line: bytes) -> bool:
    return bool(_HEADER.match(line)) or line.startswith((b" ", b"\t", b"From "))


def with_headers(part: Message) -> Message:
    """Return a part, of one whose head a wrong line broke off that with all its headers."""
    is_broken = any(isinstance(defect, MissingHeaderBodySeparatorDefect) for defect in part.defects)
    if not is_broken or part.is_multipart():
        return part
    head = "".join(f"{name}: {value}\r\n" for name, value in part.items())
    return parsed(head.encode("utf-8", "surrogateescape") + packed_bytes_of(part))


def packed_bytes_of(part: Message) -> bytes:
    """Return what a part holds as it came; afterwards it no longer says how it is packed."""
    del part["Content-Transfer-Encoding"]
    return payload_of(part)


def payload_of(part: Message) -> bytes:
    """Return what a part without parts holds, unpacked as far as it says how it is packed."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def parts_in(part: Message) -> list[Message]:
    """Return the parts that a part is made of."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
