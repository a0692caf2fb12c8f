"""A received mail as a clean value: read from its bytes, believed in nothing, written nowhere."""

from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from hashlib import sha256

from django.conf import settings
from django.utils.translation import gettext as _

from core.letters.authentication import authentication
from core.letters.charsets import clean_line, is_guessed
from core.letters.headers import (
    Mailbox,
    addresses,
    date,
    header,
    is_forward,
    mailboxes,
    message_ids,
    plain_subject,
    raw_headers,
)
from core.letters.machine import Bounce, automatic, bounce, is_own_address, takes_automatic_mail
from core.letters.parsing import is_mail, parsed
from core.letters.parts import MOST_ENCLOSED, Content, Part, TooMany, contents
from core.letters.text import folded, is_passed_on, passed_on

LONGEST_SUBJECT = 160
MOST_REFERENCES = 50
_MADE = "@no-message-id.invalid>"


class Unreadable(Exception):
    """These bytes are no mail, or one beyond all limits; the argument is a sentence that says so."""


@dataclass(frozen=True)
class Enclosed:
    """A mail that came within another one. Its files stand among that one's."""

    sender: Mailbox
    subject: str
    sent_at: datetime | None
    text: str


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
    # Mails within it, also those within these. Nobody in them is believed to have written to us.
    enclosed: tuple[Enclosed, ...]
    # Whether it does not say rightly in which letters it is written, so that they are a guess.
    is_guessed: bool
    # "" or why it is a machine's: auto-submitted, precedence, autoreply, null-sender, out-of-office,
    # calendar, own.
    automatic: str
    # Whether a person who wrote it may be sent an automatic mail.
    takes_automatic_mail: bool
    bounce: Bounce | None
    # Of a forward: whose mail it was, and that mail's text.
    forwarded_from: Mailbox | None
    forwarded_text: str
    # "pass", "fail" or "none": what our own mail server found out about the sender.
    authentication: str
    is_spam: bool

    @property
    def has_message_id(self) -> bool:
        """Whether it came with a Message-ID, rather than with one made from its bytes."""
        return not self.message_id.endswith(_MADE)

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
        letter = _letter(raw, message, contents(message))
    except RecursionError:
        raise Unreadable(_("The message is nested too deep.")) from None
    except TooMany:
        raise Unreadable(_("The message has too many parts.")) from None
    if not is_mail(message):
        raise Unreadable(_("This is not an e-mail message."))
    return letter


def _letter(raw: bytes, message: Message, content: Content) -> Letter:
    senders = mailboxes(message, "From")
    written = [box for box in senders if box.email] or senders
    sender = written[0] if written else (*mailboxes(message, "Sender"), Mailbox("", ""))[0]
    message_id = _message_id(raw, message)
    subject = clean_line(header(message, "Subject"), LONGEST_SUBJECT)
    whole = "\n\n".join(text.strip("\n") for text in content.texts)
    enclosed, enclosed_files, is_inner_guessed = _enclosed(content)
    forwarded_from, forwarded_text = _passed_on(whole, subject, enclosed)
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
        files=(*content.files, *enclosed_files),
        enclosed=enclosed,
        is_guessed=content.is_guessed or is_inner_guessed or _is_head_guessed(message),
        automatic=automatic(message, sender, message_id, subject, content.is_calendar_answer),
        takes_automatic_mail=takes_automatic_mail(message),
        bounce=bounce(message, sender, subject, whole, content),
        forwarded_from=forwarded_from,
        forwarded_text=forwarded_text,
        authentication=authentication(message, sender if senders else Mailbox("", "")),
        is_spam=header(message, "X-Spam-Flag").strip().lower() in {"yes", "true"},
    )


def _message_id(raw: bytes, message: Message) -> str:
    told = header(message, "Message-ID").strip()
    if found := message_ids(told):
        return found[0]
    # Too long or malformed as well: the same again for the same mail.
    return f"<{sha256(told.encode() or raw).hexdigest()[:40]}{_MADE}"


def _references(message: Message) -> tuple[str, ...]:
    answered = message_ids(header(message, "In-Reply-To"))
    thread = message_ids(header(message, "References"))
    return tuple(dict.fromkeys([*answered, *reversed(thread)]))[:MOST_REFERENCES]


def _reply_to(message: Message, sender: Mailbox) -> Mailbox | None:
    """Return whom answers should go to, None where it is nobody else than the sender."""
    boxes = mailboxes(message, "Reply-To")
    named = next((box for box in boxes if box.email and not is_own_address(box.email)), sender)
    return named if named.email != sender.email else None


def _is_head_guessed(message: Message) -> bool:
    bare = "".join(raw_headers(message, "Subject", "From")).encode("utf-8", "surrogateescape")
    return is_guessed(bare)


def _enclosed(content: Content) -> tuple[tuple[Enclosed, ...], list[Part], bool]:
    """Return the mails within a mail, the files of these, and whether any of them is a guess."""
    found: list[Enclosed] = []
    files: list[Part] = []
    is_guess = False
    # What came back undelivered is a mail of ours.
    waiting = [] if content.reports else list(content.enclosed)
    while waiting and len(found) < MOST_ENCLOSED:
        mail = waiting.pop(0)
        inner = contents(mail)
        found.append(_as_enclosed(mail, inner))
        files += [replace(part, is_enclosed=True) for part in inner.files]
        is_guess |= inner.is_guessed
        waiting = [*inner.enclosed, *waiting]
    return tuple(found), files, is_guess


def _as_enclosed(mail: Message, content: Content) -> Enclosed:
    return Enclosed(
        sender=next((box for box in mailboxes(mail, "From") if box.email), Mailbox("", "")),
        subject=clean_line(header(mail, "Subject"), LONGEST_SUBJECT),
        sent_at=date(header(mail, "Date")),
        text=folded("\n\n".join(content.texts), is_forward=True).text,
    )


def _passed_on(whole: str, subject: str, enclosed: tuple[Enclosed, ...]) -> tuple[Mailbox | None, str]:
    """Return whose mail was passed on, and what it said, in the text or as an attachment."""
    if is_forward(subject) or is_passed_on(whole):
        sender, text = passed_on(whole)
        if sender is not None:
            return sender, text
    named = [mail for mail in enclosed if mail.sender.email] if is_forward(subject) else []
    return (named[0].sender, named[0].text) if named else (None, "")
