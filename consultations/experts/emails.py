"""What the portal writes to experts outside, and to colleagues about experts and second readings.

None of it holds a word of a case, of a question or of an answer: only that
something waits, and where.
"""

from django.utils import translation

from accounts.models import User
from consultations.models import ExpertQuestion, SecondReading
from core.outbox import mail
from core.outbox.mail import OutgoingMail


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
    return _to_colleague("consultations/expert_settled", to, question.get_desk_url, context, question)


def reading_asked(reading: SecondReading) -> OutgoingMail:
    """Tell a colleague that an answer waits for their reading."""
    context = {"reference": reading.request.reference, "name": reading.asked_by.name}
    return _to_colleague(
        "consultations/reading_asked", reading.reader, reading.get_desk_url, context, reading
    )


def reading_decided(reading: SecondReading) -> OutgoingMail:
    """Tell the author how the second reader decided."""
    context = {"reference": reading.request.reference, "state": reading.state}
    to = reading.asked_by
    return _to_colleague("consultations/reading_decided", to, reading.get_desk_url, context, reading)


def _to_expert(template: str, question: ExpertQuestion) -> OutgoingMail:
    with translation.override(question.language):
        link = mail.absolute(question.get_link())
    context = {
        "link": link,
        "name": question.expert_name,
        "due_on": question.due_on,
        "expires_on": question.expires_on,
        "can_reply": False,
    }
    return mail.queue(
        template, to=question.expert_email, context=context, language=question.language, about=question
    )


def _to_colleague(
    template: str,
    to: User,
    address: object,
    context: dict[str, object],
    about: ExpertQuestion | SecondReading,
) -> OutgoingMail:
    with translation.override(to.language):
        link = mail.absolute(address())
    context = {**context, "link": link, "can_reply": False}
    return mail.queue(template, to=to.email, context=context, language=to.language, about=about)
