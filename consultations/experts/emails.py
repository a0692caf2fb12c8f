"""What the portal writes to experts outside, and to colleagues about their questions.

None of it holds a word of a case, of a question or of an answer: only that
something waits, and where.
"""

from consultations.models import ExpertQuestion
from core.outbox import mail
from core.outbox.mail import OutgoingMail
from core.outbox.notices import notify


def expert_question(question: ExpertQuestion) -> OutgoingMail:
    """Ask an expert to open a question behind their personal link."""
    return _to_expert("consultations/expert_question", question)


def expert_reminder(question: ExpertQuestion) -> OutgoingMail:
    """Remind an expert of a question; the link is the same as before."""
    return _to_expert("consultations/expert_reminder", question)


def expert_revoked(question: ExpertQuestion) -> OutgoingMail:
    """Tell an expert that the question was taken back and nothing is expected of them."""
    return _to_expert("consultations/expert_revoked", question)


def expert_settled(question: ExpertQuestion) -> OutgoingMail:
    """Tell the colleague who has the request, else who asked, how the question ended."""
    to = question.request.assignee or question.sent_by
    context = {"reference": question.request.reference, "state": question.state}
    return notify("consultations/expert_settled", question, to, question.get_desk_url, **context)


def _to_expert(kind: str, question: ExpertQuestion) -> OutgoingMail:
    days = {"due_on": question.due_on, "expires_on": question.expires_on}
    return mail.queue(
        kind,
        to=question.expert_email,
        context={**days, "name": question.expert_name, "can_reply": False},
        language=question.language,
        link=question.get_link,
        about=question,
    )
