"""A question to an outside expert: written, checked, sent and taken back by the desk; answered or declined.

The expert gets what was written for them and the files chosen for them, nothing else.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from consultations.choices import DeclineReason, ExpertState, State
from consultations.experts import emails, tasks
from consultations.experts.tasks import end_waiting, look_after_experts, next_step_on, tell
from consultations.models import Contact, ContactFile, ExpertFile, ExpertQuestion, SupportRequest
from consultations.requests.actions import desk
from consultations.requests.known_people import known_of
from consultations.requests.roles import reasons_of_role
from core import audit
from core.detector.finds import Find, find, open_finds
from core.detector.justifications import reasons_against_keeping
from core.files import attachments
from core.links.models import new_link
from core.states import check_seen, move, reasons_against_moving, refuse_for, update, verb

NO_DRAFT = gettext_lazy("The question is sent already.")
NOT_WAITED_FOR = gettext_lazy("No answer of this expert is being waited for.")


def reasons_against_writing(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot write to an expert about a request; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.state == State.NEW:
        reasons.append(str(desk.NOT_TAKEN))
    elif request.state not in desk.AT_WORK:
        reasons.append(str(desk.NOT_AT_WORK))
    return reasons


@transaction.atomic
def write(
    request: SupportRequest, *, by: User, files: Collection[ContactFile] = (), **words: Any
) -> ExpertQuestion:
    """Begin a question to an expert, `words` by the names of its columns; nothing is sent yet.

    Raises Refused with reasons_against_writing, or for a file of another request.
    """
    refuse_for(reasons_against_writing(request, by=by) + _reasons_of_files(request, files))
    question = ExpertQuestion.objects.create(request=request, written_by=by, **words)
    _set_files(question, files)
    audit.record("expert.write", question, by=by, request=request.pk, files=len(files))
    return question


def reasons_against_editing(question: ExpertQuestion, *, by: User) -> list[str]:
    """Return why `by` cannot change a question; empty when nothing stands against it."""
    return reasons_of_role(by) + ([] if question.state == ExpertState.DRAFT else [str(NO_DRAFT)])


@verb(against=reasons_against_editing, versioned=True)
def edit(
    question: ExpertQuestion, /, *, version: int, by: User, files: Collection[ContactFile] = (), **words: Any
) -> None:
    """Write over a draft. Raises Refused for a file of another request, too."""
    refuse_for(_reasons_of_files(question.request, files))
    update(question, also=words)
    question.files.all().delete()
    _set_files(question, files)
    audit.record("expert.edit", question, by=by, request=question.request_id, files=len(files))


def _reasons_of_files(request: SupportRequest, files: Collection[ContactFile]) -> list[str]:
    chosen = [file.pk for file in files]
    theirs = ContactFile.objects.filter(pk__in=chosen, contact__request=request).count()
    return [] if theirs == len(chosen) else [_("Choose files of this request only.")]


def _set_files(question: ExpertQuestion, files: Collection[ContactFile]) -> None:
    ExpertFile.objects.bulk_create(
        ExpertFile(question=question, file=file, number=number) for number, file in enumerate(files, start=1)
    )


@verb(against=reasons_against_editing, versioned=True)
def discard(question: ExpertQuestion, *, version: int, by: User) -> None:
    """Throw a draft away."""
    audit.record("expert.discard", question, by=by, request=question.request_id)
    question.delete()


def finds_in(question: ExpertQuestion) -> list[Find]:
    """Return what in a question could tell whom it is about."""
    known = known_of(SupportRequest.objects.filter(pk=question.request_id))
    return find({"question": question.question}, known)


@transaction.atomic
def keep_find(question: ExpertQuestion, *, key: str, reason: str, version: int, by: User) -> None:
    """Keep the find of this key in the question, saying why.

    Raises Refused with reasons_against_editing, without a reason where one is needed, or when nothing
    like that was found; Conflict when it changed meanwhile.
    """
    check_seen(question, version)
    one = next((one for one in open_finds(finds_in(question), question.kept_finds) if one.key == key), None)
    refuse_for(reasons_against_editing(question, by=by) + reasons_against_keeping(one, reason))
    assert one is not None  # refused otherwise
    kept = {key: {"found": one.found, "reason": reason.strip()}}
    update(question, also={"kept_finds": question.kept_finds | kept})
    audit.record("expert.keep_find", question, by=by, request=question.request_id)


def reasons_against_sending(question: ExpertQuestion, *, by: User) -> list[str]:
    """Return why `by` cannot send a question now: each find by name; empty when nothing stands against it."""
    reasons = reasons_against_writing(question.request, by=by)
    if question.state != ExpertState.DRAFT:
        return [*reasons, str(NO_DRAFT)]
    if question.due_on < timezone.localdate():
        reasons.append(_("The day by which you ask for the answer is over."))
    return reasons + list(map(str, open_finds(finds_in(question), question.kept_finds)))


@verb(against=reasons_against_sending, versioned=True)
def send(question: ExpertQuestion, *, version: int, by: User) -> None:
    """Send a draft; the request waits for the expert from now on."""
    step = next_step_on(question, after=timezone.localdate())
    move(question, ExpertState.SENT, also={"sent_at": timezone.now(), "sent_by": by, "next_step_on": step})
    audit.record("expert.send", question, by=by, request=question.request_id)
    _wait(question.request, by)
    emails.expert_question(question)
    look_after_experts.plan()


def _wait(request: SupportRequest, by: User) -> None:
    if not desk.reasons_against_waiting_for_expert(request, by=by):
        desk.wait_for_expert(request, by=by)


def reasons_against_renewing_link(question: ExpertQuestion, *, by: User) -> list[str]:
    """Return why `by` cannot make a new link; empty when nothing stands against it."""
    return reasons_of_role(by) + ([] if question.shown_state == ExpertState.SENT else [str(NOT_WAITED_FOR)])


@verb(against=reasons_against_renewing_link, versioned=True)
def renew_link(question: ExpertQuestion, *, version: int, by: User) -> None:
    """Make a new link and send it to the expert; the one before opens nothing at once."""
    update(question, also=new_link())
    audit.record("expert.renew_link", question, by=by, request=question.request_id)
    emails.expert_question(question)


def reasons_against_reminding(question: ExpertQuestion, *, by: User) -> list[str]:
    """Return why `by` cannot remind the expert now; empty when nothing stands against it."""
    reasons = reasons_against_renewing_link(question, by=by)
    reminded_on = timezone.localdate(question.reminded_at) if question.reminded_at else None
    if question.shown_state == ExpertState.SENT and reminded_on == timezone.localdate():
        reasons.append(_("The expert was reminded today already."))
    return reasons


@verb(against=reasons_against_reminding, versioned=True)
def remind(question: ExpertQuestion, *, version: int, by: User) -> None:
    """Send the link, the same one, to the expert once more."""
    tasks.remind(question, by=by)


def reasons_against_prolonging(question: ExpertQuestion, *, by: User) -> list[str]:
    """Return why `by` cannot give the expert more time; empty when nothing stands against it."""
    is_sent = question.state in (ExpertState.SENT, ExpertState.EXPIRED)
    return reasons_of_role(by) + ([] if is_sent else [str(NOT_WAITED_FOR)])


@verb(against=reasons_against_prolonging, versioned=True)
def prolong(question: ExpertQuestion, *, due_on: date, expires_on: date, version: int, by: User) -> None:
    """Give more time, or an expired link a new life; Refused for days over or the wrong way round, too."""
    if due_on < timezone.localdate() or expires_on < due_on:
        refuse_for([_("The days have to be in the future, the end of the link not before the answer.")])
    question.due_on, question.expires_on = due_on, expires_on
    step = next_step_on(question, after=timezone.localdate())
    also = {"due_on": due_on, "expires_on": expires_on, "next_step_on": step}
    if question.state == ExpertState.EXPIRED:
        move(question, ExpertState.SENT, also=also)
        _wait(question.request, by)
    else:
        update(question, also=also)
    audit.record("expert.prolong", question, by=by, request=question.request_id)
    emails.expert_reminder(question)
    look_after_experts.plan()


def reasons_against_revoking(question: ExpertQuestion, *, by: User) -> list[str]:
    """Return why `by` cannot take the question back; empty when nothing stands against it."""
    return reasons_of_role(by) + reasons_against_moving(question, ExpertState.REVOKED)


@verb(against=reasons_against_revoking, versioned=True)
def revoke(question: ExpertQuestion, *, version: int, by: User) -> None:
    """Take a question back: its link opens nothing from now on, and the expert is told."""
    move(question, ExpertState.REVOKED, also={"next_step_on": None})
    audit.record("expert.revoke", question, by=by, request=question.request_id)
    if not question.is_past_its_end:
        emails.expert_revoked(question)
    end_waiting(question, by=by)


@transaction.atomic
def open_question(question: ExpertQuestion) -> None:
    """Note that the expert pressed the button; every time in the audit, the first time on the question."""
    ExpertQuestion.objects.filter(pk=question.pk, opened_at=None).update(opened_at=timezone.now())
    audit.record("expert.open", question, by=None, request=question.request_id)


def reasons_against_settling(question: ExpertQuestion) -> list[str]:
    """Return why the expert can neither answer nor decline now; empty when nothing stands against it."""
    if question.is_link_dead:
        return [_("The link no longer works.")]
    if question.state == ExpertState.ANSWERED:
        return [_("You have answered already. If you want to add something, write to us.")]
    if question.state == ExpertState.DECLINED:
        return [_("You have told us that you will not answer. If you have changed your mind, write to us.")]
    return []


def answer(
    question: ExpertQuestion, *, text: str, interest: str = "", files: Iterable[UploadedFile] = ()
) -> None:
    """Take the expert's answer; the request goes on, and whoever has it is told.

    `interest` is what binds the expert to the matter, in their own words.
    Raises Refused with reasons_against_settling or without a text, ValidationError for a
    file that cannot be taken.
    """
    text, interest = text.strip(), interest.strip()

    def words() -> str:
        said = [_("Answer of an expert, %(name)s:") % {"name": question.expert_name}, text]
        said += [_("Interest in the matter: %(words)s") % {"words": interest}] if interest else []
        return "\n\n".join(said)

    with attachments.kept(files) as kept, transaction.atomic():
        _refuse_late(question, [] if text else [_("Write your answer.")])
        told = tell(question, words)
        ContactFile.objects.bulk_create(
            ContactFile(contact=told, attachment=attachments.record(file, by=None)) for file in kept
        )
        _settle(question, ExpertState.ANSWERED, told, answer=text, interest=interest)


@transaction.atomic
def decline(question: ExpertQuestion, *, reason: str, words: str = "", substitute: str = "") -> None:
    """Take it that the expert will not answer, and why; `substitute` is who could do it instead.

    Raises Refused with reasons_against_settling or without a known reason.
    """
    more, substitute = words.strip(), substitute.strip()

    def told() -> str:
        said = {"name": question.expert_name, "reason": DeclineReason(reason).label}
        parts = [_("%(name)s, an expert, will not answer: %(reason)s.") % said, more]
        parts += [_("Who could answer instead: %(who)s") % {"who": substitute}] if substitute else []
        return "\n\n".join(filter(None, parts))

    _refuse_late(question, [] if reason in DeclineReason else [_("Choose a reason.")])
    contact, why = tell(question, told), {"decline_reason": reason, "decline_words": more}
    _settle(question, ExpertState.DECLINED, contact, **why, substitute=substitute)


def _refuse_late(question: ExpertQuestion, reasons: list[str]) -> None:
    """See the question as it stands now, and keep it so until the transaction ends."""
    question.refresh_from_db(from_queryset=ExpertQuestion.objects.select_for_update())
    refuse_for(reasons_against_settling(question) + reasons)


def _settle(question: ExpertQuestion, state: ExpertState, told: Contact, **said: Any) -> None:
    move(question, state, also={**said, "told_as": told, "settled_at": timezone.now(), "next_step_on": None})
    entry = "expert.answer" if state == ExpertState.ANSWERED else "expert.decline"
    audit.record(entry, question, by=None, request=question.request_id)
    end_waiting(question, by=None)
    emails.expert_settled(question)
