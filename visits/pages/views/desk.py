"""The page of one visit at the desk: what is planned, and a tab for each thing that follows from it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from visits.models import StudyVisit
from visits.pages.parts import DESK_TABS, tab_of


@requires(Permission.VIEW_DESK)
@require_safe
def visit(request: UserRequest, pk: int) -> HttpResponse:
    """One visit; `?tab=` names what is open."""
    row = get_object_or_404(StudyVisit.objects.visible_to(request.user).for_list(), pk=pk)
    tab = tab_of(request.GET.get("tab"), row, request.user)
    return render(request, "visits/pages/desk_visit.html", {"visit": row, "tab": tab, "tabs": DESK_TABS})
