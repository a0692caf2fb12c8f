"""A municipality's figures at the desk: listed, entered, corrected, taken back, with the history of each."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.states import Conflict, Refused
from core.views.paging import page_of
from core.views.verbs import CONFLICT, UNPROCESSABLE
from municipalities.figures import numbers, queries
from municipalities.figures.actions import values as actions
from municipalities.figures.forms import CorrectForm, TakeBackForm, ValueForm
from municipalities.models import IndicatorValue, Municipality

PER_PAGE = 100


@requires(Permission.VIEW_DESK)
@require_safe
def values(request: HttpRequest, slug: str) -> HttpResponse:
    """All figures of a municipality that hold, by indicator, and the way to those that held before."""
    place = _municipality(slug)
    page = page_of(queries.all_of(place).current(), request, per_page=PER_PAGE)
    context = {
        "municipality": place,
        "page": page,
        "groups": queries.by_indicator(page.items, to_public=False),
        "against_entering": actions.reasons_of_role(request.user),
    }
    return render(request, "municipalities/figures/desk_list.html", context)


@requires(Permission.EDIT_MUNICIPALITY)
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a value."""
    place = _municipality(slug)
    form, status = ValueForm(request.POST or None), 200
    if form.is_valid():
        try:
            row = actions.enter_value(
                place, indicator=form.cleaned_data["indicator"], **form.to_value(), by=request.user
            )
        except Refused as refusal:
            status = _refused(form, refusal, "value")
        else:
            messages.success(request, _("The value is entered. It is public now."))
            return redirect("desk-figure", place.slug, row.pk)
    context = {"municipality": place, "form": form}
    return render(request, "municipalities/figures/enter.html", context, status=status)


@requires(Permission.VIEW_DESK)
@require_safe
def value(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One value with all that stood in its place before, and what took its place."""
    place = _municipality(slug)
    row = _value(place, pk)
    context = {
        "municipality": place,
        "value": numbers.with_words([row], to_public=False)[0],
        "history": numbers.with_words(queries.chain_of(row), to_public=False),
        "reasons": actions.reasons_against_correcting(row, by=request.user),
    }
    return render(request, "municipalities/figures/desk_value.html", context)


@requires(Permission.EDIT_MUNICIPALITY)
def correct(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put the right value in the place of a wrong one; what a colleague did meanwhile is shown."""
    place = _municipality(slug)
    row = _value(place, pk)
    form, status, theirs = CorrectForm(request.POST or None, row=row), 200, None
    if form.is_bound and row.superseded_at:
        theirs, status = row, CONFLICT
    elif form.is_valid():
        try:
            new = actions.correct_value(
                row, **form.to_value(), reason=form.cleaned_data["reason"], by=request.user
            )
        except Refused as refusal:
            status = _refused(form, refusal, "value")
        except Conflict as conflict:
            theirs, status = conflict.current, CONFLICT
        else:
            messages.success(request, _("The value is corrected. The old one stays to be asked for."))
            return redirect("desk-figure", place.slug, new.pk)
    return _change_page(request, "municipalities/figures/correct.html", row, form, theirs, status)


@requires(Permission.EDIT_MUNICIPALITY)
def take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask why, then let a value hold no longer."""
    place = _municipality(slug)
    row = _value(place, pk)
    form, status, theirs = TakeBackForm(request.POST or None), 200, None
    if form.is_bound and row.superseded_at:
        theirs, status = row, CONFLICT
    elif form.is_valid():
        try:
            actions.take_back_value(row, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            status = _refused(form, refusal, "reason")
        except Conflict as conflict:
            theirs, status = conflict.current, CONFLICT
        else:
            messages.success(request, _("The value is taken back. It stays to be asked for."))
            return redirect("desk-figures", place.slug)
    return _change_page(request, "municipalities/figures/take_back.html", row, form, theirs, status)


def _change_page(
    request: HttpRequest,
    page: str,
    row: IndicatorValue,
    form: forms.Form,
    theirs: Any,
    status: int,
) -> HttpResponse:
    context = {
        "municipality": row.municipality,
        "value": numbers.with_words([row], to_public=False)[0],
        "form": form,
        "theirs": theirs,
        "reasons": actions.reasons_against_correcting(row, by=request.user),
    }
    return render(request, page, context, status=status)


def _refused(form: forms.Form, refusal: Refused, field: str) -> int:
    for reason in refusal.reasons:
        form.add_error(field, reason)
    return UNPROCESSABLE


def _municipality(slug: str) -> Municipality:
    return get_object_or_404(Municipality.objects.select_related("region"), slug=slug)


def _value(place: Municipality, pk: int) -> IndicatorValue:
    row = get_object_or_404(queries.all_of(place), pk=pk)
    row.municipality = place
    return row
