"""What the portal writes to officials about questions of other municipalities, and to colleagues about them.

None of it holds a word of a request, of a question or of an answer: only that something waits, and where.
"""

from collections.abc import Iterable
from functools import partial

from accounts.models import User
from consultations.models import PeerQuestion
from core.outbox.models import OutgoingMail
from core.outbox.notices import notify


def peer_settled(question: PeerQuestion) -> OutgoingMail:
    """Tell the colleague who has the request, else who asked, how the question ended."""
    to = question.request.assignee or question.asked_by
    context = {"reference": question.request.reference, "state": question.state}
    return notify("consultations/peer_settled", question, to, question.get_desk_url, **context)


def _to_officials(kind: str, question: PeerQuestion, officials: Iterable[User]) -> None:
    context = {"due_on": question.due_on, "place": question.municipality.name}
    for person in officials:
        notify(kind, question, person, question.get_my_url, **context)


# Asks for their experience, reminds them, says that nothing is expected of them any more.
peer_question = partial(_to_officials, "consultations/peer_question")
peer_reminder = partial(_to_officials, "consultations/peer_reminder")
peer_revoked = partial(_to_officials, "consultations/peer_revoked")
