"""A question about the report of a visit becomes a support request; its answer comes back to the delivery."""

from typing import Any

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from consultations.choices import Direction, RequesterKind
from consultations.intake.actions.requester import Intake, receive
from consultations.models import Person, SupportRequest
from visits.deliveries.actions import questions

LONGEST_SUBJECT = 160


def take(question: questions.Question) -> int:
    """Write down a question as a support request by the web; return its number."""
    return receive(_intake(question), by=question.by).pk


def _intake(question: questions.Question) -> Intake:
    place, user = question.delivery.municipality, question.by
    with translation.override(question.language):
        subject = _("On the report “%(title)s”") % {"title": question.subject}
    # The official as the portal knows them already from an earlier request.
    known = Person.objects.filter(user=user, municipality=place, email=question.email) if user else None
    return Intake(
        requester_kind=RequesterKind.MUNICIPALITY if place else RequesterKind.OTHER,
        subject=Truncator(subject).chars(LONGEST_SUBJECT),
        text=question.text,
        person=known.order_by("pk").first() if known else None,
        name=question.name,
        email=question.email,
        municipality=place,
        language=question.language,
        is_official=bool(user),
    )


def asked(number: int, reader: Any) -> questions.Asked | None:
    """Return a question as the desk has it, with its answer; None for whoever may not read requests."""
    if not reader.has(Permission.VIEW_REQUESTS):
        return None
    request = SupportRequest.objects.visible_to(reader).filter(pk=number).first()
    if request is None:
        return None
    contacts = list(request.contacts.order_by("took_place_at", "pk"))
    words = [one.text for one in contacts if one.direction == Direction.INBOUND]
    answers = [one.text for one in contacts if one.is_answer]
    return questions.Asked(
        url=request.get_desk_url(), question="".join(words[:1]), answer="".join(answers[-1:])
    )


def answered(request: SupportRequest, is_answered: bool) -> None:
    """Let deliveries know of an answer; what was merged into a request is answered with it."""
    merged = SupportRequest.objects.filter(duplicate_of=request, is_merged=True)
    questions.answered([request.pk, *merged.values_list("pk", flat=True)], is_answered=is_answered)
