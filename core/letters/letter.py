"""A received mail as a clean value: read from its bytes, believed in nothing, written nowhere."""

from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from hashlib import sha256

from django.conf import settings
from django.utils.translation import gettext as _

from core.letters.authentication import authentication
from core.letters.headers import (
    Mailbox,
    addresses,
    clean_subject,
    date,
    header,
    is_forward,
    mailboxes,
    message_ids,
    plain_subject,
)
from core.letters.machine import Bounce, automatic, bounce
from core.letters.parts import Content, Part, TooMany, contents, parsed
from core.letters.text import folded, is_passed_on, passed_on

MOST_REFERENCES = 50
# Without any of these, bytes with a colon in their first line are no mail yet.
_NEEDED = {"from", "to", "date", "subject", "message-id", "received", "return-path", "mime-version"}


class Unreadable(Exception):
    """These bytes are no mail, or one beyond all limits; the argument is a sentence that says so."""


@dataclass(frozen=True)
class Letter:
    """One received mail. No text in it holds a NUL or a character that changes the direction of writing."""

    # With its brackets; made from the bytes where the mail has none, the same for the same bytes.
    message_id: str
    # In-Reply-To first, then References with the newest first.
    references: tuple[str, ...]
    # From. Where one may answer is `reply_to`, which anybody can set to anything.
    sender: Mailbox
    reply_to: Mailbox | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    # All addresses that it was sent or delivered to: where signs stand.
    delivered_to: tuple[str, ...]
    subject: str
    # Without "Re:", "Fwd:", "Odp:" and [tags].
    plain_subject: str
    sent_at: datetime | None
    # The new words; what was folded away (history, signature) is in `quoted`.
    text: str
    quoted: str
    files: tuple[Part, ...]
    # "" or why it is a machine's: auto-submitted, precedence, suppress, autoreply, list,
    # null-sender, out-of-office, own.
    automatic: str
    bounce: Bounce | None
    # Of a forward: whose mail it was, and that mail's text.
    forwarded_from: Mailbox | None
    forwarded_text: str
    # "pass", "fail" or "none": what our own mail server found out about the sender.
    authentication: str
    is_spam: bool

    @property
    def writer(self) -> Mailbox:
        """Whom a new matter is from: Reply-To where it names one, otherwise From."""
        return self.reply_to or self.sender


def read(raw: bytes) -> Letter:
    """Return the mail that these bytes are.

    Raises Unreadable, and nothing else, when they are none or beyond the limits.
    """
    if len(raw) > settings.MAIL_MAX_BYTES:
        raise Unreadable(_("The message is larger than what is taken."))
    try:
        message = parsed(raw)
        content = contents(message)
    except RecursionError:
        raise Unreadable(_("The message is nested too deep.")) from None
    except TooMany:
        raise Unreadable(_("The message has too many parts.")) from None
    if not any(name.lower() in _NEEDED for name in message.keys()):  # noqa: SIM118
        raise Unreadable(_("This is not an e-mail message."))
    return _letter(raw, message, content)


def _letter(raw: bytes, message: Message, content: Content) -> Letter:
    senders = mailboxes(message, "From")
    sender = senders[0] if senders else (*mailboxes(message, "Sender"), Mailbox("", ""))[0]
    message_id = _message_id(raw, message)
    subject = clean_subject(header(message, "Subject"))
    whole = "\n\n".join(text.strip("\n") for text in content.texts)
    forwarded_from, forwarded_text = _passed_on(whole, subject, content)
    words = folded(whole, is_forward=forwarded_from is not None)
    return Letter(
        message_id=message_id,
        references=_references(message),
        sender=sender,
        reply_to=_reply_to(message, sender),
        to=mailboxes(message, "To"),
        cc=mailboxes(message, "Cc"),
        delivered_to=addresses(message, "To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"),
        subject=subject,
        plain_subject=plain_subject(subject),
        sent_at=date(header(message, "Date")),
        text=words.text,
        quoted=words.quoted,
        files=tuple(content.files),
        automatic=automatic(message, sender, message_id, subject),
        bounce=bounce(message, sender, subject, whole, content.reports, content.enclosed),
        forwarded_from=forwarded_from,
        forwarded_text=forwarded_text,
        authentication=authentication(message, senders),
        is_spam=header(message, "X-Spam-Flag").strip().lower() in {"yes", "true"},
    )


def _message_id(raw: bytes, message: Message) -> str:
    told = header(message, "Message-ID").strip()
    found = message_ids(told)
    if found:
        return found[0]
    # Too long or malformed as well: the same again for the same mail.
    return f"<{sha256(told.encode() or raw).hexdigest()[:40]}@no-message-id.invalid>"


def _references(message: Message) -> tuple[str, ...]:
    answered = message_ids(header(message, "In-Reply-To"))
    thread = message_ids(header(message, "References"))
    return tuple(dict.fromkeys([*answered, *reversed(thread)]))[:MOST_REFERENCES]


def _reply_to(message: Message, sender: Mailbox) -> Mailbox | None:
    """Return whom answers should go to, None where it is nobody else than the sender."""
    named = [box for box in mailboxes(message, "Reply-To") if box.email]
    return named[0] if named and named[0].email != sender.email else None


def _passed_on(whole: str, subject: str, content: Content) -> tuple[Mailbox | None, str]:
    """Return whose mail was passed on, and what it said, in the text or as an attachment."""
    if is_forward(subject) or is_passed_on(whole):
        sender, text = passed_on(whole)
        if sender is not None:
            return sender, text
    if content.reports or not is_forward(subject):
        return None, ""
    for mail in content.enclosed:
        named = [box for box in mailboxes(mail, "From") if box.email]
        if named:
            return named[0], folded("\n\n".join(contents(mail).texts), is_forward=True).text
    return None, ""


__all__ = ["Bounce", "Letter", "Mailbox", "Part", "Unreadable", "read"]
