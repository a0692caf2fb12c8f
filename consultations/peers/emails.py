"""What the portal writes to officials about questions of other municipalities, and to colleagues about them.

None of it holds a word of a request, of a question or of an answer: only that something waits, and where.
"""

from collections.abc import Iterable
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.duty.queries import stand_ins
from accounts.models import User
from accounts.permissions import Permission
from consultations.models import PeerQuestion
from consultations.requests.queries import watchers_of
from core.notices.actions import tell
from core.notices.kinds import How, Kind


def _kind(name: str, label: Promise, sentence: Promise, permission: Permission) -> Kind:
    key = f"consultations/{name}"
    return Kind(
        key=key, label=label, sentence=sentence, template=key, permission=permission, usual=How.AT_ONCE
    )


SETTLED = _kind(
    "peer_settled",
    _("Another municipality answers, declines or lets the time pass"),
    _("The question to another municipality is settled: %(reference)s."),
    Permission.VIEW_REQUESTS,
)
ASKED = _kind(
    "peer_question",
    _("The Contact Centre asks for our experience"),
    _("A question waits for the experience of %(place)s."),
    Permission.SPEAK_FOR_MUNICIPALITY,
)
REMINDED = _kind(
    "peer_reminder",
    _("A question to us waits still"),
    _("A question still waits for the experience of %(place)s."),
    Permission.SPEAK_FOR_MUNICIPALITY,
)
REVOKED = _kind(
    "peer_revoked",
    _("The Contact Centre takes a question to us back"),
    _("Nothing is expected of %(place)s any more: the question was taken back."),
    Permission.SPEAK_FOR_MUNICIPALITY,
)
OF_OFFICIALS = (ASKED, REMINDED, REVOKED)


def peer_settled(question: PeerQuestion) -> None:
    """Tell the colleague who has the request, else who asked, and who watches it, how the question ended."""
    request = question.request
    to = [*stand_ins([request.assignee or question.asked_by]), *watchers_of(request)]
    words = {"reference": request.reference, "state": question.state}
    tell(question, {SETTLED.key: to}, link=question.get_desk_url, **words)


def _to_officials(kind: Kind, question: PeerQuestion, officials: Iterable[User]) -> None:
    words = {"due_on": question.due_on, "place": question.municipality.name}
    tell(question, {kind.key: officials}, link=question.get_my_url, **words)


# Asks for their experience, reminds them, says that nothing is expected of them any more.
peer_question = partial(_to_officials, ASKED)
peer_reminder = partial(_to_officials, REMINDED)
peer_revoked = partial(_to_officials, REVOKED)
