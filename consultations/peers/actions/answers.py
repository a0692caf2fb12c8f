"""What a municipality's officials do with a question of the Centre: answer it, once, or decline."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import DeclineReason, PeerState
from consultations.models import PeerQuestion
from consultations.peers import emails
from consultations.peers.tasks import tell
from core import audit
from core.outbox.notices import mark_read
from core.states import check_seen, move, refuse_for


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
    return question.municipality.memberships.current().filter(user=user.pk).exists()


@transaction.atomic
def answer(question: PeerQuestion, *, text: str, version: int, by: User) -> None:
    """Take the municipality's answer, onto the request and to whoever has it.

    Raises Refused with reasons_against_settling or without a text, Conflict when a colleague was quicker.
    """
    text = text.strip()

    def told() -> str:
        heading = _("Answer of colleagues from another municipality, %(name)s:")
        return "\n\n".join([heading % {"name": question.municipality.full_name}, text])

    _refuse_late(question, version, by, [] if text else [_("Write your answer.")])
    _settle(question, PeerState.ANSWERED, told, by, answer=text)


@transaction.atomic
def decline(question: PeerQuestion, *, reason: str, version: int, by: User, words: str = "") -> None:
    """Take it that the municipality will not answer, and why.

    Raises Refused with reasons_against_settling or without a known reason, Conflict when a
    colleague was quicker.
    """
    words = words.strip()

    def told() -> str:
        said = {"name": question.municipality.full_name, "reason": DeclineReason(reason).label}
        parts = [_("%(name)s will not answer our question: %(reason)s.") % said, words]
        return "\n\n".join(filter(None, parts))

    _refuse_late(question, version, by, [] if reason in DeclineReason else [_("Choose a reason.")])
    _settle(question, PeerState.DECLINED, told, by, decline_reason=reason, decline_words=words)


def _refuse_late(question: PeerQuestion, version: int, by: User, reasons: list[str]) -> None:
    # One after the other: the second official sees what the first one has sent.
    question.refresh_from_db(from_queryset=PeerQuestion.objects.select_for_update())
    if question.state == PeerState.ASKED:
        check_seen(question, version)
    refuse_for(reasons_against_settling(question, by=by) + reasons)


def _settle(question: PeerQuestion, state: PeerState, told: Callable[[], str], by: User, **said: Any) -> None:
    settled = {"settled_at": timezone.now(), "settled_by": by, "next_step_on": None}
    move(question, state, also={**said, **settled, "told_as": tell(question, told)})
    verb = "peer.answer" if state == PeerState.ANSWERED else "peer.decline"
    audit.record(verb, question, by=by, request=question.request_id)
    mark_read(question, by=by)
    emails.peer_settled(question)
