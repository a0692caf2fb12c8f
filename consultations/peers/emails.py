"""What the portal writes to officials about questions of other municipalities, and to colleagues about them.

None of it holds a word of a request, of a question or of an answer: only that something waits, and where.
"""

from collections.abc import Iterable

from accounts.models import User
from consultations.models import PeerQuestion
from consultations.requests.emails import to_colleague
from core.outbox.mail import OutgoingMail


def peer_question(question: PeerQuestion, officials: Iterable[User]) -> list[OutgoingMail]:
    """Tell a municipality's officials that the Centre asks for their experience."""
    return [_to_official("consultations/peer_question", question, person) for person in officials]


def peer_reminder(question: PeerQuestion, officials: Iterable[User]) -> list[OutgoingMail]:
    """Remind a municipality's officials of a question."""
    return [_to_official("consultations/peer_reminder", question, person) for person in officials]


def peer_revoked(question: PeerQuestion, officials: Iterable[User]) -> list[OutgoingMail]:
    """Tell a municipality's officials that nothing is expected of them any more."""
    return [_to_official("consultations/peer_revoked", question, person) for person in officials]


def peer_settled(question: PeerQuestion) -> OutgoingMail:
    """Tell the colleague who has the request, else who asked, how the question ended."""
    to = question.request.assignee or question.asked_by
    context = {"reference": question.request.reference, "state": question.state}
    return to_colleague("consultations/peer_settled", to, question.get_desk_url, context, question)


def _to_official(template: str, question: PeerQuestion, to: User) -> OutgoingMail:
    context = {"due_on": question.due_on, "place": question.municipality.name}
    return to_colleague(template, to, question.get_my_url, context, question)
