"""What an expert does behind the personal link: opens the question, answers it, or declines."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.choices import DeclineReason, ExpertState
from consultations.experts import emails
from consultations.experts.tasks import end_waiting, tell
from consultations.models import Contact, ContactFile, ExpertQuestion
from core import audit
from core.files import attachments
from core.states import move, refuse_for


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
    verb = "expert.answer" if state == ExpertState.ANSWERED else "expert.decline"
    audit.record(verb, question, by=None, request=question.request_id)
    end_waiting(question, by=None)
    emails.expert_settled(question)
