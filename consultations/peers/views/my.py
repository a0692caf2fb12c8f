"""Helping others: questions that the Centre asks a municipality's officials, and how many they take."""

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
from consultations.models import PeerQuestion
from consultations.peers.actions import answers as actions
from consultations.peers.forms import HelpAnswerForm, HelpDeclineForm, HelpLimitForm
from consultations.peers.queries import asked_in_month, left_words
from core.views.paging import page_of
from core.views.verbs import UNPROCESSABLE, run_verb
from municipalities.models import Municipality
from municipalities.places.actions import set_help_limit

# No municipality has more open questions than its monthly limits allow.
MOST_OPEN = 50


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def questions(request: UserRequest) -> HttpResponse:
    """Questions that wait, those that are settled, and how many a month one takes."""
    return _list_page(request)


def _list_page(
    request: UserRequest, *, wrong: tuple[int, HelpLimitForm] | None = None, status: int = 200
) -> HttpResponse:
    own = list(Municipality.objects.spoken_for_by(request.user).for_list())
    asked = asked_in_month([row.pk for row in own], timezone.localdate())
    rows = PeerQuestion.objects.visible_to(request.user).select_related("municipality", "settled_by")
    waiting = rows.pending().order_by("due_on", "pk")[:MOST_OPEN]
    context = {
        "waiting": [row for row in waiting if not row.is_past_its_end],
        "page": page_of(rows.exclude(state=PeerState.ASKED).order_by("-pk"), request),
        "limits": [_limit(row, asked.get(row.pk, 0), wrong) for row in own if row.dissolved_on is None],
        "has_several": len(own) > 1,
    }
    return render(request, "consultations/peers/my/list.html", context, status=status)


def _limit(row: Municipality, asked: int, wrong: tuple[int, HelpLimitForm] | None) -> dict[str, Any]:
    form = HelpLimitForm(initial={"limit": row.help_limit}, auto_id=f"id_{row.slug}_%s")
    if wrong and wrong[0] == row.pk:
        form = wrong[1]
    return {
        "municipality": row,
        "form": form,
        "left": left_words(max(0, row.help_limit - asked)) if row.help_limit else "",
    }


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def limit(request: UserRequest, slug: str) -> HttpResponse:
    """Set how many questions a month one municipality takes."""
    row = get_object_or_404(Municipality.objects.spoken_for_by(request.user), slug=slug)
    form = HelpLimitForm(request.POST, auto_id=f"id_{row.slug}_%s")
    if not form.is_valid():
        return _list_page(request, wrong=(row.pk, form), status=UNPROCESSABLE)
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


def _question(request: UserRequest, pk: int) -> PeerQuestion:
    rows = PeerQuestion.objects.visible_to(request.user)
    rows = rows.select_related("municipality__region", "request__assignee", "asked_by", "settled_by")
    return get_object_or_404(rows, pk=pk)


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
