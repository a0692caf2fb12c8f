"""What the desk does with a request: takes, answers, asks back, passes on, ends, begins again.

Every verb raises Refused with the reasons of its `reasons_against_…`, and
Conflict when somebody else has moved the request meanwhile. A verb that only
adds to a request (a note, a call) cannot be in anybody's way and has no such guard.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Permission
from consultations.choices import ACTIVE, Certainty, Channel, Direction, State
from consultations.models import Contact, ContactFile, Person, SupportRequest
from consultations.requests import emails, notices
from consultations.requests.actions import readings, unread
from consultations.requests.actions.undo import as_it_stands, keep_way_back
from consultations.requests.clock import AWAKE, STOPPED, due_for
from consultations.requests.roles import reasons_of_role
from consultations.requests.salutation import written
from consultations.requests.search import index_request
from core import audit
from core.documents.messages import as_html
from core.files import attachments
from core.states import Refused, may_move, move, reasons_against_moving, refuse_for, update, verb

AT_WORK = [State.OPEN, State.WAITING_REQUESTER, State.WAITING_EXPERT]
NOT_TAKEN = gettext_lazy("Nobody has taken the request yet. Take it first.")
NOT_AT_WORK = gettext_lazy("The request is not being worked on. Reopen it first.")


def reasons_against_assigning(request: SupportRequest, *, to: User, by: User) -> list[str]:
    """Return why `by` cannot give the request to `to`; empty when nothing stands against it."""
    if to == by and (reasons := reasons_of_role(by)):
        return reasons
    reasons = []
    takes_over = request.assignee_id not in (None, by.pk)
    if (to != by or takes_over) and not by.has(Permission.ASSIGN_REQUEST):
        reasons.append(_("Your role does not assign requests to others."))
    if to != by and not to.has(Permission.ANSWER_REQUEST):
        reasons.append(_("%(name)s does not answer requests.") % {"name": to.name})
    if request.state not in ACTIVE:
        reasons.append(str(NOT_AT_WORK))
    elif request.assignee_id == to.pk:
        reasons.append(
            _("You already have it.") if to == by else _("%(name)s already has it.") % {"name": to.name}
        )
    return reasons


def reasons_against_assigning_anybody(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot give the request to any colleague; empty when it depends on whom."""
    if not by.has(Permission.ASSIGN_REQUEST):
        return [_("Your role does not assign requests to others.")]
    return [] if request.state in ACTIVE else [str(NOT_AT_WORK)]


@verb(against=reasons_against_assigning)
def assign(request: SupportRequest, *, to: User, by: User) -> None:
    """Give the request to a colleague; a new one is being worked on from now on."""
    before = request.assignee
    if request.state == State.NEW:
        move(request, State.OPEN, also={"assignee": to})
    else:
        update(request, also={"assignee": to})
    audit.record("request.assign", request, by=by, to=to.pk)
    notices.told_of_assignment(request, before=before, by=by)


def reasons_against_taking(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot take the request; empty when nothing stands against it."""
    return reasons_against_assigning(request, to=by, by=by)


def take(request: SupportRequest, *, by: User) -> None:
    """Take the request for oneself."""
    assign(request, to=by, by=by)


class Said(TypedDict, total=False):
    """What may be told of an answer, a question or a call beside its text."""

    # What is written by e-mail or on the web is sent; by any other channel it is written down only.
    channel: str
    files: Iterable[UploadedFile]
    certainty: str
    # How long it took, of a note the looking up.
    minutes: int | None
    place: str
    # Who spoke for the requester.
    person: Person | None
    # When, and who spoke for us, where not now and not `by`.
    took_place_at: datetime | None
    spoken_by: User
    idempotency_key: str
    is_step: bool
    # As which version of the request its writer has seen it, where a colleague's page may be older.
    version: int | None
    # Whether an answer ends the request.
    closes: bool


def reasons_against_answering(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot answer now; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.state == State.NEW:
        reasons.append(str(NOT_TAKEN))
    elif request.state == State.ANSWERED:
        reasons.append(_("The request is answered. You can add to the answer."))
    elif request.state not in AT_WORK:
        reasons.append(str(NOT_AT_WORK))
    return reasons


def answer(
    request: SupportRequest, *, text: str, by: User, is_given: bool = False, **said: Unpack[Said]
) -> Contact:
    """Answer the request. With `is_given` it was said or sent already, and nothing is sent again.

    Raises Refused, too, when a reading of the law had no second reader (`certainty`).
    """
    refuse_for(reasons_against_answering(request, by=by) + _reasons_of_text(written(text, request, by=by)))
    now = {"state": State.ANSWERED, "answered_at": timezone.now(), "assignee": request.assignee or by}
    send = None if is_given else emails.answer
    return _say(request, "answer", text, by, {**STOPPED, **AWAKE, **now}, send=send, is_answer=True, **said)


def reasons_against_adding_to_answer(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot add to the answer now; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.state != State.ANSWERED:
        reasons.append(_("Only an answered request can have something added to its answer."))
    return reasons


def add_to_answer(request: SupportRequest, *, text: str, by: User, **said: Unpack[Said]) -> Contact:
    """Send a further answer to a request that is already answered; refused as an answer is, too."""
    refuse_for(
        reasons_against_adding_to_answer(request, by=by) + _reasons_of_text(written(text, request, by=by))
    )
    now = {"answered_at": timezone.now()}
    return _say(request, "add_to_answer", text, by, now, send=emails.answer, is_answer=True, **said)


def reasons_against_asking_back(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot ask the requester now; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.state == State.NEW:
        reasons.append(str(NOT_TAKEN))
    elif request.state != State.WAITING_REQUESTER and not may_move(request, State.WAITING_REQUESTER):
        reasons.append(str(NOT_AT_WORK))
    return reasons


def ask_back(request: SupportRequest, *, text: str, by: User, **said: Unpack[Said]) -> Contact:
    """Ask the requester something; until they reply the clock does not run. Asking again is a reminder."""
    refuse_for(reasons_against_asking_back(request, by=by) + _reasons_of_text(written(text, request, by=by)))
    now = {"state": State.WAITING_REQUESTER, "asked_back_at": timezone.now()}
    now = {**STOPPED, **now, "assignee": request.assignee or by}
    return _say(request, "ask_back", text, by, now, send=emails.question_back, is_question_back=True, **said)


def reasons_against_noting(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot write a note; empty when nothing stands against it."""
    return reasons_of_role(by) + _reasons_of_merge(request)


def add_note(request: SupportRequest, *, text: str, by: User, **said: Unpack[Said]) -> Contact:
    """Write something down for colleagues; neither the requester nor their municipality reads it."""
    refuse_for(reasons_against_noting(request, by=by) + _reasons_of_text(text))
    return _say(request, "note", text, by, {}, direction=Direction.NOTE, channel=Channel.WEB, **said)


reasons_against_logging = reasons_against_noting


def log_contact(
    request: SupportRequest, *, direction: str, text: str, by: User, **said: Unpack[Said]
) -> Contact:
    """Write down a call, visit or letter on a request.

    When the requester gives what we waited for, the request is ours again.
    Raises Refused, too, when it lies in the future.
    """
    refuse_for(reasons_against_logging(request, by=by) + _reasons_of_text(text))
    at = said["took_place_at"] = said.get("took_place_at") or timezone.now()
    if at > timezone.now():
        raise Refused([_("What has not taken place yet cannot be logged.")])
    now: dict[str, Any] = {}
    if direction == Direction.INBOUND:
        said["person"] = said.get("person") or request.requester
        if request.state == State.WAITING_REQUESTER:
            now = {"state": State.OPEN, "waiting_since": at, "due_on": due_for(request, at)}
    return _say(request, "log_contact", text, by, now, direction=direction, **said)


def _say(
    request: SupportRequest,
    verb_name: str,
    text: str,
    by: User,
    now: dict[str, Any],
    *,
    send: Callable[[SupportRequest, Contact], object] | None = None,
    direction: str = Direction.OUTBOUND,
    channel: str = Channel.EMAIL,
    files: Iterable[UploadedFile] = (),
    certainty: str = "",
    version: int | None = None,
    closes: bool = False,
    **columns: Any,
) -> Contact:
    """Write what is said, let the request stand as it does `now`, and send it where we carry it.

    What goes to the requester or to colleagues is written in core.documents.messages.
    """
    has_seen = version in (None, request.version)
    needs_reader = certainty == Certainty.INTERPRETATION and send is not None
    if needs_reader:
        refuse_for(readings.reasons_against_sending_interpretation(request, text=text, by=by))
    before = as_it_stands(request)
    with attachments.kept(files) as kept, transaction.atomic():
        state = now.pop("state", request.state)
        if state != request.state:
            move(request, state, also=now)
        elif now:
            update(request, also=now)
        if has_seen:
            unread.read(request, by=by, version=request.version)
        columns = {"spoken_by": by, **columns, "direction": direction, "certainty": certainty}
        text = text.strip()
        columns["text_html"] = as_html(text) if send or direction == Direction.NOTE else ""
        contact = Contact.objects.create(request=request, channel=channel, text=text, logged_by=by, **columns)
        ContactFile.objects.bulk_create(
            ContactFile(contact=contact, attachment=attachments.record(file, by=by)) for file in kept
        )
        if needs_reader:
            readings.use(contact)
        audit.record(f"request.{verb_name}", request, by=by, channel=channel, direction=direction)
        if carry := send if Channel(channel).is_carried else None:
            carry(request, contact)
        if closes:
            close(request, by=by)
        if carry:
            keep_way_back(contact, before=before)
        notices.told_of_contact(contact)
        index_request(request)
    return contact


def reasons_against_waiting_for_expert(request: SupportRequest, *, by: User) -> list[str]:
    """Return why the request cannot wait for an expert now; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.state == State.NEW:
        reasons.append(str(NOT_TAKEN))
    elif request.state == State.WAITING_EXPERT:
        reasons.append(_("The request already waits for an expert."))
    elif request.state != State.OPEN:
        reasons.append(_("Only a request that is being worked on can wait for an expert."))
    return reasons


@verb(against=reasons_against_waiting_for_expert)
def wait_for_expert(request: SupportRequest, *, by: User) -> None:
    """Set the request aside until an expert has answered us; the requester still waits for us."""
    move(request, State.WAITING_EXPERT)
    audit.record("request.wait_for_expert", request, by=by)


def reasons_against_going_on(request: SupportRequest, *, by: User) -> list[str]:
    """Return why work cannot go on now; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.state not in (State.WAITING_REQUESTER, State.WAITING_EXPERT):
        reasons.append(_("The request does not wait for anybody."))
    return reasons


@verb(against=reasons_against_going_on)
def go_on(request: SupportRequest, *, by: User) -> None:
    """End the waiting for the requester or the expert."""
    # While an expert was asked the clock ran on.
    start = request.waiting_since or timezone.now()
    due_on = request.due_on or due_for(request, start)
    move(request, State.OPEN, also={"waiting_since": start, "due_on": due_on})
    audit.record("request.go_on", request, by=by)


def reasons_against_referring(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot refer the request elsewhere; empty when nothing stands against it."""
    return reasons_of_role(by) + reasons_against_moving(request, State.REFERRED)


@verb(against=reasons_against_referring)
def refer(request: SupportRequest, *, to: str, by: User) -> None:
    """Pass the request on; our part of it is over. Raises Refused, too, when it is not said to whom."""
    if not to.strip():
        raise Refused([_("Write to whom the request is referred.")])
    move(request, State.REFERRED, also={**_ended(), "referred_to": to.strip()})
    audit.record("request.refer", request, by=by)
    notices.told_of_end(request, by=by)


def reasons_against_closing(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot close the request; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.state in (State.NEW, State.OPEN, State.WAITING_EXPERT):
        reasons.append(_("Answer it or refer it first: a request is not closed without a word."))
    elif not may_move(request, State.CLOSED):
        reasons += reasons_against_moving(request, State.CLOSED)
    elif request.has_open_plan:
        reasons.append(_("In-depth support goes on. Finish or drop its steps and end it first."))
    return reasons


@verb(against=reasons_against_closing)
def close(request: SupportRequest, *, by: User) -> None:
    """End the request; a reply of the requester within 60 days reopens it."""
    move(request, State.CLOSED, also=_ended())
    audit.record("request.close", request, by=by)
    notices.told_of_end(request, by=by)


def reasons_against_marking_duplicate(request: SupportRequest, *, by: User) -> list[str]:
    """Return why the request cannot be marked a duplicate; empty when nothing stands against it."""
    return reasons_of_role(by) + reasons_against_moving(request, State.DUPLICATE)


@verb(against=reasons_against_marking_duplicate)
def mark_duplicate(request: SupportRequest, *, of: SupportRequest, by: User) -> None:
    """Say that the same was asked before, in `of`. Raises Refused, too, when that cannot be the first one."""
    if of.pk == request.pk:
        raise Refused([_("A request cannot be a duplicate of itself.")])
    if of.state in (State.DUPLICATE, State.SPAM):
        names = {"reference": of.reference, "state": of.get_state_display()}
        raise Refused([_("%(reference)s is itself “%(state)s”. Give the one that counts.") % names])
    if request.duplicates.exists():
        raise Refused([_("Other requests are marked as duplicates of this one.")])
    if request.is_home_in_danger and not of.is_home_in_danger:
        names = {"reference": of.reference}
        raise Refused(
            [_("Somebody loses a home here. Write it into %(reference)s first, or merge the two.") % names]
        )
    move(request, State.DUPLICATE, also={**_ended(), "duplicate_of": of})
    audit.record("request.mark_duplicate", request, by=by, of=of.pk)
    notices.told_of_end(request, by=by)


def reasons_against_marking_spam(request: SupportRequest, *, by: User) -> list[str]:
    """Return why the request cannot be marked spam; empty when nothing stands against it."""
    return reasons_of_role(by) + reasons_against_moving(request, State.SPAM)


@verb(against=reasons_against_marking_spam)
def mark_spam(request: SupportRequest, *, by: User) -> None:
    """Say that nobody asks anything here."""
    move(request, State.SPAM, also=_ended())
    audit.record("request.mark_spam", request, by=by)
    notices.told_of_end(request, by=by)


def reasons_against_reopening(request: SupportRequest, *, by: User) -> list[str]:
    """Return why the request cannot be reopened; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.state in ACTIVE:
        reasons.append(_("The request is not closed."))
    return reasons + _reasons_of_merge(request)


@verb(against=reasons_against_reopening)
def reopen(request: SupportRequest, *, by: User) -> None:
    """Begin again with a request that was over. Whoever had it has it again if they still answer requests."""
    now, before = timezone.now(), request.assignee
    assignee = before if before and before.has(Permission.ANSWER_REQUEST) else by
    running = {"assignee": assignee, "waiting_since": now, "due_on": due_for(request, now)}
    over = {"answered_at": None, "closed_at": None, "duplicate_of": None, "referred_to": ""}
    move(request, State.OPEN, also={**running, **over})
    audit.record("request.reopen", request, by=by)
    notices.told_of_assignment(request, before=before, by=by)


def _reasons_of_merge(request: SupportRequest) -> list[str]:
    if not request.is_merged:
        return []
    names = {"reference": request.survivor().reference}
    return [_("The request is merged into %(reference)s. Go on there, or undo it under “Related”.") % names]


def _reasons_of_text(text: str) -> list[str]:
    return [] if text.strip() else [_("Write a text.")]


def _ended() -> dict[str, Any]:
    return {**STOPPED, **AWAKE, "has_unread": False, "closed_at": timezone.now()}
