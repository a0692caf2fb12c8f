"""What an expert does behind the personal link: opens the question, answers it, or declines."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.choices import DeclineReason, ExpertState
from consultations.experts import emails
from consultations.experts.tasks import end_waiting, tell
from consultations.models import ContactFile, ExpertQuestion
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
    with attachments.kept(files) as kept, transaction.atomic():
        _lock(question)
        reasons = reasons_against_settling(question)
        if not text.strip():
            reasons.append(_("Write your answer."))
        refuse_for(reasons)
        told = tell(question, lambda: _told_of_answer(question, text.strip(), interest.strip()))
        ContactFile.objects.bulk_create(
            ContactFile(contact=told, attachment=attachments.record(file, by=None)) for file in kept
        )
        _settle(
            question,
            ExpertState.ANSWERED,
            {"answer": text.strip(), "interest": interest.strip(), "told_as": told},
        )


def decline(question: ExpertQuestion, *, reason: str, words: str = "", substitute: str = "") -> None:
    """Take it that the expert will not answer, and why; `substitute` is who could do it instead.

    Raises Refused with reasons_against_settling or without a known reason.
    """
    with transaction.atomic():
        _lock(question)
        reasons = reasons_against_settling(question)
        if reason not in DeclineReason:
            reasons.append(_("Choose a reason."))
        refuse_for(reasons)
        reason, words, substitute = DeclineReason(reason), words.strip(), substitute.strip()
        told = tell(question, lambda: _told_of_refusal(question, reason, words, substitute))
        _settle(
            question,
            ExpertState.DECLINED,
            {
                "decline_reason": reason,
                "decline_words": words,
                "substitute": substitute,
                "told_as": told,
            },
        )


def _told_of_answer(question: ExpertQuestion, text: str, interest: str) -> str:
    parts = [_("Answer of an expert, %(name)s:") % {"name": question.expert_name}, text]
    if interest:
        parts.append(_("Interest in the matter: %(words)s") % {"words": interest})
    return "\n\n".join(parts)


def _told_of_refusal(question: ExpertQuestion, reason: DeclineReason, words: str, substitute: str) -> str:
    parts = [
        _("%(name)s, an expert, will not answer: %(reason)s.")
        % {"name": question.expert_name, "reason": reason.label}
    ]
    if words:
        parts.append(words)
    if substitute:
        parts.append(_("Who could answer instead: %(who)s") % {"who": substitute})
    return "\n\n".join(parts)


def _settle(question: ExpertQuestion, state: ExpertState, also: dict[str, object]) -> None:
    move(question, state, also={**also, "settled_at": timezone.now(), "next_step_on": None})
    verb = "expert.answer" if state == ExpertState.ANSWERED else "expert.decline"
    audit.record(verb, question, by=None, request=question.request_id)
    end_waiting(question, by=None)
    emails.expert_settled(question)


def _lock(question: ExpertQuestion) -> None:
    """See the question as it stands now, and keep it so until the transaction ends."""
    question.refresh_from_db(from_queryset=ExpertQuestion.objects.select_for_update())
