"""Offices at the desk: the list and its table, adding and correcting, what visitors report."""

from functools import partial
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from core.views.paging import page_of
from core.views.tables import csv_response
from core.views.verbs import back_to, run_verb, template_page
from municipalities.models import Office, OfficeReport
from municipalities.places.offices import queries
from municipalities.places.offices.actions import offices as verbs
from municipalities.places.offices.actions import reports
from municipalities.places.offices.filters import OfficeFilter, in_order
from municipalities.places.offices.forms import NewOfficeForm, OfficeForm
from municipalities.places.offices.views.pages import edit_page, press
from municipalities.places.queries import register_page


def _found(request: UserRequest) -> OfficeFilter:
    rows = Office.objects.visible_to(request.user).for_list()
    return OfficeFilter(request.GET, in_order(rows, request.GET.get("sort", "")))


@requires(Permission.EDIT_MUNICIPALITY)
@require_safe
def offices(request: UserRequest) -> HttpResponse:
    """Show all offices, filtered and in the order of the address."""
    found = _found(request)
    context = {"filter": found, "page": register_page(found.qs, request), "query": request.GET.urlencode()}
    return render(request, "municipalities/places/offices/list.html", context)


@requires(Permission.EDIT_MUNICIPALITY)
@require_safe
def table(request: UserRequest) -> StreamingHttpResponse:
    """Give the offices of the list as a table to take away."""
    return csv_response("offices", queries.table_header(), queries.table_rows(_found(request).qs))


@requires(Permission.EDIT_MUNICIPALITY)
def new(request: UserRequest) -> HttpResponse:
    """Add an office."""
    form = NewOfficeForm(request.POST or None, initial={"municipality": request.GET.get("municipality", "")})

    def verb() -> Office:
        said = form.cleaned_data
        return verbs.add(said["municipality"], kind=said["kind"], words=form.words, by=request.user)

    return run_verb(
        request,
        verb,
        to=lambda office: reverse("desk-office-edit", args=[office.pk]),
        show=template_page(request, "municipalities/places/offices/new.html", {"form": form}),
        done=_("The office is added."),
        form=form,
    )


def _office_of(request: UserRequest, pk: int) -> Office:
    return get_object_or_404(Office.objects.visible_to(request.user).for_list(), pk=pk)


@requires(Permission.EDIT_MUNICIPALITY)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct an office, beside what visitors say of it and what became of it."""
    office = _office_of(request, pk)
    return edit_page(
        request,
        office,
        kind=OfficeForm,
        template="municipalities/places/offices/edit.html",
        to=reverse("desk-office-edit", args=[pk]),
        done=_("The office is corrected and checked by you."),
        history=queries.history_of(office),
    )


def _button(verb: Any, done: str | Promise) -> View:
    """Return the view of a button on the page of an office."""

    @requires(Permission.EDIT_MUNICIPALITY)
    @require_POST
    def view(request: UserRequest, pk: int) -> HttpResponse:
        page = reverse("desk-office-edit", args=[pk])
        return press(request, _office_of(request, pk), verb, to=page, page=page, done=done)

    return view


check = _button(verbs.check, gettext_lazy("You have checked the office."))
close = _button(verbs.close, gettext_lazy("The office is closed. Nobody is sent there."))
reopen = _button(verbs.reopen, gettext_lazy("The office is open again."))


@requires(Permission.EDIT_MUNICIPALITY)
@require_safe
def office_reports(request: UserRequest) -> HttpResponse:
    """Show the contacts that visitors report, newest first: those that wait, or with `?done=` the settled."""
    wants_settled = "done" in request.GET
    rows = (
        OfficeReport.objects.visible_to(request.user).for_list().filter(settled_at__isnull=not wants_settled)
    )
    context = {"page": page_of(rows, request), "wants_settled": wants_settled}
    return render(request, "municipalities/places/offices/reports.html", context)


@requires(Permission.EDIT_MUNICIPALITY)
@require_POST
def settle(request: UserRequest, pk: int) -> HttpResponse:
    """Say that a report is dealt with."""
    row = get_object_or_404(OfficeReport.objects.visible_to(request.user), pk=pk)
    return run_verb(
        request,
        partial(reports.settle, row, by=request.user),
        to="desk-office-reports",
        show=back_to(request, "desk-office-reports"),
        done=_("The report is settled."),
        changed=_("A colleague has settled it already."),
    )
