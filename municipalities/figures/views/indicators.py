"""The list of indicators, for administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.states import Conflict, Refused
from core.views.paging import page_of, whole_number
from core.views.verbs import CONFLICT, UNPROCESSABLE, see_version
from municipalities.figures.actions import indicators as actions
from municipalities.figures.forms import IndicatorForm
from municipalities.models import Indicator


@requires(Permission.MANAGE_INDICATORS)
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """All indicators, those in use and those retired."""
    page = page_of(Indicator.objects.select_related("at_most"), request, per_page=100)
    return render(request, "municipalities/figures/indicators/list.html", {"page": page})


@requires(Permission.MANAGE_INDICATORS)
def add(request: HttpRequest) -> HttpResponse:
    """Add an indicator."""
    form, status = IndicatorForm(request.POST or None), 200
    if form.is_valid():
        try:
            actions.add_indicator(definition=form.to_definition(), by=request.user)
        except Refused as refusal:
            status = _refused(form, refusal)
        else:
            messages.success(
                request, _("The indicator is added. It can be asked for from the next period on.")
            )
            return redirect("desk-indicators")
    return _page(request, form, None, status=status)


@requires(Permission.MANAGE_INDICATORS)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an indicator; what a colleague saved meanwhile is shown."""
    row = get_object_or_404(Indicator, slug=slug)
    form, status, theirs = IndicatorForm(request.POST or None, row=row), 200, None
    if form.is_valid():
        seen = form.cleaned_data["version"] or 0
        try:
            actions.change_indicator(row, definition=form.to_definition(), version=seen, by=request.user)
        except Refused as refusal:
            status = _refused(form, refusal)
        except Conflict as conflict:
            theirs, status = conflict.current, CONFLICT
            see_version(form, theirs)
        else:
            messages.success(request, _("The indicator is changed."))
            return redirect("desk-indicators")
    return _page(request, form, row, theirs=theirs, status=status)


def _page(
    request: HttpRequest,
    form: IndicatorForm,
    row: Indicator | None,
    *,
    theirs: Indicator | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "indicator": row, "theirs": theirs}
    context["has_values"] = bool(row and actions.has_values(row))
    return render(request, "municipalities/figures/indicators/edit.html", context, status=status)


@requires(Permission.MANAGE_INDICATORS)
@require_POST
def set_in_use(request: HttpRequest, slug: str) -> HttpResponse:
    """Retire an indicator, or take it up again."""
    row = get_object_or_404(Indicator, slug=slug)
    in_use = "take-up" in request.POST
    seen = whole_number(request.POST.get("version")) or 0
    try:
        actions.set_in_use(row, in_use=in_use, version=seen, by=request.user)
    except Conflict:
        messages.warning(request, _("A colleague has changed this indicator meanwhile. Look at it again."))
    else:
        done = _("It is asked for again.") if in_use else _("It is no longer asked for. Its values stay.")
        messages.success(request, done)
    return redirect("desk-indicators")


def _refused(form: IndicatorForm, refusal: Refused) -> int:
    for reason in refusal.reasons:
        form.add_error(None, reason)
    return UNPROCESSABLE
