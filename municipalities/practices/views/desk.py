"""Practices at the desk: written, reviewed, assessed, published, withdrawn."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.documents.forms import RemarkForm, WithdrawForm
from core.documents.publishing import State
from core.states import Conflict, Refused
from core.views.paging import page_of
from core.views.verbs import CONFLICT, UNPROCESSABLE, run_verb, see_version, version_of
from municipalities.choices import Criterion
from municipalities.models import PracticeEdition
from municipalities.models.practice import SECTIONS
from municipalities.practices.actions import practices as actions
from municipalities.practices.filters import DeskPracticeFilter
from municipalities.practices.forms.adoptions import WhoseForm
from municipalities.practices.forms.practices import AssessForm, DeskProposeForm, PracticeForm, a_year_on
from municipalities.practices.page import ledger
from municipalities.practices.views.adoptions import mark_url
from municipalities.practices.views.editions import (
    edited,
    initial_from,
    justified,
    open_edition,
    practice_of,
    question_behind,
    question_of,
    shown,
)


@requires(Permission.VIEW_DESK)
@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """All editions that somebody works on or reads, newest first."""
    filters = DeskPracticeFilter(request.GET, PracticeEdition.objects.for_desk(), reader=request.user)
    context = {"filters": filters, "page": page_of(filters.qs, request)}
    context |= {"may_write": request.user.has(Permission.WRITE_PRACTICE), "criteria": len(Criterion)}
    return render(request, "municipalities/practices/desk_list.html", context)


# Writing ------------------------------------------------------------------------


@requires(Permission.WRITE_PRACTICE)
def start(request: HttpRequest) -> HttpResponse:
    """Begin a practice, perhaps born from `?question=`."""
    question = question_of(request)
    initial = {"review_on": a_year_on(), **initial_from(question)}
    form = DeskProposeForm(request.POST or None, initial=initial)
    if form.is_valid():
        edition = actions.start_practice(
            form.cleaned_data["municipality"], text=form.to_text(), by=request.user, from_question=question
        )
        messages.success(request, _("The draft is saved."))
        return redirect(edition.document.get_desk_url())
    context = {"form": form, "edition": None, "theirs": [], "reasons": [], "question": question}
    return render(request, "municipalities/practices/desk_edit.html", context)


@requires(Permission.WRITE_PRACTICE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on the draft, one's own or one that an official began."""
    edition = open_edition(request, pk)
    is_saved, context, status = edited(request, edition)
    if is_saved:
        messages.success(request, _("The draft is saved."))
        return redirect(edition.document.get_desk_url())
    return render(
        request, "municipalities/practices/desk_edit.html", {**context, "question": None}, status=status
    )


@requires(Permission.WRITE_PRACTICE)
@require_POST
def new_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next edition and go on to write it."""
    row = practice_of(request, pk)
    return _do(request, pk, lambda: actions.new_edition(row, by=request.user), to="desk-practice-edit")


# The page -----------------------------------------------------------------------


@requires(Permission.VIEW_DESK)
@require_safe
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """One practice: the edition being worked on (or `?edition=`), its criteria, what can be done."""
    return _page(request, pk)


def _page(
    request: HttpRequest,
    pk: int,
    *,
    reasons: list[str] | None = None,
    conflict: PracticeEdition | None = None,
    remark: RemarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page again after something was not done, or for the first time."""
    row = practice_of(request, pk)
    context = shown(request, row)
    edition = context["edition"]
    if conflict and remark:
        see_version(remark, edition)
    context |= {
        "refusals": reasons or [],
        "conflict": conflict,
        "remark_form": remark or RemarkForm(initial={"version": edition.version}),
        "whose_form": WhoseForm(),
        "from_question": question_behind(request, row),
        "ledger": ledger(row),
        "mark_url": mark_url(request, row),
        **_may(request, edition),
    }
    return render(request, "municipalities/practices/desk_detail.html", context, status=status)


def _may(request: HttpRequest, edition: PracticeEdition) -> dict[str, Any]:
    """Return what can be done now, each with the reasons against it."""
    user = request.user
    in_review = edition.state == State.IN_REVIEW
    assessed = in_review or edition.state == State.PUBLISHED
    return {
        "may_write": user.has(Permission.WRITE_PRACTICE),
        "may_approve": user.has(Permission.APPROVE_PRACTICE),
        "may_mark": user.has(Permission.EDIT_MUNICIPALITY),
        "may_assess_now": assessed,
        "against_publishing": actions.reasons_against_publishing(edition, by=user) if in_review else [],
        "against_assessing": actions.reasons_against_assessing(edition, by=user) if assessed else [],
    }


@requires(Permission.VIEW_DESK)
@require_safe
def compare(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An edition beside the one before it, word by word."""
    row = practice_of(request, pk)
    # No edition has a number that a small integer does not hold.
    number = min(number, 32_000)
    after = get_object_or_404(row.editions, number=number)
    before = get_object_or_404(row.editions, number=number - 1)
    labels = PracticeForm(is_first=False).fields
    texts = [
        {
            "label": labels[f"{name}_{code}"].label,
            "before": getattr(before, f"{name}_{code}") or "",
            "after": getattr(after, f"{name}_{code}") or "",
        }
        for code in ("cs", "en")
        for name in ("title", "lead", *SECTIONS, "contact", "sources")
    ]
    context = {"practice": row, "before": before, "after": after}
    context["texts"] = [text for text in texts if text["before"] != text["after"]]
    return render(request, "municipalities/practices/desk_compare.html", context)


# Verbs --------------------------------------------------------------------------


@requires(Permission.WRITE_PRACTICE)
@require_POST
def justify(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a find in the text, with a reason."""
    return _do(request, pk, partial(justified, request, pk), done=_("The reason is written down."))


@requires(Permission.WRITE_PRACTICE)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft to a second person."""
    edition, seen = open_edition(request, pk), version_of(request)
    done = _("The text is with a second person now.")
    return _do(request, pk, lambda: actions.submit(edition, version=seen, by=request.user), done=done)


@requires(Permission.APPROVE_PRACTICE)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the reviewed text public."""
    edition, seen = open_edition(request, pk), version_of(request)
    done = _("The practice is published.")
    return _do(request, pk, lambda: actions.publish(edition, version=seen, by=request.user), done=done)


@requires(Permission.APPROVE_PRACTICE)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the text to who wrote it with a remark."""
    edition = open_edition(request, pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, remark=form)
    words, done = form.cleaned_data, _("The text is back with its author.")
    return _do(
        request, pk, lambda: actions.send_back(edition, **words, by=request.user), done=done, remark=form
    )


@requires(Permission.APPROVE_PRACTICE)
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of each criterion how the edition in review, or the published one, stands."""
    edition = open_edition(request, pk)
    if edition.state == State.DRAFT:
        # While the next one is being written, it is the published one that readers see.
        edition = edition.document.editions.published().first() or edition
    edition.document = practice_of(request, pk)
    form = AssessForm(request.POST or None, initial=AssessForm.initial_of(edition))
    reasons, is_changed, status = actions.reasons_against_assessing(edition, by=request.user), False, 200
    if form.is_valid():
        try:
            seen = form.cleaned_data["version"]
            actions.assess(edition, verdicts=form.to_verdicts(), version=seen, by=request.user)
        except Refused as refusal:
            reasons, status = refusal.reasons, UNPROCESSABLE
        except Conflict as conflict:
            is_changed, status = True, CONFLICT
            see_version(form, conflict.current)
        else:
            messages.success(request, _("The assessment is written down."))
            return redirect(f"{edition.document.get_desk_url()}?edition={edition.number}")
    context = {"edition": edition, "practice": edition.document, "form": form, "is_changed": is_changed}
    return render(
        request, "municipalities/practices/assess.html", {**context, "reasons": reasons}, status=status
    )


@requires(Permission.APPROVE_PRACTICE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then take the published text away."""
    row = practice_of(request, pk)
    edition = get_object_or_404(row.editions.published())
    edition.document = row
    form = WithdrawForm(
        request.POST or None,
        initial={"version": edition.version},
        find=partial(actions.finds_in_reason, edition),
    )
    status = 200
    if form.is_valid():
        try:
            words = {name: form.cleaned_data[name] for name in ("reason", "reason_en", "version")}
            actions.withdraw(edition, **words, kept=form.kept_finds, by=request.user)
        except Refused as refusal:
            form.add_error("reason", refusal.reasons)
        except Conflict:
            status = CONFLICT
            form.add_error(None, _("A colleague has changed this text meanwhile. Look at it first."))
        else:
            messages.success(request, _("The text is withdrawn. Its address says why."))
            return redirect(row.get_desk_url())
    context = {"practice": row, "edition": edition, "form": form}
    return render(request, "municipalities/practices/withdraw.html", context, status=status)


def _do(
    request: HttpRequest,
    pk: int,
    verb: Callable[[], Any],
    *,
    done: str = "",
    to: str = "desk-practice",
    **again: Any,
) -> HttpResponse:
    return run_verb(
        request, verb, to=reverse(to, args=[pk]), show=partial(_page, request, pk, **again), done=done
    )
