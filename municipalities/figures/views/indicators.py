"""The list of indicators, for administrators."""

from functools import partial

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.audit import words
from core.views.paging import page_of
from core.views.verbs import Show, back_to, run_verb, template_page, version_of
from municipalities.figures.actions import indicators as actions
from municipalities.figures.forms import IndicatorForm
from municipalities.models import Indicator


@requires(Permission.MANAGE_INDICATORS)
@require_safe
def indicators(request: UserRequest) -> HttpResponse:
    """All indicators, those in use and those retired."""
    page = page_of(Indicator.objects.select_related("at_most"), request, per_page=100)
    return render(request, "municipalities/figures/indicators/list.html", {"page": page})


@requires(Permission.MANAGE_INDICATORS)
def add(request: UserRequest) -> HttpResponse:
    """Add an indicator."""
    form = IndicatorForm(request.POST or None)
    return run_verb(
        request,
        lambda: actions.add_indicator(form.columns, by=request.user),
        to="desk-indicators",
        show=_page(request, form),
        done=_("The indicator is added. It can be asked for from the next period on."),
        form=form,
    )


@requires(Permission.MANAGE_INDICATORS)
def edit(request: UserRequest, slug: str) -> HttpResponse:
    """Change an indicator; what a colleague saved meanwhile is shown."""
    row = get_object_or_404(Indicator, slug=slug)
    form = IndicatorForm(request.POST or None, initial=model_to_dict(row))

    def verb() -> None:
        seen = form.cleaned_data["version"] or 0
        actions.change_indicator(row, columns=form.columns, version=seen, by=request.user)

    done = _("The indicator is changed.")
    return run_verb(request, verb, to="desk-indicators", show=_page(request, form, row), done=done, form=form)


def _page(request: UserRequest, form: IndicatorForm, row: Indicator | None = None) -> Show:
    has_values, history = (actions.has_values(row), words.history(row)) if row else (False, [])
    context = {"form": form, "indicator": row, "has_values": has_values, "history": history}
    return template_page(request, "municipalities/figures/indicators/edit.html", context)


@requires(Permission.MANAGE_INDICATORS)
@require_POST
def set_in_use(request: UserRequest, slug: str) -> HttpResponse:
    """Retire an indicator, or take it up again."""
    row = get_object_or_404(Indicator, slug=slug)
    in_use = "take-up" in request.POST
    return run_verb(
        request,
        partial(actions.set_in_use, row, in_use=in_use, version=version_of(request), by=request.user),
        to="desk-indicators",
        show=back_to(request, "desk-indicators", level=messages.WARNING),
        done=_("It is asked for again.") if in_use else _("It is no longer asked for. Its values stay."),
        changed=_("A colleague has changed this indicator meanwhile. Look at it again."),
    )
