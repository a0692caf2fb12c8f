"""What a municipality's officials do with a question of the Centre: answer it, once, or decline."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import DeclineReason, PeerState
from consultations.models import Contact, PeerQuestion
from consultations.peers import emails
from consultations.peers.tasks import tell
from core import audit
from core.outbox.notices import mark_read
from core.states import Conflict, move, refuse_for


def reasons_against_settling(question: PeerQuestion, *, by: User) -> list[str]:
    """Return why `by` can neither answer nor decline now; empty when nothing stands against it."""
    if not PeerQuestion.objects.visible_to(by).filter(pk=question.pk).exists() or not _speaks(by, question):
        return [_("Only those who speak for the municipality answer.")]
    if question.shown_state == PeerState.ASKED:
        return []
    words = {
        PeerState.ANSWERED: _("Your municipality has answered already."),
        PeerState.DECLINED: _("Your municipality has declined already."),
        PeerState.REVOKED: _("The Contact Centre has taken the question back."),
        PeerState.EXPIRED: _("The time to answer is over."),
    }
    return [words[question.shown_state]]


def _speaks(user: User, question: PeerQuestion) -> bool:
    there = question.municipality.memberships.current().filter(user=user.pk)
    return there.exists()


def answer(question: PeerQuestion, *, text: str, version: int, by: User) -> None:
    """Take the municipality's answer, onto the request and to whoever has it.

    Raises Refused with reasons_against_settling or without a text, Conflict when a colleague was quicker.
    """
    reasons = [] if text.strip() else [_("Write your answer.")]
    _settle(
        question,
        PeerState.ANSWERED,
        {"answer": text.strip()},
        lambda: _told_of_answer(question, text.strip()),
        reasons=reasons,
        version=version,
        by=by,
    )


def decline(question: PeerQuestion, *, reason: str, version: int, by: User, words: str = "") -> None:
    """Take it that the municipality will not answer, and why.

    Raises Refused with reasons_against_settling or without a known reason, Conflict when a
    colleague was quicker.
    """
    known = reason in DeclineReason
    _settle(
        question,
        PeerState.DECLINED,
        {"decline_reason": reason, "decline_words": words.strip()},
        lambda: _told_of_refusal(question, DeclineReason(reason), words.strip()),
        reasons=[] if known else [_("Choose a reason.")],
        version=version,
        by=by,
    )


@transaction.atomic
def _settle(
    question: PeerQuestion,
    state: PeerState,
    also: dict[str, Any],
    told: Callable[[], str],
    *,
    reasons: list[str],
    version: int,
    by: User,
) -> None:
    # One after the other: the second official sees what the first one has sent.
    question.refresh_from_db(from_queryset=PeerQuestion.objects.select_for_update())
    if question.state == PeerState.ASKED and question.version != version:
        raise Conflict(question)
    reasons = reasons_against_settling(question, by=by) + reasons
    refuse_for(reasons)
    contact: Contact = tell(question, told)
    settled = {"settled_at": timezone.now(), "settled_by": by, "next_step_on": None, "told_as": contact}
    move(question, state, also={**also, **settled})
    verb = "peer.answer" if state == PeerState.ANSWERED else "peer.decline"
    audit.record(verb, question, by=by, request=question.request_id)
    mark_read(question, by=by)
    emails.peer_settled(question)


def _told_of_answer(question: PeerQuestion, text: str) -> str:
    heading = _("Answer of colleagues from another municipality, %(name)s:")
    return "\n\n".join([heading % {"name": question.municipality.full_name}, text])


def _told_of_refusal(question: PeerQuestion, reason: DeclineReason, words: str) -> str:
    said = _("%(name)s will not answer our question: %(reason)s.")
    said %= {"name": question.municipality.full_name, "reason": reason.label}
    return "\n\n".join([said, words] if words else [said])
