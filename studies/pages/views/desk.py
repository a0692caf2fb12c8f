"""The desk's pages of materials: the board with those beside the plan, and one material."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.paging import page_of
from studies.models import Material
from studies.pages.parts import DESK_TABS, tab_of
from studies.pages.queries import board
from studies.plan import queries
from studies.plan.actions.materials import reasons_of_role
from studies.plan.filters import AWAY, DeskMaterialFilter


@requires(Permission.VIEW_DESK)
@require_safe
def materials(request: UserRequest) -> HttpResponse:
    """The board of the thirteen, and the materials beside the plan."""
    beside = Material.objects.visible_to(request.user).filter(place=None)
    if request.GET.get("state") != AWAY:
        beside = beside.in_use()
    found = DeskMaterialFilter(request.GET, beside.for_desk())
    groups = board()
    context = {
        "plan": queries.Plan([line.material for _state, lines in groups for line in lines]),
        "board": groups,
        "filter": found,
        "page": page_of(found.qs, request),
        "against_adding": reasons_of_role(request.user),
    }
    return render(request, "studies/pages/desk_materials.html", context)


@requires(Permission.VIEW_DESK)
@require_safe
def material(request: UserRequest, pk: int) -> HttpResponse:
    """One material; `?tab=` names what is open."""
    row = get_object_or_404(Material.objects.visible_to(request.user).for_list(), pk=pk)
    tab = tab_of(request.GET.get("tab"), row, request.user)
    return render(
        request, "studies/pages/desk_material.html", {"material": row, "tab": tab, "tabs": DESK_TABS}
    )
