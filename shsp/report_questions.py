"""A question about the report of a visit becomes a support request; its answer comes back to the delivery."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from consultations.choices import Direction, RequesterKind
from consultations.desk.origins import Origin
from consultations.intake.actions.requester import Intake, receive
from consultations.models import Person, SupportRequest
from core.templatetags.ui import mask_email
from visits.deliveries.actions import questions
from visits.models import Delivery

LONGEST_SUBJECT = 160
# What a request's page names of the delivery that it was asked from.
COLUMNS = ("id", "report_id", "edition__title_cs", "edition__title_en")


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
    """Return a question with its answer for somebody at the desk, or with None for whoever has the delivery.

    Returns None where they may read neither.
    """
    rows = SupportRequest.objects.select_related("requester").filter(pk=number)
    if reader is None:
        request = rows.filter(is_personal=False, is_merged=False).first()
    else:
        request = rows.first() if reader.has(Permission.VIEW_REQUESTS) else None
    return _asked(request, reader) if request else None


def _asked(request: SupportRequest, reader: Any) -> questions.Asked:
    contacts = request.contacts.all() if reader else request.contacts.for_requester()
    rows = list(contacts.order_by("took_place_at", "pk"))
    words = [one.html for one in rows if one.direction == Direction.INBOUND]
    answers = [one.html for one in rows if one.is_answer]
    # Such an answer is read on the requester's own page alone.
    is_hidden = reader is None and request.link_only
    return questions.Asked(
        url=request.get_desk_url() if reader else "",
        question=words[0] if words else "",
        answer=answers[-1] if answers and not is_hidden else "",
        sent_to=mask_email(request.requester.email) if request.requester.email else "",
    )


def asked_from(request: SupportRequest) -> QuerySet[Delivery]:
    """Return the deliveries that a request was asked from, none or one."""
    return Delivery.objects.filter(request_id=request.pk)


def origin(row: dict[str, Any]) -> Origin:
    """Tell a request's page which report it was asked about, from the named columns of its delivery."""
    language = translation.get_language()
    title = row.get(f"edition__title_{language}") or row["edition__title_cs"]
    report, delivery = reverse("desk-visit-report", args=[row["report_id"]]), row["id"]
    links = ((title, report), (_("How it was delivered"), reverse("desk-delivery", args=[delivery])))
    return Origin(_("Asked about the report"), links)


def answered(request: SupportRequest, is_answered: bool) -> None:
    """Let deliveries know of an answer; what was merged into a request is answered with it."""
    merged = SupportRequest.objects.filter(duplicate_of=request, is_merged=True)
    questions.answered([request.pk, *merged.values_list("pk", flat=True)], is_answered=is_answered)
