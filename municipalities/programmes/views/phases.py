"""The pages of a programme's phase log that officials and the desk share."""

from copy import copy
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.access import UserRequest
from core.loading.sources import Sources
from core.views.verbs import run_verb
from municipalities.models import Programme, ProgrammePhase
from municipalities.places import profile
from municipalities.programmes.actions import phases as actions
from municipalities.programmes.forms.programmes import PhaseForm
from municipalities.programmes.views.pages import Area, as_it_stands, confirm


def new(request: UserRequest, area: Area, programme: Programme) -> HttpResponse:
    """Add a phase to the log."""
    return _page(request, area, programme, None)


def change(request: UserRequest, area: Area, programme: Programme, phase: int) -> HttpResponse:
    """Change a phase of the log."""
    return _page(request, area, programme, get_object_or_404(programme.phases, pk=phase))


def _page(request: UserRequest, area: Area, programme: Programme, row: ProgrammePhase | None) -> HttpResponse:
    form = PhaseForm(request.POST or None, instance=copy(row), initial={"version": programme.version})
    verb = partial(actions.change_phase, phase=row) if row else actions.add_phase

    def show(*, conflict: Any = None, status: int = 200) -> HttpResponse:
        shown = as_it_stands(request, programme, conflict)
        against = actions.reasons_against_changing if row else actions.reasons_against_adding
        context = {
            **area.frame(shown),
            "form": form,
            "phase": row,
            "reasons": against(programme, by=request.user),
            "has_changed": conflict is not None,
            "phases": profile.phases_of(shown),
            "sources": Sources(),
        }
        return render(request, "municipalities/programmes/phase.html", context, status=status)

    return run_verb(
        request,
        lambda: verb(
            programme, words=form.cleaned_data, version=form.cleaned_data["version"] or 0, by=request.user
        ),
        to=f"{area.url(programme)}#phases",
        show=show,
        done=_("The phase is changed.") if row else _("The phase is added."),
        form=form,
    )


def remove(request: UserRequest, area: Area, programme: Programme, phase: int) -> HttpResponse:
    """Ask whether a phase is to go, and take it out."""
    row = get_object_or_404(programme.phases, pk=phase)
    return confirm(
        request,
        area,
        programme,
        verb=partial(actions.remove_phase, programme, phase=row),
        reasons=actions.reasons_against_changing(programme, by=request.user),
        to=f"{area.url(programme)}#phases",
        done=_("The phase is removed."),
        title=_("Remove the phase?"),
        text=row.title,
        label=_("Remove the phase"),
    )
