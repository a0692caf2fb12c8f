"""The pages of a programme's phase log that officials and the desk share."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.access import UserRequest
from core.views.verbs import run_verb
from municipalities.models import Programme, ProgrammePhase
from municipalities.places import profile
from municipalities.programmes.actions import phases as actions
from municipalities.programmes.actions.programmes import reasons_against_editing
from municipalities.programmes.forms.programmes import PhaseForm
from municipalities.programmes.views.pages import Area, confirm, programme_of


def new(request: UserRequest, area: Area, programme: Programme) -> HttpResponse:
    """Add a phase to the log."""
    return _page(
        request,
        area,
        programme,
        PhaseForm(request.POST or None, initial={"version": programme.version}),
        actions.reasons_against_adding(programme, by=request.user),
        lambda words, seen: actions.add_phase(programme, words=words, version=seen, by=request.user),
        _("The phase is added."),
    )


def change(request: UserRequest, area: Area, programme: Programme, phase: int) -> HttpResponse:
    """Change a phase of the log."""
    row = _phase(programme, phase)
    return _page(
        request,
        area,
        programme,
        PhaseForm(request.POST or None, instance=copy(row), initial={"version": programme.version}),
        reasons_against_editing(programme.municipality, by=request.user),
        lambda words, seen: actions.change_phase(row, words=words, version=seen, by=request.user),
        _("The phase is changed."),
        row,
    )


def remove(request: UserRequest, area: Area, programme: Programme, phase: int) -> HttpResponse:
    """Ask whether a phase is to go, and take it out."""
    row = _phase(programme, phase)
    return confirm(
        request,
        area,
        programme,
        title=_("Remove the phase?"),
        text=row.title,
        label=_("Remove the phase"),
        reasons=reasons_against_editing(programme.municipality, by=request.user),
        verb=lambda seen: actions.remove_phase(row, version=seen, by=request.user),
        done=_("The phase is removed."),
        to=f"{area.url(programme)}#phases",
    )


def _phase(programme: Programme, pk: int) -> ProgrammePhase:
    row = get_object_or_404(programme.phases, pk=pk)
    row.programme = programme
    return row


def _page(
    request: UserRequest,
    area: Area,
    programme: Programme,
    form: PhaseForm,
    reasons: list[str],
    verb: Callable[[dict[str, Any], int], Any],
    done: str,
    row: ProgrammePhase | None = None,
) -> HttpResponse:

    def page(*, conflict: Any = None, status: int = 200) -> HttpResponse:
        shown = programme if conflict is None else programme_of(request, programme.pk)
        context = {"area": area, "programme": shown, "form": form, "phase": row, "reasons": reasons}
        context |= {"has_changed": conflict is not None, "back": area.url(programme)}
        context["home"] = area.home(programme.municipality)
        context["phases"] = profile.phases_of(shown)
        return render(request, "municipalities/programmes/phase.html", context, status=status)

    return run_verb(
        request,
        lambda: verb(form.cleaned_data, form.cleaned_data["version"] or 0),
        to=f"{area.url(programme)}#phases",
        show=page,
        done=done,
        form=form,
    )
