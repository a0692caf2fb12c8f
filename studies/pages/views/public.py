"""The public pages of the expert materials."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import public
from core.loading.sources import Sources
from core.views.paging import page_of
from studies.models import Material
from studies.pages.facts import facts_of
from studies.pages.filters import MaterialFilter
from studies.pages.parts import public_parts
from studies.plan import queries


@public
@require_safe
def materials(request: HttpRequest) -> HttpResponse:
    """What can be read and for whom, what is to come, and the plan of thirteen."""
    found = MaterialFilter(request.GET, Material.objects.published().for_list())
    plan = queries.plan()
    context = {
        "plan": plan,
        "announced": queries.announced(plan.rows),
        "filter": found,
        "page": page_of(found.qs, request),
        "sources": Sources(),
    }
    return render(request, "studies/pages/materials.html", context)


@public
@require_safe
def material(request: HttpRequest, slug: str) -> HttpResponse:
    """One material: what it is about, each fact that is known of it, and what others add to it."""
    row = get_object_or_404(Material.objects.reachable().for_list(), slug=slug)
    context = {
        "material": row,
        "facts": facts_of(row),
        "sources": Sources(),
        "parts": public_parts(row, request.user),
    }
    return render(request, "studies/pages/material.html", context)
