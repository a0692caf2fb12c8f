"""How a request comes in, and what its requester does with it afterwards.

Three readers (the public form, the desk's logging, the official's form) make
one Intake of what they were given, and call one verb, `receive`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import ACTIVE, ON_US, Channel, Direction, Receipt, State
from consultations.intake.urgency import speaks_of_losing_home
from consultations.models import Contact, ContactFile, Person, SupportRequest, Topic
from consultations.models.officials import still_theirs
from consultations.requests import clock, emails, notices
from consultations.requests.actions import hand_over
from consultations.requests.actions.unread import NEW_WORDS
from consultations.requests.search import index_request
from core import audit
from core.files import attachments
from core.files.attachments import Kept
from core.notices.actions import mark_read
from core.states import move, refuse_for, update
from municipalities.models import Municipality

# What a new person and the first contact have from how a request came in.
OF_PERSON = ("name", "email", "phone", "organisation", "municipality")
OF_CONTACT = ("channel", "minutes", "place", "spoken_by")
# What a request has from how it came in; and from the one that it goes on from.
OF_REQUEST = (
    "requester_kind", "channel", "municipality", "guessed_municipality", "topic", "subject", "language",
    "consent_publish", "idempotency_key", "is_official", "is_personal", "follows", *clock.HOME,
)  # fmt: skip
KEPT = (
    "requester", "requester_kind", "municipality", "topic", "subject", "language", "consent_publish",
    "is_official", "is_personal", "is_demo",
)  # fmt: skip


Row = TypeVar("Row", SupportRequest, Contact)


@dataclass(frozen=True, kw_only=True)
class Intake:
    """All that is known of a request at the moment it comes in.

    `person` is somebody the portal knows already; without one, a new person is made of name, e-mail, phone
    and organisation. `took_place_at` is when a call or visit was, if not now. `details` are further columns
    of the first contact (of mail: quoted, message_id, copied_to).
    """

    requester_kind: str
    subject: str
    text: str
    channel: str = Channel.WEB
    person: Person | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    organisation: str = ""
    municipality: Municipality | None = None
    topic: Topic | None = None
    files: tuple[UploadedFile, ...] = ()
    language: str = "cs"
    consent_publish: bool = False
    idempotency_key: str | None = None
    took_place_at: datetime | None = None
    minutes: int | None = None
    place: str = ""
    spoken_by: User | None = None
    is_official: bool = False
    is_personal: bool = False
    home_loss: str = ""
    home_at_risk_by: date | None = None
    follows: SupportRequest | None = None
    guessed_municipality: Municipality | None = None
    # A machine that writes gets no automatic word back.
    has_receipt: bool = True
    # Of what was answered on the spot nobody is told.
    has_notice: bool = True
    details: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Mapping[str, Any], **known: Any) -> "Intake":
        """Return what a form says of a request, and what is known besides."""
        names = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in said.items() if name in names}, **known)

    def columns(self, names: Iterable[str]) -> dict[str, Any]:
        """Return what it says, by the names of columns."""
        return {name: getattr(self, name) for name in names}


def receive(intake: Intake, *, by: User | None) -> SupportRequest:
    """Write down a new request with its first contact and files, and queue its receipt.

    `by` is the account that logs or asks, None for a visitor. The same idempotency key always gives the first
    request it came with, however many arrive at once. Raises ValidationError for a file that cannot be taken.
    """
    return _once(
        lambda: find_received(intake.idempotency_key),
        lambda files: _write_request(intake, files, by),
        intake.files,
    )


def _once(
    find: Callable[[], Row | None], write: Callable[[list[Kept]], Row], files: Iterable[UploadedFile]
) -> Row:
    """Return what came with a form's key already, or write it with its files; of two at once one writes."""
    if first := find():
        return first
    try:
        with attachments.kept(files) as stored, transaction.atomic():
            return write(stored)
    except IntegrityError:
        if (first := find()) is None:
            raise
        return first


def find_received(idempotency_key: str | None) -> SupportRequest | None:
    """Return the request that came with a form's key, or None."""
    known = SupportRequest.objects.filter(idempotency_key=idempotency_key)
    return known.first() if idempotency_key else None


def _write_request(intake: Intake, files: list[Kept], by: User | None) -> SupportRequest:
    received_at = intake.took_place_at or timezone.now()
    user = by if intake.is_official else None
    person = intake.person or Person.objects.create(**intake.columns(OF_PERSON), user=user)
    # What a colleague writes down has been read by them.
    is_unread = by is None or not by.is_contact_centre
    columns = intake.columns(OF_REQUEST)
    request = _begin(received_at, **columns, requester=person, created_by=by, has_unread=is_unread)
    details = {"took_place_at": received_at, **intake.columns(OF_CONTACT), **intake.details}
    _write_contact(request, intake.text, files, by=by, **details)
    told = {"channel": str(intake.channel), "kind": str(intake.requester_kind), "files": len(files)}
    audit.record("request.receive", request, by=by, official=intake.is_official, **told)
    _acknowledge(request, is_wanted=intake.has_receipt)
    index_request(request)
    if intake.has_notice:
        is_urgent = speaks_of_losing_home(intake.subject, intake.text)
        notices.told_of_new(request, is_urgent=is_urgent, by=by)
    return request


def _begin(received_at: datetime, **columns: Any) -> SupportRequest:
    request = SupportRequest(received_at=received_at, waiting_since=received_at, **columns)
    request.due_on = clock.due_for(request, received_at)
    request.save()
    return request


def _acknowledge(request: SupportRequest, *, is_wanted: bool = True) -> None:
    """Send the receipt, and keep whether one was owed, so that nobody has to guess it afterwards."""
    owed = emails.receipt_owed(request) if is_wanted else Receipt.MACHINE
    SupportRequest.objects.filter(pk=request.pk).update(receipt=owed)
    if owed == Receipt.OWED:
        emails.receipt(request)


def _write_contact(
    request: SupportRequest, text: str, files: list[Kept], *, by: User | None, **details: Any
) -> Contact:
    details = {"person": request.requester, "logged_by": by, **details}
    contact = Contact.objects.create(request=request, direction=Direction.INBOUND, text=text, **details)
    ContactFile.objects.bulk_create(
        ContactFile(contact=contact, attachment=attachments.record(file, by=by)) for file in files
    )
    return contact


def reasons_against_replying(request: SupportRequest) -> list[str]:
    """Return why the requester cannot write on this request; empty when nothing stands against it.

    A request that is done with begins again by a reply; only what the desk has set aside as spam does not.
    """
    if request.state == State.SPAM:
        return [_("We do not deal with this request. If that is a mistake, ask us anew.")]
    return []


def begins_anew(request: SupportRequest) -> bool:
    """Tell whether a reply would begin a new, linked request, since the old one ended too long ago."""
    return request.is_done and not request.can_reopen_by_reply


def reply(
    request: SupportRequest,
    *,
    text: str,
    by: User | None,
    files: Iterable[UploadedFile] = (),
    idempotency_key: str | None = None,
    channel: str = Channel.WEB,
    home: Mapping[str, Any] | None = None,
    **details: Any,
) -> Contact:
    """Write what the requester adds, and give the request back to us; return the contact.

    `by` is None behind the private link, and the account of an official. What is written on a merged request
    goes to the one that it was merged into, and the contact's `request` is a new, linked one when that ended
    too long ago. The same idempotency key gives the contact it first came with. `home` is when they lose
    their home, where they say so now, `details` are further columns of the contact (who wrote, and what
    mail has). Raises Refused with reasons_against_replying,
    ValidationError for a file that cannot be taken.
    """
    details |= {"idempotency_key": idempotency_key, "channel": channel}
    return _once(
        lambda: find_reply(request, idempotency_key),
        lambda stored: _write_reply(request, text, stored, by, home or {}, **details),
        files,
    )


def find_reply(request: SupportRequest, idempotency_key: str | None) -> Contact | None:
    """Return the contact that came with a form's key on this request or on the one that goes on from it."""
    known = Contact.objects.filter(idempotency_key=idempotency_key).select_related("request")
    contact = known.first() if idempotency_key else None
    if contact is None:
        return None
    written_on = {contact.request_id, contact.request.follows_id, contact.came_to_id}
    return contact if written_on & {request.pk, request.survivor().pk} else None


def _write_reply(
    request: SupportRequest,
    text: str,
    files: list[Kept],
    by: User | None,
    home: Mapping[str, Any],
    *,
    channel: str,
    **details: Any,
) -> Contact:
    addressed, request = request, lock_survivor(request)
    refuse_for(reasons_against_replying(request))
    now, anew = timezone.now(), begins_anew(request)
    details = {"took_place_at": now, "person": _writer_of(addressed, by), **details}
    _take_over(request, by)
    was_done, danger = request.is_done, notices.danger_of(request)
    if anew:
        request = _go_on_from(request, by, now, channel, home)
    else:
        _give_back_to_us(request, now, home)
        details["came_to"] = None if addressed.pk == request.pk else addressed
    contact = _write_contact(request, text, files, by=by, channel=channel, **details)
    audit.record("request.reply", request, by=by, files=len(files), channel=str(channel))
    if anew:
        _acknowledge(request)
    index_request(request)
    told = {"before": danger, "is_urgent": speaks_of_losing_home(text), "is_begun_anew": was_done}
    notices.told_of_reply(request, **told, by=by)
    if by:
        mark_read(addressed, by=by)
    return contact


def _writer_of(request: SupportRequest, by: User | None) -> Person:
    """Return who writes: of a municipality whichever official it is, else the requester."""
    if by is None or not request.is_official or request.requester.user_id == by.pk:
        return request.requester
    return hand_over.person_of(by, request.municipality)


def _take_over(request: SupportRequest, by: User | None) -> None:
    """Where the official who asked has left, whoever goes on for the municipality is answered from now on."""
    is_for_all = request.is_official and not request.is_personal
    if by is None or not is_for_all or request.requester.user_id in (None, by.pk):
        return
    if not SupportRequest.objects.filter(still_theirs(), pk=request.pk).exists():
        hand_over.pass_on(request, to=hand_over.person_of(by, request.municipality), by=by)


def _give_back_to_us(request: SupportRequest, now: datetime, home: Mapping[str, Any]) -> None:
    """Open what waited for the requester or was over; what is ours already only learns of the reply."""
    said = {**home, **clock.NO_OUTCOME} if home else {}
    if request.state in ON_US:
        since = request.waiting_since or now
        due_on = clock.due_for(request, since, **said) if said else request.due_on
        # The version moves on, so that somebody who is answering just now is shown the reply first.
        update(request, also={**NEW_WORDS, **said, "waiting_since": since, "due_on": due_on})
        return
    begun = {**NEW_WORDS, **said, "waiting_since": now, "due_on": clock.due_for(request, now, **said)}
    move(request, State.OPEN, also={**begun, "closed_at": None, "duplicate_of": None, "referred_to": ""})


def _go_on_from(
    old: SupportRequest, by: User | None, now: datetime, channel: str, home: Mapping[str, Any]
) -> SupportRequest:
    kept = {**NEW_WORDS, **{name: getattr(old, name) for name in KEPT}}
    if old.is_home_in_danger:
        # As long as nobody knows what became of the home, they may still be without one.
        kept |= {name: getattr(old, name) for name in clock.HOME}
    new = _begin(now, **{**kept, **home}, channel=channel, created_by=by or old.created_by, follows=old)
    audit.record("request.receive", new, by=by, channel=str(channel), follows=old.pk)
    return new


def reasons_against_withdrawing(request: SupportRequest) -> list[str]:
    """Return why the requester cannot withdraw the request; empty when nothing stands against it."""
    if request.state == State.WITHDRAWN:
        return [_("The request is withdrawn already.")]
    if request.state not in ACTIVE:
        return [_("We no longer work on this request, so there is nothing to withdraw.")]
    return []


@transaction.atomic
def withdraw(request: SupportRequest, *, by: User | None) -> None:
    """Stop the work on a request because its requester wants no answer any more.

    A merged request is withdrawn where it was merged into. Raises Refused with reasons_against_withdrawing.
    """
    request = lock_survivor(request)
    refuse_for(reasons_against_withdrawing(request))
    move(request, State.WITHDRAWN, also={**clock.STOPPED, **clock.AWAKE, "closed_at": timezone.now()})
    audit.record("request.withdraw", request, by=by)
    notices.told_of_withdrawal(request, by=by)


def reasons_against_asking_deletion(request: SupportRequest) -> list[str]:
    """Return why deletion cannot be asked for; empty when nothing stands against it."""
    return [_("You have asked for deletion already.")] if request.deletion_requested_at else []


@transaction.atomic
def ask_deletion(request: SupportRequest, *, by: User | None) -> None:
    """Note that the requester wants their data deleted; the desk sees it and decides as the law says.

    Of a merged request it is noted where it was merged into.
    Raises Refused with reasons_against_asking_deletion.
    """
    request = lock_survivor(request)
    refuse_for(reasons_against_asking_deletion(request))
    update(request, also={"deletion_requested_at": timezone.now()})
    audit.record("request.ask_deletion", request, by=by)
    notices.told_of_deletion_asked(request, by=by)


def lock_survivor(request: SupportRequest) -> SupportRequest:
    """Return the request that takes what comes to this one, kept as it is until the transaction ends."""
    while True:
        survivor = request.survivor()
        survivor.refresh_from_db(from_queryset=SupportRequest.objects.select_for_update())
        if survivor is not request:
            request.refresh_from_db()
        # Otherwise a merge was made or undone just before the lock was had.
        if request.survivor().pk == survivor.pk:
            return survivor
