"""The worker's side of the outbox: claims due rows under a lease, hands them over, tries again.

Two workers never send one message twice, a message that cannot be sent holds up
no other, and a worker that dies leaves behind at most one message under its
lease; when that runs out the message is sent under the same Message-ID.
"""

import logging
import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from email.errors import MessageError
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.outbox import dead_addresses
from core.outbox.models import OutgoingMail, State, Stopped
from core.schedule import comes_back
from core.states import Conflict, move

logger = logging.getLogger("portal.mail")

# Longer than one message can take: settings.EMAIL_TIMEOUT for each step of the way.
LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=3)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
# Between a run and the one planned after it.
BREATH = timedelta(seconds=5)
ON_THE_WAY = (OSError, smtplib.SMTPException)
# No message can be made of the row, now or later.
IN_THE_ROW = (ValueError, TypeError, LookupError, MessageError)
# A code that tells about the address alone; servers also refuse us (5.7.x), or what we send.
ADDRESS_CODES = (550, 551, 553)
ENHANCED = re.compile(r"^\s*(5\.\d{1,3}\.\d{1,3})\b")
ABOUT_THE_ADDRESS = re.compile(r"5\.1\.(?!7|8)")
ABOUT_US = re.compile(r"relay|denied|spam|block|polic|reputation|authent|sender", re.IGNORECASE)

# What is written as late as a message is sent, where it goes out with thousands of others.
WORDS = ("subject", "text", "unsubscribe")

Check = Callable[[OutgoingMail], str]
Writer = Callable[[OutgoingMail], OutgoingMail]
_checks: list[Check] = []
_writers: dict[str, Writer] = {}
_told: list[Callable[[OutgoingMail], object]] = []
_sent: list[Callable[[OutgoingMail], object]] = []


def when_sending(check: Check) -> None:
    """Let an app stop mail at the moment of sending.

    `check(mail)` returns why it must not be sent (a value of Stopped) or "".
    Called from the app's ready(): what may be told to whom can change while mail waits.
    """
    _checks.append(check)


def when_writing(kind: str, write: Writer) -> None:
    """Let an app write messages of a kind as they are sent: `write(mail)` composes one.

    Called in its ready(). What a check has stopped is not written.
    """
    _writers[kind] = write


def when_failed(tell: Callable[[OutgoingMail], object]) -> None:
    """Let an app tell somebody that a message could not be sent; called from the app's ready()."""
    _told.append(tell)


def when_sent(tell: Callable[[OutgoingMail], object]) -> None:
    """Let an app write down that a message has left, with the message's own "sent"; called in its ready()."""
    _sent.append(tell)


def next_try() -> datetime | None:
    """Return when a message is to be tried next: when its pause or the lease of a lost worker is over."""
    first = models.Min(Coalesce("leased_until", "next_try_at"))
    at = OutgoingMail.objects.unsent().aggregate(at=first)["at"]
    return at and max(at, timezone.now() + BREATH)


@comes_back(next_try)
def deliver_due() -> None:
    """Hand over all mail that is due."""
    while mail := _claim():
        _hand_over(mail)


def _claim() -> OutgoingMail | None:
    """Take the first due message under a lease, or None. Of two workers one gets it."""
    now = timezone.now()
    for mail in OutgoingMail.objects.due(now)[:20]:
        lease = {"leased_until": now + LEASE, "tries": mail.tries + 1}
        with suppress(Conflict):
            # Each claim counts a try, so that whoever saw the message before it is too late.
            move(mail, State.SENDING, also=lease, unchanged=("tries",))
            return mail
    return None


def _hand_over(mail: OutgoingMail) -> None:
    """Give one message to the mail server and write down how it went."""
    if reason := _reason_to_stop(mail):
        _settle(mail, State.STOPPED, last_error=reason)
        return
    connection = get_connection()
    words: dict[str, Any] = {}
    try:
        words = _write(mail)
        connection.open()
        connection.send_messages([_message(mail)])
    except (*ON_THE_WAY, *IN_THE_ROW) as error:
        _put_back(mail, error)
    else:
        # At once, before taking leave of the server: a worker that dies in between sends a second copy.
        _has_left(mail, words)
    finally:
        _hang_up(connection)


def _write(mail: OutgoingMail) -> dict[str, Any]:
    """Put words into a message that waited without them; return the columns that hold them."""
    if mail.text or mail.kind not in _writers:
        return {}
    written = _writers[mail.kind](mail)
    words = {name: getattr(written, name) for name in WORDS}
    for name, value in words.items():
        setattr(mail, name, value)
    return words


def _reason_to_stop(mail: OutgoingMail) -> str:
    if dead_addresses.is_dead(mail.to):
        return Stopped.DEAD
    return next(filter(None, (check(mail) for check in _checks)), "")


def _hang_up(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except ON_THE_WAY as error:
        logger.info("the mail server did not say goodbye: %s", describe(error))


def _message(mail: OutgoingMail) -> EmailMessage:
    headers = {"Message-ID": mail.message_id, "Content-Language": mail.language}
    if mail.references:
        headers |= {"References": mail.references, "In-Reply-To": mail.references.split()[-1]}
    if mail.automatic:
        # So that holiday notices and mailing lists do not answer a machine.
        headers |= {"Auto-Submitted": mail.automatic, "X-Auto-Response-Suppress": "All"}
    if mail.unsubscribe:
        headers |= {
            "List-Unsubscribe": f"<{mail.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    to, subject = mail.to, mail.subject
    if settings.MAIL_ALL_TO:
        to, subject = settings.MAIL_ALL_TO, f"[test] {subject}"
        headers["X-Portal-Recipient"] = mail.to
    reply_to = [mail.reply_to] if mail.reply_to else None
    return EmailMessage(subject, mail.text, to=[to], reply_to=reply_to, headers=headers)


def _settle(mail: OutgoingMail, state: State, **also: Any) -> None:
    """Move a message on from "being sent" and give the lease back."""
    try:
        move(mail, state, also={**also, "leased_until": None})
    except Conflict:
        # The lease ran out and another worker has settled it; what that one wrote stands.
        logger.warning("mail %s was settled by another worker", mail.pk)


@transaction.atomic
def _has_left(mail: OutgoingMail, words: dict[str, Any]) -> None:
    _settle(mail, State.SENT, sent_at=timezone.now(), last_error="", **words)
    for tell in _sent:
        tell(mail)


def _put_back(mail: OutgoingMail, error: Exception) -> None:
    """After a failure: wait longer each time; give up on a refusal for good or after three days."""
    now = timezone.now()
    logger.warning("mail %s was not sent: %s", mail.pk, describe(error))
    if (status := status_of_address(error)) and not settings.MAIL_ALL_TO:
        dead_addresses.mark(mail.to, status, mail.message_id)
    if is_final(error) or now - mail.created_at > GIVE_UP_AFTER:
        _give_up(mail, error)
        return
    pause = min(FIRST_PAUSE * 2 ** min(mail.tries - 1, 12), LONGEST_PAUSE)
    _settle(mail, State.QUEUED, last_error=describe(error), next_try_at=now + pause)


@transaction.atomic
def _give_up(mail: OutgoingMail, error: Exception) -> None:
    _settle(mail, State.FAILED, last_error=describe(error))
    for tell in _told:
        tell(mail)


def is_final(error: Exception) -> bool:
    """Tell whether another try is in vain: this address or message is refused (5xx), or none can be made.

    A server that refuses our login or us as the sender is set up wrongly, and will be mended.
    """
    if isinstance(error, (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)):
        return any(500 <= code < 600 for code in _codes(error))
    return not isinstance(error, ON_THE_WAY)


def status_of_address(error: Exception) -> str:
    """Return the permanent status ("5.1.1", "550") of an address that its server does not know, or "".

    Refusals for any other reason (policy, relaying, a full mailbox) say nothing about the address.
    """
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return ""
    code, reply = next(iter(error.recipients.values()))
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    if enhanced := ENHANCED.match(words):
        return enhanced[1] if code >= 500 and ABOUT_THE_ADDRESS.match(enhanced[1]) else ""
    return str(code) if code in ADDRESS_CODES and not ABOUT_US.search(words) else ""


def describe(error: Exception) -> str:
    """Return the kind and code of a failure, never the server's words, which may repeat addresses."""
    return " ".join(map(str, [type(error).__name__, *_codes(error)]))


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _reply in error.recipients.values()]
    code = getattr(error, "smtp_code", None)
    return [code] if code else []
