"""Asking a colleague, at the desk; helping others, and how often, for a municipality's officials."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.choices import PeerState
from consultations.desk.views.request import case_of
from consultations.experts.actions import reasons_against_writing
from consultations.experts.views.desk import MOST
from consultations.models import PeerQuestion, SupportRequest
from consultations.peers import actions
from consultations.peers.forms import ApproachForm, HelpAnswerForm, HelpDeclineForm, HelpLimitForm, PeerForm
from consultations.peers.queries import approach_for, asked_in_month, colleagues_for, left_words
from consultations.prepared.insertions import Insertion, peer_for
from core.views.paging import page_of
from core.views.verbs import UNPROCESSABLE, run_verb, template_page, version_of
from municipalities.models import Municipality
from municipalities.places.actions import set_help_limit
from municipalities.places.queries import municipality_of
from municipalities.places.similar import place_reasons
from municipalities.places.successions import successors

# No municipality has more open questions than its monthly limits allow.
MOST_OPEN = 50


@requires(Permission.VIEW_REQUESTS)
@require_safe
def peers(request: UserRequest, reference: str) -> HttpResponse:
    """Municipalities that could help, with reasons and the time they have."""
    case = case_of(request, reference)
    form = ApproachForm(request.GET)
    wanted = form.wanted()
    approach = approach_for(case) if wanted is None else wanted
    colleagues = colleagues_for(case, approach=approach)
    questions = list(PeerQuestion.objects.visible_to(request.user).about(case).for_list()[:MOST])
    may_answer = request.user.has(Permission.ANSWER_REQUEST)
    context = {
        "case": case,
        "questions": [(row, _insertion(case, row) if may_answer else None) for row in questions],
        "against": reasons_against_writing(case, by=request.user),
        "approach": approach,
    }
    context |= {"colleagues": colleagues, "form": ApproachForm({"approach": approach})}
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
    rows = PeerQuestion.objects.visible_to(request.user).for_list().select_related("settled_by")
    return get_object_or_404(rows.select_related("request__requester", "request__assignee"), pk=pk)


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
        "kept": question.kept_finds.values(),
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


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def questions(request: UserRequest) -> HttpResponse:
    """Questions that wait, those that are settled, and how many a month one takes."""
    return _list_page(request)


def _list_page(
    request: UserRequest, *, wrong: dict[int, HelpLimitForm] | None = None, status: int = 200
) -> HttpResponse:
    own = list(Municipality.objects.spoken_for_by(request.user).for_list())
    asked = asked_in_month([row.pk for row in own], timezone.localdate())
    rows = PeerQuestion.objects.visible_to(request.user).select_related("municipality", "settled_by")
    waiting = rows.pending().order_by("due_on", "pk")[:MOST_OPEN]
    context = {
        "waiting": [row for row in waiting if not row.is_past_its_end],
        "page": page_of(rows.exclude(state=PeerState.ASKED).order_by("-pk"), request),
        "limits": [
            {
                "municipality": row,
                "form": (wrong or {}).get(row.pk) or HelpLimitForm.of(row),
                "left": left_words(row, asked.get(row.pk, 0)) if row.help_limit else "",
            }
            for row in own
            if row.dissolved_on is None
        ],
        "has_several": len(own) > 1,
    }
    return render(request, "consultations/peers/my/list.html", context, status=status)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def limit(request: UserRequest, slug: str) -> HttpResponse:
    """Set how many questions a month one municipality takes."""
    row = get_object_or_404(Municipality.objects.spoken_for_by(request.user), slug=slug)
    form = HelpLimitForm.of(row, request.POST)
    if not form.is_valid():
        return _list_page(request, wrong={row.pk: form}, status=UNPROCESSABLE)
    set_help_limit(row, limit=form.cleaned_data["limit"], by=request.user)
    messages.success(request, _("It is set from now on."))
    return redirect("my-help")


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def question(request: UserRequest, pk: int) -> HttpResponse:
    """Read one question, and answer it."""
    row = _question(request, pk)
    form = HelpAnswerForm(request.POST or None, initial={"version": row.version})
    if request.method != "POST" or not form.is_valid():
        return _question_page(request, row, form)
    done = _("Thank you. The Contact Centre has your answer.")
    return _settle(request, row, actions.answer, form, row.get_my_url(), done)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def decline(request: UserRequest, pk: int) -> HttpResponse:
    """Say that one's municipality will not answer this time, and why."""
    row = _question(request, pk)
    form = HelpDeclineForm(request.POST or None, initial={"version": row.version})
    if not form.is_valid():
        reasons = actions.reasons_against_settling(row, by=request.user)
        context = {"question": row, "form": form, "reasons": reasons}
        return render(request, "consultations/peers/my/decline.html", context)
    done = _("Thank you for telling us. Nothing more is expected of you.")
    return _settle(request, row, actions.decline, form, "my-help", done)


def _settle(
    request: UserRequest, row: PeerQuestion, verb: Callable[..., None], form: forms.Form, to: str, done: str
) -> HttpResponse:
    """Run a verb; what comes too late is shown with the question as it stands now."""
    said = form.cleaned_data
    typed = said["text"] if "text" in said else said["words"]

    def show(*, reasons: list[str], status: int) -> HttpResponse:
        now = _question(request, row.pk)
        again = HelpAnswerForm(initial={"version": now.version, "text": typed})
        return _question_page(request, now, again, refusals=reasons, typed=typed, status=status)

    changed = _("Something has changed meanwhile.")
    run = partial(verb, row, **said, by=request.user)
    return run_verb(request, run, to=to, show=show, done=done, changed=changed)


def _question_page(
    request: UserRequest,
    row: PeerQuestion,
    form: HelpAnswerForm,
    *,
    refusals: list[str] | None = None,
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    against = actions.reasons_against_settling(row, by=request.user)
    context = {
        "question": row,
        "form": None if against else form,
        "refusals": refusals or [],
        "typed": typed if against else "",
    }
    return render(request, "consultations/peers/my/question.html", context, status=status)
