"""Mail that comes in: stored whole before anybody looks into it, then placed by one verb.

What cannot be read or placed waits at the desk with its bytes; see
consultations.mailbox.actions.desk for what a person does with it there.
"""

import hashlib
import logging
from collections.abc import Callable
from email.errors import MessageError
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import Channel, Direction, RequesterKind
from consultations.intake.actions import requester
from consultations.intake.actions.requester import Intake
from consultations.mailbox.language import language_of
from consultations.mailbox.notices import told_of_held
from consultations.mailbox.placement import Decision, Verdict, decide
from consultations.models import Contact, IncomingMail, MailState, SupportRequest
from consultations.requests.notices import told_of_failed_mail
from consultations.requests.search import index_request
from core import audit
from core.files import attachments
from core.letters import letter
from core.letters.letter import Enclosed, Letter, Mailbox, Unreadable
from core.letters.machine import is_own_address
from core.outbox import dead_addresses
from core.outbox.mail import OutgoingMail
from core.outbox.tokens import claims
from core.states import Conflict, Refused, move

logger = logging.getLogger("portal.mail")

TOO_LARGE = "too-large"
# How reading or placing one message may go wrong; the next message is not to suffer from it.
FAULTS = (
    Unreadable, ValidationError, DataError, IntegrityError, MessageError, ArithmeticError, AssertionError,
    AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
FAILURES = (Refused, *FAULTS)
MOST_COPIES = 50


def store(raw: bytes, *, came_by: str) -> IncomingMail:
    """Keep a message as it came, before anything of it is read, and return its row.

    The same bytes give the row that they came with first. A message above settings.MAIL_MAX_BYTES is put
    aside at once. Raises OSError or a database error when it could not be stored; then nothing of it is kept.
    """
    digest = hashlib.sha256(raw).hexdigest()
    first = IncomingMail.objects.filter(digest=digest).first()
    if first:
        return first
    is_too_large = len(raw) > settings.MAIL_MAX_BYTES
    key = attachments.keep_raw(raw)
    try:
        with transaction.atomic():
            mail = IncomingMail.objects.create(
                key=key,
                size=len(raw),
                digest=digest,
                came_by=came_by,
                state=MailState.FAILED if is_too_large else MailState.RECEIVED,
                last_error=TOO_LARGE if is_too_large else "",
            )
            if is_too_large:
                told_of_held(mail)
            return mail
    except IntegrityError:
        attachments.drop_raw(key)
        return IncomingMail.objects.get(digest=digest)


def place_waiting() -> int:
    """Place all that was stored and not placed yet, oldest first; return how many messages that were."""
    done = last = 0
    while mail := IncomingMail.objects.unread().filter(pk__gt=last).first():
        place(mail)
        done, last = done + 1, mail.pk
    return done


def place(mail: IncomingMail) -> None:
    """Read one stored message and put it where it belongs.

    Never raises for what is in the message: what cannot be read or placed is
    put aside. Where the database is out of reach the message stays as it was.
    """
    try:
        found = open_letter(mail)
        _settle(mail, found, decide(found))
    except Conflict:
        logger.info("mail %s was placed by another process", mail.pk)
    except FAILURES as error:
        _put_aside(mail, error)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("mail %s waits: %s", mail.pk, type(error).__name__)


def open_letter(mail: IncomingMail) -> Letter:
    """Return a stored message, read anew from its bytes.

    Raises Unreadable, also for what is too large to be read.
    """
    if mail.size > settings.MAIL_MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    return letter.read(attachments.read_raw(mail.key))


@transaction.atomic
def _put_aside(mail: IncomingMail, error: Exception) -> None:
    kind = TOO_LARGE if str(error) == TOO_LARGE else type(error).__name__
    logger.warning("mail %s was put aside: %s", mail.pk, kind)
    mail.refresh_from_db()
    if mail.state == MailState.RECEIVED:
        move(mail, MailState.FAILED, also={"last_error": kind})
        told_of_held(mail)


@transaction.atomic
def _settle(mail: IncomingMail, found: Letter, decision: Decision) -> None:
    """Do what was decided, once, and write down on the message what that was."""
    told = {
        "sender": found.sender.email,
        "subject": found.subject,
        "message_key": message_key(found),
        "why": decision.why,
        "last_error": "",
    }
    if _came_before(mail, told["message_key"]):
        state, also = MailState.DUPLICATE, {}
    elif way := _WAYS.get(decision.verdict):
        state, also = way(mail, found, decision)
    else:
        state, also = _STATES[decision.verdict], {}
    move(mail, state, also={**told, **also})
    audit.record("mail.place", mail, by=None, state=str(state), why=decision.why)
    if state == MailState.HELD:
        told_of_held(mail)


def message_key(found: Letter) -> str:
    """Return what makes a message the same although its envelope differs."""
    # Where a message brings none, its Message-ID was made from all its bytes, the envelope's too.
    named = found.message_id if found.has_message_id else ""
    parts = [named, str(found.sent_at), found.sender.email, found.subject, found.text, found.quoted]
    parts += [mail.text for mail in found.enclosed]
    # A device that scans writes the same words each time. Line ends differ by the way that a mail came.
    contents = [part.content.replace(b"\r\n", b"\n") for part in found.files]
    parts += [hashlib.sha256(content).hexdigest() for content in contents]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _came_before(mail: IncomingMail, key: str) -> bool:
    undecided = [MailState.RECEIVED, MailState.FAILED, MailState.DUPLICATE]
    same = IncomingMail.objects.filter(message_key=key).exclude(message_key="")
    return same.exclude(pk=mail.pk).exclude(state__in=undecided).exists()


# One way for each verdict ---------------------------------------------------------

Way = tuple[MailState, dict[str, Any]]


def _join(mail: IncomingMail, found: Letter, decision: Decision) -> Way:
    if requester.reasons_against_replying(decision.request):
        return MailState.HELD, {}
    contact = join(mail, found, decision.request, person=decision.person)
    return MailState.PLACED, {"request": contact.request, "contact": contact}


def _begin(mail: IncomingMail, found: Letter, decision: Decision) -> Way:
    request = begin(mail, found, decision, by=None)
    return MailState.PLACED, {"request": request, "contact": request.contacts.earliest("pk")}


def _machine(mail: IncomingMail, found: Letter, decision: Decision) -> Way:
    """Keep what a machine wrote as a note of its request: nobody waits for an answer to it."""
    if decision.request is None:
        return MailState.MACHINE, {}
    words = _("An automatic message came from %(sender)s:") % {"sender": found.sender.email}
    text = "\n\n".join(filter(None, [words, found.subject, found.text]))
    contact = _note(mail, decision.request, text, **_columns(found))
    return MailState.MACHINE, {"request": decision.request, "contact": contact}


def _bounce(mail: IncomingMail, found: Letter, decision: Decision) -> Way:
    """Stop mail to an address that is gone for good; of a passing trouble only the message is kept."""
    if found.bounce and found.bounce.is_permanent:
        for email in _returned(found):
            dead_addresses.mark(email, found.bounce.status, found.bounce.original_message_id)
        if decision.request:
            told_of_failed_mail(decision.request)
    return MailState.BOUNCE, {"request": decision.request}


def _returned(found: Letter) -> set[str]:
    """Return the addresses that mail of ours did not reach; of mail that we never sent there are none."""
    original = found.bounce.original_message_id
    sent = OutgoingMail.objects.filter(message_id=original).values_list("to", flat=True).first()
    if sent:
        # Also where it was forwarded from there, and failed only then.
        return {sent}
    signs = claims(original)
    return {email for email in found.bounce.addresses if any(sign.is_for(email) for sign in signs)}


_WAYS: dict[Verdict, Callable[[IncomingMail, Letter, Decision], Way]] = {
    Verdict.JOIN: _join,
    Verdict.NEW: _begin,
    Verdict.MACHINE: _machine,
    Verdict.BOUNCE: _bounce,
}
# Nothing is done with these.
_STATES = {Verdict.HOLD: MailState.HELD, Verdict.OWN: MailState.OWN, Verdict.SPAM: MailState.SPAM}


# What a message becomes -------------------------------------------------------------


def join(mail: IncomingMail, found: Letter, request: SupportRequest, **details: Any) -> Contact:
    """Write a message on a request, in the caller's transaction, and return its contact.

    `details` are further columns of the contact. Raises Refused as intake.reply does.
    """
    text, files = _written(found, found.text, request.language)
    return requester.reply(
        request,
        text=text,
        by=None,
        files=files,
        idempotency_key=message_key(found),
        channel=Channel.EMAIL,
        took_place_at=mail.received_at,
        **_columns(found),
        **details,
    )


def begin(mail: IncomingMail, found: Letter, decision: Decision, *, by: User | None) -> SupportRequest:
    """Make a new request of a message, in the caller's transaction, and return it."""
    writer, words = _author(found, decision)
    language = language_of(f"{found.plain_subject}\n{words}")
    text, files = _written(found, words, language)
    with translation.override(language):
        nameless = _("Without a subject")
    request = requester.receive(
        Intake(
            requester_kind=_kind_of(decision),
            subject=found.plain_subject or nameless,
            text=text,
            channel=Channel.EMAIL,
            person=decision.person,
            name=writer.name,
            email=writer.email,
            files=tuple(files),
            language=language,
            idempotency_key=message_key(found),
            took_place_at=mail.received_at,
            guessed_municipality=decision.municipality,
            has_receipt=not found.automatic and found.takes_automatic_mail,
            details=_columns(found),
        ),
        by=by,
    )
    if decision.forwarded and found.text.strip():
        _note(mail, request, found.text, logged_by=User.objects.filter(email=found.sender.email).first())
    return request


def _author(found: Letter, decision: Decision) -> tuple[Mailbox, str]:
    """Return whose words these are, and the words: of a forward the original sender's."""
    if decision.forwarded and found.forwarded_from:
        return found.forwarded_from, found.forwarded_text
    return found.writer, found.text


def _kind_of(decision: Decision) -> str:
    """Return as what the sender asked before; nothing in a mail tells who a stranger is."""
    last = decision.person and decision.person.requests.order_by("-pk").first()
    return last.requester_kind if last else RequesterKind.OTHER


def _columns(found: Letter) -> dict[str, Any]:
    return {"quoted": found.quoted, "message_id": found.message_id, "copied_to": _copies(found)}


def _copies(found: Letter) -> list[str]:
    """Return who else got the message: neither we nor who wrote it."""
    addressed = dict.fromkeys(box.email for box in (*found.to, *found.cc) if box.email)
    wrote = {found.sender.email, found.writer.email}
    staff = set(User.objects.filter(email__in=addressed).values_list("email", flat=True))
    others = [email for email in addressed if email not in wrote | staff]
    return [email for email in others if not is_own_address(email)][:MOST_COPIES]


def _written(found: Letter, text: str, language: str) -> tuple[str, list[SimpleUploadedFile]]:
    """Return words with the mails that are enclosed and what else their readers must know, and the files."""
    taken, lines = [], []
    with translation.override(language):
        for part in found.files:
            upload = SimpleUploadedFile(attachments.clean_name(part.name), part.content)
            if reasons := attachments.reasons_against(upload):
                lines.append(_("A file was not taken. %(reason)s") % {"reason": " ".join(map(str, reasons))})
            else:
                taken.append(upload)
        if found.is_guessed:
            lines.append(
                _("The letters of this message are a guess: it does not say rightly how it is written.")
            )
        enclosed = [section(mail) for mail in found.enclosed if mail.text != text]
    told = "\n".join(f"[{line}]" for line in lines)
    return "\n\n".join(filter(None, [text, *enclosed, told])), taken


def section(mail: Enclosed) -> str:
    """Return the words of an enclosed mail, marked as that, in the language in force."""
    head = _("Enclosed message from %(sender)s: %(subject)s") % {
        "sender": str(mail.sender) or _("somebody unknown"),
        "subject": mail.subject or _("Without a subject"),
    }
    return f"[{head}]\n\n{mail.text}".strip()


def _note(mail: IncomingMail, request: SupportRequest, text: str, **details: Any) -> Contact:
    contact = Contact.objects.create(
        request=request,
        direction=Direction.NOTE,
        channel=Channel.EMAIL,
        text=text,
        took_place_at=mail.received_at,
        **details,
    )
    index_request(request)
    return contact
