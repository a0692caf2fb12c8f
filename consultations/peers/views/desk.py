"""Asking a colleague: which municipalities could help with a request, and the questions put to them."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.choices import PeerState
from consultations.desk.views.request import case_of
from consultations.experts.actions.questions import reasons_against_writing
from consultations.experts.views.desk import MOST
from consultations.models import PeerQuestion, SupportRequest
from consultations.peers.actions import questions as actions
from consultations.peers.forms import ApproachForm, PeerForm
from consultations.peers.queries import Colleagues
from consultations.prepared.insertions import Insertion, peer_for
from core.views.verbs import run_verb, template_page, version_of
from municipalities.places.queries import municipality_of
from municipalities.places.similar import place_reasons
from municipalities.places.successions import successors

TOP = 3


@requires(Permission.VIEW_REQUESTS)
@require_safe
def peers(request: UserRequest, reference: str) -> HttpResponse:
    """Municipalities that could help, with reasons and the time they have; a part of the request's page."""
    case = case_of(request, reference)
    form = ApproachForm(request.GET)
    colleagues = Colleagues(case, approach=form.wanted())
    questions = list(PeerQuestion.objects.visible_to(request.user).about(case).for_list()[:MOST])
    may_answer = request.user.has(Permission.ANSWER_REQUEST)
    context = {
        "case": case,
        "questions": [(row, _insertion(case, row) if may_answer else None) for row in questions],
        "against": reasons_against_writing(case, by=request.user),
        "approach": colleagues.approach,
    }
    if request.htmx:
        asked = {row.municipality_id for row in questions}
        others = [row for row in colleagues.all if row.match.municipality.pk not in asked]
        context["colleagues"] = others[:TOP]
        return render(request, "consultations/peers/desk/panel.html", context)
    form = ApproachForm({"approach": colleagues.approach})
    context |= {"colleagues": colleagues.all, "form": form}
    return render(request, "consultations/peers/desk/list.html", context)


def _insertion(case: SupportRequest, question: PeerQuestion) -> Insertion | None:
    return peer_for(case, question) if question.state == PeerState.ANSWERED else None


@requires(Permission.ANSWER_REQUEST)
def ask(request: UserRequest, reference: str, slug: str) -> HttpResponse:
    """Write a question for one municipality; it is checked, and sent when nothing is found."""
    case = case_of(request, reference)
    place = municipality_of(slug)
    form = PeerForm(request.POST or None, case=case)
    context = {
        "case": case,
        "place": place,
        "form": form,
        "reasons": actions.reasons_against_asking(case, municipality=place, by=request.user),
        "successors": successors(place) if place.dissolved_on else [],
        "why": list(place_reasons(case.municipality, place)),
        "contacts": case.contacts.for_timeline()[:MOST],
    }
    return run_verb(
        request,
        lambda: actions.ask(case, municipality=place, **form.words, by=request.user),
        to=lambda question: question.get_desk_url(),
        show=template_page(request, "consultations/peers/desk/ask.html", context),
        done=_("The question waits for the municipality's officials."),
        form=form,
    )


@requires(Permission.VIEW_REQUESTS)
@require_safe
def peer(request: UserRequest, pk: int) -> HttpResponse:
    """One question: what the municipality sees, and what became of it."""
    return _page(request, _question(request, pk))


def _question(request: UserRequest, pk: int) -> PeerQuestion:
    rows = PeerQuestion.objects.visible_to(request.user).for_list()
    return get_object_or_404(
        rows.select_related("request__requester", "request__assignee", "settled_by"), pk=pk
    )


def _page(
    request: UserRequest,
    question: PeerQuestion,
    *,
    reasons: list[str] | None = None,
    conflict: PeerQuestion | None = None,
    status: int = 200,
) -> HttpResponse:
    if conflict is not None:
        question = _question(request, question.pk)
    case = question.request.survivor()
    context: dict[str, Any] = {
        "case": case,
        "question": question,
        "insertion": _insertion(case, question) if request.user.has(Permission.ANSWER_REQUEST) else None,
        "kept": list(question.kept_finds.values()),
        "against_revoking": actions.reasons_against_revoking(question, by=request.user),
        "refusals": reasons or [],
        "has_changed": conflict is not None,
    }
    return render(request, "consultations/peers/desk/question.html", context, status=status)


@requires(Permission.ANSWER_REQUEST)
def revoke(request: UserRequest, pk: int) -> HttpResponse:
    """Ask whether the question is really to be taken back, and do it."""
    question = _question(request, pk)
    if request.method != "POST":
        reasons = actions.reasons_against_revoking(question, by=request.user)
        context = {"case": question.request, "question": question, "reasons": reasons}
        return render(request, "consultations/peers/desk/revoke.html", context)
    verb = partial(actions.revoke, question, version=version_of(request), by=request.user)
    done = _("The question is taken back, and the municipality knows of it.")
    show = partial(_page, request, question)
    return run_verb(request, verb, to=question.get_desk_url(), show=show, done=done)
