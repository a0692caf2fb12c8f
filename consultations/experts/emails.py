"""What the portal writes to experts outside, and to colleagues about their questions.

None of it holds a word of a case, of a question or of an answer: only that
something waits, and where.
"""

from functools import partial

from consultations.models import ExpertQuestion
from core.outbox import mail
from core.outbox.mail import OutgoingMail
from core.outbox.notices import notify


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


# Asks to open a question behind the personal link, reminds of it by the same link, takes it back.
expert_question = partial(_to_expert, "consultations/expert_question")
expert_reminder = partial(_to_expert, "consultations/expert_reminder")
expert_revoked = partial(_to_expert, "consultations/expert_revoked")
