"""A municipality's figures at the desk: listed, entered, corrected, taken back, with the history of each."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.paging import page_of
from core.views.verbs import CONFLICT, run_verb, template_page
from municipalities.figures import numbers, queries
from municipalities.figures.actions import values as actions
from municipalities.figures.forms import CorrectForm, TakeBackForm, ValueForm
from municipalities.models import IndicatorValue
from municipalities.places.queries import municipality_of

PER_PAGE = 100


@requires(Permission.VIEW_DESK)
@require_safe
def values(request: UserRequest, slug: str) -> HttpResponse:
    """All figures of a municipality that hold, by indicator, and the way to those that held before."""
    place = municipality_of(slug)
    page = page_of(queries.all_of(place).current(), request, per_page=PER_PAGE)
    context = {
        "municipality": place,
        "page": page,
        "groups": queries.by_indicator(page.items, to_public=False),
        "against_entering": actions.reasons_of_role(request.user),
    }
    return render(request, "municipalities/figures/desk_list.html", context)


@requires(Permission.EDIT_MUNICIPALITY)
def enter(request: UserRequest, slug: str) -> HttpResponse:
    """Enter a value."""
    place = municipality_of(slug)
    form = ValueForm(request.POST or None)
    context = {"municipality": place, "form": form}
    return run_verb(
        request,
        lambda: actions.enter_value(place, **form.cleaned_data, by=request.user),
        to=lambda row: reverse("desk-figure", args=[place.slug, row.pk]),
        show=template_page(request, "municipalities/figures/enter.html", context),
        done=_("The value is entered. It is public now."),
        form=form,
        field="value",
    )


@requires(Permission.VIEW_DESK)
@require_safe
def value(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """One value with all that stood in its place before, and what took its place."""
    row = _value(slug, pk)
    context = {
        "municipality": row.municipality,
        "value": numbers.with_words([row], to_public=False)[0],
        "history": numbers.with_words(queries.chain_of(row), to_public=False),
        "reasons": actions.reasons_against_correcting(row, by=request.user),
    }
    return render(request, "municipalities/figures/desk_value.html", context)


@requires(Permission.EDIT_MUNICIPALITY)
def correct(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Put the right value in the place of a wrong one; what a colleague did meanwhile is shown."""
    row = _value(slug, pk)
    form = CorrectForm(request.POST or None, row=row)
    return _change(
        request,
        row,
        form,
        lambda: actions.correct_value(row, **form.cleaned_data, by=request.user),
        "municipalities/figures/correct.html",
        field="value",
        to=lambda new: reverse("desk-figure", args=[slug, new.pk]),
        done=_("The value is corrected. The old one stays to be asked for."),
    )


@requires(Permission.EDIT_MUNICIPALITY)
def take_back(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Ask why, then let a value hold no longer."""
    row = _value(slug, pk)
    form = TakeBackForm(request.POST or None)
    return _change(
        request,
        row,
        form,
        lambda: actions.take_back_value(row, **form.cleaned_data, by=request.user),
        "municipalities/figures/take_back.html",
        field="reason",
        to=reverse("desk-figures", args=[slug]),
        done=_("The value is taken back. It stays to be asked for."),
    )


def _change(
    request: UserRequest,
    row: IndicatorValue,
    form: forms.Form,
    verb: Callable[[], Any],
    template: str,
    **answer: Any,
) -> HttpResponse:
    context = {
        "municipality": row.municipality,
        "value": numbers.with_words([row], to_public=False)[0],
        "form": form,
        "reasons": actions.reasons_against_correcting(row, by=request.user),
    }
    show = template_page(request, template, context)
    if form.is_bound and row.superseded_at:
        return show(conflict=row, status=CONFLICT)
    return run_verb(request, verb, show=show, form=form, **answer)


def _value(slug: str, pk: int) -> IndicatorValue:
    place = municipality_of(slug)
    row = get_object_or_404(queries.all_of(place), pk=pk)
    row.municipality = place
    return row
