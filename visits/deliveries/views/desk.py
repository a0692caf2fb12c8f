"""Deliveries at the desk: who has a report, who opened it, who asked, and what somebody has to see to."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.paging import page_of
from core.views.verbs import UNPROCESSABLE, run_verb, version_of
from visits.deliveries import queries
from visits.deliveries.actions import desk as actions
from visits.deliveries.actions import questions
from visits.deliveries.filters import DeliveryFilter
from visits.deliveries.forms import BulkForm, MendForm, ToldForm, forms_of
from visits.models import Delivery

PLACES_A_PAGE = 50


@requires(Permission.VIEW_DESK)
@require_safe
def deliveries(request: UserRequest) -> HttpResponse:
    """All deliveries, the newest first."""
    return _list(request)


def _list(request: UserRequest, *, status: int = 200, **said: Any) -> HttpResponse:
    found = DeliveryFilter(request.GET, queryset=Delivery.objects.visible_to(request.user).for_list())
    context = {
        "filter": found,
        "page": page_of(found.qs, request),
        "may_change": request.user.has(Permission.MANAGE_VISITS),
        # What was ticked and typed, where it comes back.
        "ticked": request.POST.getlist("row"),
        "note": request.POST.get("note", ""),
        **said,
    }
    return render(request, "visits/deliveries/list.html", context, status=status)


@requires(Permission.MANAGE_VISITS)
@require_POST
def bulk(request: UserRequest) -> HttpResponse:
    """Send several again, or write down of several that they were told by phone."""
    form = BulkForm(request.POST, rows=Delivery.objects.visible_to(request.user).for_list())
    if not form.is_valid():
        reasons = [reason for found in form.errors.values() for reason in found]
        return _list(request, status=UNPROCESSABLE, reasons=reasons)

    def verb() -> tuple[int, list[str]]:
        do, note = form.cleaned_data["do"], form.cleaned_data["note"]
        return actions.each(form.chosen, do, note=note, by=request.user)

    def done(result: tuple[int, list[str]]) -> str:
        count, reasons = result
        for reason in reasons:
            messages.warning(request, reason)
        words = ngettext("Done for %(count)s delivery.", "Done for %(count)s deliveries.", count)
        return words % {"count": count} if count else ""

    back = f"{reverse('desk-deliveries')}?{request.GET.urlencode()}"
    return run_verb(request, verb, to=back, show=partial(_list, request), done=done)


@requires(Permission.VIEW_DESK)
@require_safe
def matrix(request: UserRequest) -> HttpResponse:
    """Municipalities by visits: how far each report has come to each."""
    visits = queries.matrix_visits()
    page = page_of(queries.matrix_municipalities(), request, per_page=PLACES_A_PAGE)
    context = {"visits": visits, "page": page, "rows": queries.matrix_cells(page.items, visits)}
    return render(request, "visits/deliveries/matrix.html", context)


@requires(Permission.VIEW_DESK)
@require_safe
def delivery(request: UserRequest, pk: int) -> HttpResponse:
    """One delivery: where it went, how far it is, what happened, and what can be done."""
    return _page(request, _row(request, pk))


def _row(request: UserRequest, pk: int) -> Delivery:
    rows = Delivery.objects.visible_to(request.user).for_list()
    return get_object_or_404(rows.select_related("subscription", "told_by", "acknowledged_by"), pk=pk)


def _page(request: UserRequest, row: Delivery, *, status: int = 200, **said: Any) -> HttpResponse:
    user = request.user
    context = {
        "delivery": row,
        "visit": row.report.visit,
        "asked": questions.asked_from(row, user),
        "history": queries.history_of(row),
        "others": row.report.deliveries.filter(municipality=row.municipality_id)
        .exclude(pk=row.pk)
        .for_list()[:10]
        if row.municipality_id
        else [],
        "against_mending": actions.reasons_against_mending(row, by=user),
        "against_sending": actions.reasons_against_sending_again(row, by=user),
        "against_phoning": actions.reasons_against_phoning(row, by=user),
        "against_telling": actions.reasons_against_telling(row, by=user),
        "conflict": None,
        **forms_of(row),
        **said,
    }
    return render(request, "visits/deliveries/desk.html", context, status=status)


def _do(
    request: UserRequest, row: Delivery, verb: Any, done: str, *, form: BaseForm | None = None, name: str = ""
) -> HttpResponse:
    """Do something to a delivery, by what its form says, and show it as it stands then."""
    said: dict[str, Any] = {name: form} if form else {}
    return run_verb(
        request,
        lambda: verb(row, **(form.cleaned_data if form else {}), by=request.user),
        to=row.get_desk_url(),
        show=partial(_page, request, row, **said),
        done=done,
        form=form,
    )


@requires(Permission.MANAGE_VISITS)
@require_POST
def mend(request: UserRequest, pk: int) -> HttpResponse:
    """Send a delivery to another address."""
    form, done = MendForm(request.POST), _("It is on its way to the other address.")
    return _do(request, _row(request, pk), actions.mend_address, done, form=form, name="mend_form")


@requires(Permission.MANAGE_VISITS)
@require_POST
def again(request: UserRequest, pk: int) -> HttpResponse:
    """Send a delivery once more."""
    return _do(request, _row(request, pk), actions.send_again, _("It is on its way again."))


@requires(Permission.MANAGE_VISITS)
@require_POST
def phone(request: UserRequest, pk: int) -> HttpResponse:
    """Leave a delivery for a call."""
    verb = partial(actions.to_phone, version=version_of(request))
    return _do(request, _row(request, pk), verb, _("It waits for a call."))


@requires(Permission.MANAGE_VISITS)
@require_POST
def told(request: UserRequest, pk: int) -> HttpResponse:
    """Write down that a municipality was told by phone."""
    form, done = ToldForm(request.POST), _("It is written down that they know.")
    return _do(request, _row(request, pk), actions.told_by_phone, done, form=form, name="told_form")
