"""The parts that a received mail is made of: its text, and the files with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

import html_text
import lxml.etree
import lxml.html

from core.files.attachments import clean_name
from core.letters import tnef
from core.letters.charsets import clean_line, clean_text, decoded, is_guessed
from core.letters.headers import parameter, unpacked
from core.letters.parsing import is_mail, packed_bytes_of, parsed, parts_in, payload_of, with_headers
from core.letters.words import one_of

MOST_PARTS = 1000
MOST_ENCLOSED = 20
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
_METHOD = re.compile(r"^METHOD:(\w+)", re.IGNORECASE | re.MULTILINE)
# What a calendar sends back to whoever invited.
_CALENDAR_ANSWERS = {"reply", "counter"}
_CALENDARS = {"text/calendar", "application/ics"}
# A text part that is longer says more than that there is a richer one.
_LONGEST_STUB = 600
_STUB = re.compile(one_of("stub"), re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS_OF_PAGE = re.compile(r"https?://\S+")
_BOUNDARY = re.compile(rb"^--([^\s\r\n][^\r\n]{3,68}?)[ \t\r]*$", re.MULTILINE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_UNSEEN_TAGS = {"head", "title", "template"}
# Private-use characters that stand for the ends of a quotation until the text has its lines.
_OPEN, _CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True)
class Part:
    """A file that came with the mail, or with a mail that is enclosed in it."""

    name: str
    content_type: str
    content: bytes
    is_enclosed: bool = False


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
    is_calendar_answer: bool = False
    # Whether the letters of the text are not those that the mail declares.
    is_guessed: bool = False


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
        return [with_headers(child) for child in parts_in(part)]
    payload = _bytes_of(part)
    boundary = _BOUNDARY.search(payload)
    if boundary is None or part.get_boundary() is not None:
        return []
    head = b'Content-Type: multipart/mixed; boundary="' + boundary[1].replace(b'"', b"") + b'"\r\n\r\n'
    return parts_in(parsed(head + payload))


def _chosen(children: list[Message]) -> Message | None:
    """Return which of several forms of one text is read: the plain one unless it is empty or a stub."""
    for child in children:
        if child.get_content_type() == "text/plain" and not _is_stub(_text_of(child), children):
            return child
    rich = [child for child in children if child.get_content_type() != "text/plain"]
    texts = [child for child in rich if child.get_content_type() != "text/calendar"]
    return next(iter(texts or children), None)


def _is_stub(text: str, forms: list[Message]) -> bool:
    """Tell whether a plain form is empty, or says only that there is one in HTML."""
    if not text.strip() or len(text) > _LONGEST_STUB:
        return not text.strip()
    words = _words(text)
    if words and not _STUB.search(text):
        return False
    richest = [part for form in forms for part in form.walk() if part.get_content_type() == "text/html"]
    rich = _words(_text_of(richest[0])) if richest else set()
    return bool(rich) and 2 * len(words & rich) < max(len(words), 1)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_ADDRESS_OF_PAGE.sub("", text).lower()))


def _sort_in(content: Content, part: Message, *, is_chosen: bool) -> None:
    kind = part.get_content_type()
    if kind in _REPORTS:
        content.reports.append(part)
    elif kind in _DETACHED:
        return
    elif _is_body(part, kind):
        text = _text_of(part) if is_chosen else ""
        if text.strip():
            content.texts.append(text)
            content.is_guessed |= is_guessed(_bytes_of(part), parameter(part, "charset"))
    elif (mail := _enclosed_in(part, kind)) and len(content.enclosed) < MOST_ENCLOSED:
        content.enclosed.append(mail)
    elif _is_calendar_answer(part, kind):
        content.is_calendar_answer = True
    else:
        content.files += _files_of(part, kind)


def _enclosed_in(part: Message, kind: str) -> Message | None:
    """Return the mail that a part is, also one that came as a mere file."""
    if kind != "message/rfc822" and not _file_name(part).lower().endswith(".eml"):
        return None
    if part.is_multipart() and part["Content-Transfer-Encoding"] != "base64":
        mail = with_headers(parts_in(part)[0])
    else:
        mail = parsed(_bytes_of(part))
    return mail if is_mail(mail) else None


def _is_calendar_answer(part: Message, kind: str) -> bool:
    """Tell whether somebody's calendar says here that they come, or do not, or when they could."""
    if kind not in _CALENDARS:
        return False
    told = parameter(part, "method") or "".join(_METHOD.findall(decoded(_bytes_of(part)))[:1])
    return told.lower() in _CALENDAR_ANSWERS


def _files_of(part: Message, kind: str) -> list[Part]:
    """Return the file that a part is, of Outlook's winmail.dat those that are in it."""
    data = _bytes_of(part)
    if data.startswith(tnef.SIGNATURE) and (found := tnef.files_in(data)):
        return [Part(clean_name(name), "application/octet-stream", content) for name, content in found]
    told = _file_name(part)
    name = clean_name(told)
    name = _NAMES.get(kind, name) if name == "file" else name
    return [Part(name, clean_line(kind, 100), data)] if data or told else []


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
        content = b"\n".join(map(_written_anew, parts_in(part)))
        return unpacked("b", content) if part["Content-Transfer-Encoding"] == "base64" else content
    try:
        return payload_of(part)
    except (ValueError, LookupError):
        return packed_bytes_of(part)


def _written_anew(mail: Message) -> bytes:
    """Return a mail within a mail as bytes, none where it is too broken for the standard library."""
    try:
        return mail.as_bytes()
    except (ValueError, LookupError, AttributeError, TypeError):
        return b""


def _file_name(part: Message) -> str:
    return parameter(part, "filename", "content-disposition") or parameter(part, "name")


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
            element.clear(keep_tail=True)
        elif element.tag == "a":
            _write_out(element)
        elif element.tag == "blockquote":
            element.text = f"{_OPEN} {element.text or ''}"
            element.tail = f"{_CLOSE} {element.tail or ''}"


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    if element.tag in _UNSEEN_TAGS or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


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
