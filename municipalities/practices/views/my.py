"""The officials' own practices: proposed, written, sent for review."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.states import Refused
from core.views.paging import page_of
from core.views.verbs import run_verb, version_of
from municipalities.models import Municipality, PracticeEdition
from municipalities.places.successions import told_of_gone
from municipalities.practices.actions import practices as actions
from municipalities.practices.forms.practices import ProposeForm, a_year_on
from municipalities.practices.queries import newest_editions
from municipalities.practices.views.editions import (
    edited,
    initial_from,
    justified,
    open_edition,
    practice_of,
    question_of,
    shown,
)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """The practices of one's municipalities, each by its newest edition."""
    page = page_of(newest_editions(request.user), request)
    own = Municipality.objects.spoken_for_by(request.user)
    context = {"page": page, "speaks_for_nobody": not own.exists()}
    return render(request, "municipalities/practices/my_list.html", context)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a practice of one's municipality, perhaps born from `?question=`."""
    own = Municipality.objects.spoken_for_by(request.user).existing().for_list()
    question = question_of(request)
    initial = {"review_on": a_year_on(), **initial_from(question)}
    form = ProposeForm(request.POST or None, own=own, initial=initial)
    if form.is_valid():
        try:
            edition = actions.start_practice(
                form.cleaned_data["municipality"],
                text=form.to_text(),
                by=request.user,
                from_question=question,
            )
        except Refused as refusal:
            form.add_error("municipality", refusal.reasons)
        else:
            messages.success(request, _("The draft is saved."))
            return redirect(edition.document.get_my_url())
    context: dict[str, Any] = {"form": form, "edition": None, "theirs": [], "reasons": []}
    context |= {
        "question": question,
        "speaks_for_nobody": not own.exists(),
        "gone": told_of_gone(request.user),
    }
    return render(request, "municipalities/practices/my_edit.html", context)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on the draft."""
    edition = open_edition(request, pk)
    is_saved, context, status = edited(request, edition)
    if is_saved:
        messages.success(request, _("The draft is saved."))
        return redirect(edition.document.get_my_url())
    context |= {"question": None, "speaks_for_nobody": False, "gone": []}
    return render(request, "municipalities/practices/my_edit.html", context, status=status)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """One practice as everybody will read it, what stands against sending it, how it was assessed."""
    return _page(request, pk)


def _page(
    request: HttpRequest,
    pk: int,
    *,
    reasons: list[str] | None = None,
    conflict: PracticeEdition | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {**shown(request, practice_of(request, pk)), "refusals": reasons or [], "conflict": conflict}
    context["may_write"] = True
    return render(request, "municipalities/practices/my_detail.html", context, status=status)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def justify(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a find in the text, with a reason."""
    return _do(request, pk, partial(justified, request, pk), done=_("The reason is written down."))


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft to the Contact Centre for review."""
    edition, seen = open_edition(request, pk), version_of(request)
    done = _("The text is with the Contact Centre now. You will hear of it by e-mail.")
    return _do(request, pk, lambda: actions.submit(edition, version=seen, by=request.user), done=done)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def new_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next edition and go on to write it."""
    row = practice_of(request, pk)
    return _do(request, pk, lambda: actions.new_edition(row, by=request.user), to="my-practice-edit")


def _do(
    request: HttpRequest, pk: int, verb: Callable[[], Any], *, done: str = "", to: str = "my-practice"
) -> HttpResponse:
    return run_verb(request, verb, to=reverse(to, args=[pk]), show=partial(_page, request, pk), done=done)
