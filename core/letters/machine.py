"""Which mail was written by a machine, and what came back undelivered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from core.letters.charsets import decoded
from core.letters.headers import Mailbox, addresses, clean_email, header, headers, message_ids, parameter
from core.letters.parsing import parts_in, payload_of
from core.letters.parts import Content
from core.letters.words import WORDS, one_of

_MOST_LISTED = 50
_LONGEST_REPORT = 200_000

# A person's mail through the address of a group bears these, too: they say only what not to send back.
_LIST = ("List-Id", "List-Unsubscribe", "List-Post")
_PRECEDENCE = {"bulk", "junk", "auto_reply"}
_SERVERS = ("mailer-daemon@", "postmaster@", "mail-daemon@", "mdaemon@")
_OUT_OF_OFFICE = re.compile(rf"(?:(?:re|odp|aw)\s?:\s*)?{one_of('out of office')}", re.IGNORECASE)
_UNDELIVERED = re.compile(one_of("undelivered"), re.IGNORECASE)
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.#:])([45])(\d\d)(?=[ -])(?![.\d])")
_FAILED_ADDRESS = re.compile(r"^[ \t>]*<([^<>\s]{3,250})>(?::|\s*\(.{1,100}\):?|\s*$)", re.MULTILINE)
_ID_LINE = re.compile(r"^[ \t>]*message-id:\s*(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Bounce:
    """Mail of ours that could not be delivered to these addresses, for good or for now."""

    addresses: tuple[str, ...]
    is_permanent: bool
    status: str
    original_message_id: str


def automatic(
    message: Message, sender: Mailbox, message_id: str, subject: str, is_calendar_answer: bool
) -> str:
    """Return why a mail is a machine's, "" where a person seems to have written it."""
    domain = message_id.rstrip(">").rpartition("@")[2].lower()
    answered = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    reasons = {
        "own": is_own_address(sender.email) or domain == urlsplit(settings.BASE_URL).hostname,
        "null-sender": _is_from_server(message, sender),
        "auto-submitted": answered not in {"", "no"},
        "autoreply": _has_any(message, WORDS["header of a machine"]) or _is_receipt(message),
        "precedence": bool(_precedences(message) & _PRECEDENCE),
        "calendar": is_calendar_answer,
        "out-of-office": bool(_OUT_OF_OFFICE.match(subject)),
    }
    return next((reason for reason, is_so in reasons.items() if is_so), "")


def takes_automatic_mail(message: Message) -> bool:
    """Tell whether nothing in a mail asks us to send no automatic one back."""
    suppressed = set(re.findall(r"\w+", header(message, "X-Auto-Response-Suppress").lower()))
    is_of_group = _has_any(message, _LIST) or "list" in _precedences(message)
    return not suppressed & {"all", "autoreply"} and not is_of_group


def bounce(message: Message, sender: Mailbox, subject: str, text: str, content: Content) -> Bounce | None:
    """Return what a mail server could not deliver, None where this is no such report."""
    original = _original_id(content, text)
    if fields := _reports(content, "message/delivery-status"):
        return _from_report(fields, original)
    says_so = _UNDELIVERED.search(subject) or header(message, "X-Failed-Recipients")
    return _from_words(message, text, original) if says_so and _is_from_server(message, sender) else None


def is_own_address(email: str) -> bool:
    """Tell whether an address is one that the portal writes from or reads, with or without a sign."""
    local, _at, domain = email.partition("@")
    own = {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower(), settings.MAIL_INBOX.lower()}
    return bool(local) and f"{local.partition('+')[0]}@{domain}" in own


def _is_from_server(message: Message, sender: Mailbox) -> bool:
    return header(message, "Return-Path").strip() == "<>" or sender.email.startswith(_SERVERS)


def _precedences(message: Message) -> set[str]:
    return {value.strip().lower() for value in headers(message, "Precedence", "X-Precedence")}


def _has_any(message: Message, names: Iterable[str]) -> bool:
    return any(value.strip().lower() not in {"", "no", "false"} for value in headers(message, *names))


def _is_receipt(message: Message) -> bool:
    """Tell whether this says only that a mail was read (RFC 8098)."""
    kind = parameter(message, "report-type").lower()
    return message.get_content_type() == "multipart/report" and kind == "disposition-notification"


def _reports(content: Content, kind: str) -> list[Message]:
    return [part for part in content.reports if part.get_content_type() == kind]


def _from_report(reports: list[Message], original: str) -> Bounce | None:
    """Read the fields that a mail server writes for each recipient (RFC 3464)."""
    failed: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for report in reports:
        blocks = parts_in(report) if report.is_multipart() else [report]
        for block in blocks[:_MOST_LISTED]:
            action = header(block, "Action").strip().lower()
            address = _recipient(block)
            status = _status(header(block, "Status"), header(block, "Diagnostic-Code"))
            if address and action not in {"delivered", "relayed", "expanded"} and status[:1] != "2":
                is_permanent = status.startswith("5") and action != "delayed"
                failed[is_permanent].setdefault(address, status)
    found = failed[True] or failed[False]
    return Bounce(tuple(found), bool(failed[True]), next(iter(found.values())), original) if found else None


def _recipient(block: Message) -> str:
    """Return whom the block is about: the address that we wrote to, if the server tells it."""
    told = [header(block, name) for name in ("Original-Recipient", "Final-Recipient")]
    return next(filter(None, (clean_email(value.rpartition(";")[2].strip(" <>")) for value in told)), "")


def _from_words(message: Message, text: str, original: str) -> Bounce:
    """Read a report of a server that writes for people only."""
    text = text[:_LONGEST_REPORT]
    listed = addresses(message, "X-Failed-Recipients") or _FAILED_ADDRESS.findall(text)[:_MOST_LISTED]
    found = tuple(dict.fromkeys(filter(None, map(clean_email, listed))))
    status = _status(text, text)
    return Bounce(found, status.startswith("5"), status, original)


def _status(told: str, diagnostic: str) -> str:
    """Return a status such as 5.1.1, of mere codes such as 550 the class alone: 5.0.0."""
    match = _STATUS.search(told) or _STATUS.search(diagnostic)
    if match:
        return match[0]
    code = _CODE.search(diagnostic)
    return f"{code[1]}.0.0" if code else ""


def _original_id(content: Content, text: str) -> str:
    """Return the Message-ID of the mail that came back, "" where the report does not tell."""
    for mail in content.enclosed:
        if found := message_ids(header(mail, "Message-ID")):
            return found[0]
    heads = _reports(content, "text/rfc822-headers")
    words = [decoded(payload_of(part))[:_LONGEST_REPORT] for part in heads]
    match = _ID_LINE.search("\n".join([*words, text[:_LONGEST_REPORT]]))
    return match[1] if match else ""
