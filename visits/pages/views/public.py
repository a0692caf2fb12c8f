"""The public pages of study visits and their hosts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import public
from core.loading.sources import Sources
from core.views.paging import page_of
from visits.hosts import queries
from visits.models import Host, StudyVisit
from visits.pages.facts import facts_of_host, facts_of_visit
from visits.pages.parts import public_parts


@public
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """The hosts, how many of them are known, and the visits, newest first."""
    context = {
        "partners": queries.partners(),
        "hosts": list(Host.objects.for_list()),
        "page": page_of(StudyVisit.objects.published().for_list(), request),
        "sources": Sources(),
    }
    return render(request, "visits/pages/visits.html", context)


@public
@require_safe
def visit(request: HttpRequest, slug: str) -> HttpResponse:
    """One visit: what was learned, who took part, and each fact that is known."""
    rows = StudyVisit.objects.published().for_list().prefetch_related("programme")
    row = get_object_or_404(rows, slug=slug)
    context = {"visit": row, "facts": facts_of_visit(row), "sources": Sources()}
    context["parts"] = public_parts(row, request.user)
    return render(request, "visits/pages/visit.html", context)


@public
@require_safe
def host(request: HttpRequest, slug: str) -> HttpResponse:
    """One host: what it does, each fact that is known, and the visits to it."""
    row = get_object_or_404(Host.objects.for_page(), slug=slug)
    context = {"host": row, "facts": facts_of_host(row), "sources": Sources()}
    return render(request, "visits/pages/host.html", context)
