"""What the portal writes to experts outside, and to colleagues about their questions.

None of it holds a word of a case, of a question or of an answer: only that
something waits, and where.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _

from accounts.duty.queries import stand_ins
from accounts.permissions import Permission
from consultations.models import ExpertQuestion
from consultations.requests.notices import told_of_failed_mail
from consultations.requests.queries import watchers_of
from core.notices.actions import tell
from core.notices.kinds import How, Kind
from core.outbox import mail
from core.outbox.mail import OutgoingMail

SETTLED = Kind(
    key="consultations/expert_settled",
    label=_("An expert answers, declines or lets the time pass"),
    sentence=_("The question to an expert is settled: %(reference)s."),
    permission=Permission.VIEW_REQUESTS,
    usual=How.AT_ONCE,
    template="consultations/expert_settled",
)


def expert_settled(question: ExpertQuestion) -> None:
    """Tell the colleague who has the request, else who asked, and who watches it, how the question ended."""
    request = question.request
    to = [*stand_ins([request.assignee or question.sent_by]), *watchers_of(request)]
    words = {"reference": request.reference, "state": question.state}
    tell(question, {SETTLED.key: to}, link=question.get_desk_url, **words)


def tell_of_failure(message: OutgoingMail) -> None:
    """Tell whoever has the request that a message to an expert could not be sent."""
    is_ours = message.about_kind == ExpertQuestion._meta.model_name and not message.notices.exists()
    if is_ours and message.about_id:
        question = ExpertQuestion.objects.filter(pk=message.about_id).select_related("request").first()
        if question:
            told_of_failed_mail(question.request)


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
