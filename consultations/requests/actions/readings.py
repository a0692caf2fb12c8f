"""The second reading of an answer that interprets the law: asked for, approved, sent back, used.

A verb raises Refused with its reasons, and Conflict when the text is no longer the `version` that was seen.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from consultations.choices import ACTIVE, ReadingState, State
from consultations.models import Contact, SecondReading, SupportRequest
from consultations.models.reading import text_digest
from consultations.requests import notices
from consultations.requests.roles import reasons_of_role
from core import audit
from core.notices.actions import mark_done
from core.states import Refused, check_seen, move, reasons_against_moving, refuse_for, verb

# Whoever answers requests or approves what we publish can judge a reading of the law.
READERS = (Permission.ANSWER_REQUEST, Permission.APPROVE_SUMMARY)


def may_read(user: User) -> bool:
    """Tell whether an account can be anybody's second reader."""
    return any(user.has(permission) for permission in READERS)


def reasons_against_asking_reading(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot ask for a second reading now; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.state not in [*ACTIVE, State.ANSWERED]:
        reasons.append(_("The request is not being worked on. Reopen it first."))
    return reasons


@transaction.atomic
def ask_reading(request: SupportRequest, *, text: str, by: User, reader: User | None = None) -> SecondReading:
    """Ask a colleague, or whoever is free, to read an answer that interprets the law.

    Raises Refused, too, when its reader cannot be or the same text waits already.
    """
    reasons = reasons_against_asking_reading(request, by=by)
    if not text.strip():
        reasons.append(_("Write a text."))
    if reader == by:
        reasons.append(_("The second reader has to be somebody else."))
    elif reader and not may_read(reader):
        reasons.append(_("%(name)s does not read answers.") % {"name": reader.name})
    if request.readings.waiting().filter(digest=text_digest(text)).exists():
        reasons.append(_("This text already waits for a second reader."))
    refuse_for(reasons)
    said = {"text": text.replace("\r\n", "\n").strip(), "digest": text_digest(text)}
    reading = SecondReading.objects.create(request=request, asked_by=by, reader=reader, **said)
    audit.record("reading.ask", reading, by=by, request=request.pk, reader=reader.pk if reader else None)
    notices.told_of_reading_asked(reading)
    return reading


def _reasons_against_deciding(reading: SecondReading, to: str, by: User) -> list[str]:
    reasons = []
    if not may_read(by):
        reasons.append(_("Your role does not read answers for others."))
    if reading.asked_by_id == by.pk:
        reasons.append(_("You wrote it, so somebody else has to read it."))
    return reasons + reasons_against_moving(reading, to)


def reasons_against_approving_reading(reading: SecondReading, *, by: User) -> list[str]:
    """Return why `by` cannot be the second reader who approves the text; empty when they can."""
    return _reasons_against_deciding(reading, ReadingState.APPROVED, by)


@verb(against=reasons_against_approving_reading, versioned=True)
def approve(reading: SecondReading, *, version: int, by: User) -> None:
    """Say that exactly this text may be sent."""
    _decide(reading, ReadingState.APPROVED, by)
    audit.record("reading.approve", reading, by=by, request=reading.request_id)


def _decide(reading: SecondReading, to: ReadingState, by: User, **also: str) -> None:
    move(reading, to, also={"decided_at": timezone.now(), "decided_by": by, **also})
    mark_done(reading, notices.READING_ASKED.key)
    notices.told_of_reading_decided(reading)


@transaction.atomic
def send_back(reading: SecondReading, *, remark: str, version: int, by: User) -> None:
    """Return the text to its author with what is to be mended. Raises Refused, too, without a remark."""
    check_seen(reading, version)
    reasons = _reasons_against_deciding(reading, ReadingState.SENT_BACK, by)
    if not remark.strip():
        reasons.append(_("Write what is to be mended."))
    refuse_for(reasons)
    _decide(reading, ReadingState.SENT_BACK, by, remark=remark.strip())
    audit.record("reading.send_back", reading, by=by, request=reading.request_id)


def reasons_against_withdrawing(reading: SecondReading, *, by: User) -> list[str]:
    """Return why `by` cannot take the text back from its reader; empty when they can."""
    return reasons_of_role(by) or reasons_against_moving(reading, ReadingState.WITHDRAWN)


@verb(against=reasons_against_withdrawing, versioned=True)
def withdraw(reading: SecondReading, *, version: int, by: User) -> None:
    """Take a text back: it will not be sent as it is."""
    move(reading, ReadingState.WITHDRAWN)
    mark_done(reading, notices.READING_ASKED.key)
    audit.record("reading.withdraw", reading, by=by, request=reading.request_id)


def reasons_against_sending_interpretation(request: SupportRequest, *, text: str, by: User) -> list[str]:
    """Return why a reading of the law cannot be sent as it is; empty when a second reader approved it."""
    if SecondReading.objects.allowing(request, text).exists():
        return []
    if request.readings.waiting().filter(digest=text_digest(text)).exists():
        return [_("This text still waits for its second reader.")]
    if request.readings.filter(state=ReadingState.APPROVED).exists():
        return [_("The text is not the one that the second reader approved. Ask for a second reading of it.")]
    return [_("A reading of the law needs a second reader before it is sent. Ask a colleague to read it.")]


def use(contact: Contact) -> None:
    """Mark the reading of an answer that was just written as used, inside the answer's transaction.

    Raises Refused when no approved reading of this text is left, Conflict when it was used meanwhile.
    """
    reading = SecondReading.objects.allowing(contact.request, contact.text).order_by("pk").first()
    if reading is None:
        raise Refused(
            reasons_against_sending_interpretation(contact.request, text=contact.text, by=contact.logged_by)
        )
    move(reading, ReadingState.USED, also={"used_as": contact})


def give_back(contact: Contact) -> None:
    """Let the reading of an answer that never left be used once more, inside the caller's transaction."""
    for reading in SecondReading.objects.filter(used_as=contact, state=ReadingState.USED):
        move(reading, ReadingState.APPROVED, also={"used_as": None})
