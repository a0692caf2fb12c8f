"""The parts that a received mail is made of: its text, and the files with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import Compat32

import html_text
import lxml.etree
import lxml.html

from core.files.attachments import clean_name
from core.letters.charsets import clean_line, clean_text, decoded
from core.letters.headers import parameter

MOST_PARTS = 1000
_MOST_HTML = 2 * 1024**2
_LONGEST_LINK = 200

# Signatures of the mail itself; they say nothing to a person, and the mail is kept whole.
_DETACHED = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
_REPORTS = {"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"}
_NAMES = {
    "text/calendar": "invitation.ics",
    "message/rfc822": "message.eml",
    "application/ms-tnef": "winmail.dat",
    "application/pkcs7-mime": "smime.p7m",
}
_BOUNDARY = re.compile(rb"^--([^\s\r\n][^\r\n]{3,68}?)[ \t\r]*$", re.MULTILINE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_UNSEEN_TAGS = {"head", "title", "template"}
_QUOTES = "blockquote"
# Private-use characters that stand for the ends of a quotation until the text has its lines.
_OPEN, _CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True)
class Part:
    """A file that came with the mail."""

    name: str
    content_type: str
    content: bytes


class TooMany(Exception):
    """A mail has more parts than anybody would send."""


@dataclass
class Content:
    """What a mail holds: the texts of its body, its files, and the reports of mail servers."""

    texts: list[str] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    reports: list[Message] = field(default_factory=list)
    # Mails passed on as attachments, and the mail that a report is about.
    enclosed: list[Message] = field(default_factory=list)


class _AsItCame(Compat32):
    """Headers are given out as they came, bytes of no declared charset as surrogates."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return the value untouched."""
        return value


class _Lenient(Message):
    """A message of which a malformed parameter is one that is not there."""

    def get_param(self, param: str, failobj: object = None, *args: object, **kwargs: object) -> object:
        """Return a parameter of a header, `failobj` where it is missing or cannot be read."""
        try:
            return super().get_param(param, failobj, *args, **kwargs)
        except (TypeError, ValueError, LookupError):
            return failobj


def parsed(raw: bytes) -> Message:
    """Return the message that these bytes are; raises RecursionError when it is nested too deep."""
    return message_from_bytes(raw, policy=_AsItCame(message_factory=_Lenient))


def contents(message: Message) -> Content:
    """Return what a mail holds. Raises TooMany when it has more than MOST_PARTS parts."""
    content = Content()
    for number, (part, is_chosen) in enumerate(_leaves(message)):
        if number >= MOST_PARTS:
            raise TooMany
        _sort_in(content, part, is_chosen=is_chosen)
    return content


def html_as_text(html: str) -> str:
    """Return HTML mail as text: quotations marked with ">", links written out, hidden elements left out."""
    html = html[:_MOST_HTML].replace(_OPEN, "").replace(_CLOSE, "")
    try:
        tree = html_text.html_text.parse_html(html)
        _prepare(tree)
        text = html_text.extract_text(tree)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        text = re.sub(r"<[^<>]*>", " ", html)
    return _with_quotation_marks(text)


def _leaves(message: Message) -> Iterator[tuple[Message, bool]]:
    """Yield the parts that hold no others, in order, and of each whether it may be shown as the text."""
    waiting = [(message, True)]
    while waiting:
        part, is_chosen = waiting.pop()
        kind = part.get_content_type()
        if part.get_content_maintype() == "multipart":
            children = _children(part)
            chosen = _chosen(children) if kind == "multipart/alternative" else None
            pairs = [(child, is_chosen and chosen in (None, child)) for child in children]
            waiting += reversed(pairs)
            if children:
                continue
        yield part, is_chosen


def _children(part: Message) -> list[Message]:
    """Return the parts of a multipart, even of one that does not say where its parts end."""
    if part.is_multipart():
        return list(part.get_payload())
    payload = _bytes_of(part)
    boundary = _BOUNDARY.search(payload)
    if boundary is None or part.get_boundary() is not None:
        return []
    head = b'Content-Type: multipart/mixed; boundary="' + boundary[1].replace(b'"', b"") + b'"\r\n\r\n'
    mended = parsed(head + payload)
    return list(mended.get_payload()) if mended.is_multipart() else []


def _chosen(children: list[Message]) -> Message | None:
    """Return which of several forms of one text is read: the plain one unless it is empty."""
    for child in children:
        if child.get_content_type() == "text/plain" and _text_of(child).strip():
            return child
    rich = [child for child in children if child.get_content_type() != "text/plain"]
    texts = [child for child in rich if child.get_content_type() != "text/calendar"]
    return (texts or children or [None])[0]


def _sort_in(content: Content, part: Message, *, is_chosen: bool) -> None:
    kind = part.get_content_type()
    if kind == "message/rfc822" and part.is_multipart():
        content.enclosed.append(part.get_payload(0))
    if kind in _REPORTS:
        content.reports.append(part)
    elif kind in _DETACHED:
        return
    elif _is_body(part, kind):
        text = _text_of(part) if is_chosen else ""
        content.texts += [text] if text.strip() else []
    else:
        data = _bytes_of(part)
        if data or _file_name(part):
            content.files.append(Part(_name(part, kind), clean_line(kind, 100), data))


def _is_body(part: Message, kind: str) -> bool:
    if part.get_content_maintype() == "multipart":
        return True
    if kind not in {"text/plain", "text/html"}:
        return False
    return part.get_content_disposition() != "attachment" and not _file_name(part)


def _text_of(part: Message) -> str:
    text = clean_text(decoded(_bytes_of(part), parameter(part, "charset")))
    if part.get_content_type() == "text/html":
        return html_as_text(text)
    if parameter(part, "format").lower() == "flowed":
        return _unwrapped(text, delete_space=parameter(part, "delsp").lower() == "yes")
    return text


def _bytes_of(part: Message) -> bytes:
    if part.is_multipart():
        # Of a mail within the mail.
        return b"\n".join(child.as_bytes() for child in part.get_payload())
    try:
        return part.get_payload(decode=True) or b""
    except (ValueError, LookupError):
        return str(part.get_payload()).encode("utf-8", "surrogateescape")


def _file_name(part: Message) -> str:
    return parameter(part, "filename", "content-disposition") or parameter(part, "name")


def _name(part: Message, kind: str) -> str:
    name = clean_name(_file_name(part))
    if name != "file":
        return name
    return _NAMES.get(kind, "file")


def _unwrapped(text: str, *, delete_space: bool) -> str:
    """Return text of format=flowed with its paragraphs in one line each (RFC 3676)."""
    lines: list[str] = []
    goes_on, depth_before = False, 0
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ") if depth or bare.startswith(" ") else bare
        flows = bare.endswith(" ") and bare != "-- "
        words = bare[:-1] if flows and delete_space else bare
        if goes_on and depth == depth_before and bare != "-- ":
            lines[-1] += words
        else:
            lines.append(">" * depth + (" " if depth else "") + words)
        goes_on, depth_before = flows, depth
    return "\n".join(lines)


def _prepare(tree: lxml.html.HtmlElement) -> None:
    """Take away what its reader was not shown, write links out, and mark where quotations begin and end."""
    for element in list(tree.iter(lxml.etree.Element)):
        if _is_hidden(element):
            _drop(element)
        elif element.tag == "a":
            _write_out(element)
        elif element.tag == _QUOTES:
            element.text = f"{_OPEN} {element.text or ''}"
            element.tail = f"{_CLOSE} {element.tail or ''}"


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    if element.tag in _UNSEEN_TAGS or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def _drop(element: lxml.html.HtmlElement) -> None:
    """Empty an element, but leave what comes after it."""
    tail = element.tail
    element.clear()
    element.tail = tail


def _write_out(link: lxml.html.HtmlElement) -> None:
    target = (link.get("href") or "").strip()
    words = "".join(link.itertext()).strip()
    is_address = target.lower().startswith(("http://", "https://")) and len(target) <= _LONGEST_LINK
    if is_address and words and words.rstrip("/") not in target:
        link.tail = f" <{target}>{link.tail or ''}"


def _with_quotation_marks(text: str) -> str:
    if _OPEN not in text:
        return text
    lines, depth = [], 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", text):
        if piece in (_OPEN, _CLOSE):
            depth = max(0, depth + (1 if piece == _OPEN else -1))
            continue
        mark = ">" * min(depth, 9) + " " if depth else ""
        lines += [mark + line.strip() for line in piece.strip("\n").split("\n") if piece.strip()]
    return "\n".join(lines)
