"""The public pages of study visits and their hosts."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import public
from core.loading.sources import Sources
from core.views.paging import page_of
from visits.choices import COMING
from visits.hosts import queries
from visits.models import Host, StudyVisit, Workshop
from visits.pages.facts import facts_of_host, facts_of_visit
from visits.pages.filters import VisitFilter
from visits.pages.parts import public_parts
from visits.pages.queries import for_readers, to_come
from visits.plans.queries import by_day


@public
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """The visits to come, the others newest first, the hosts by country and how many of them are known."""
    found = VisitFilter(request.GET, for_readers(StudyVisit.objects.published()))
    page = page_of(found.qs.exclude(state__in=COMING), request)
    hosts = list(Host.objects.for_list())
    context = {
        "filter": found,
        "to_come": to_come(found.qs) if page.number == 1 else [],
        "page": page,
        "partners": queries.partners(),
        "known": len(hosts),
        "countries": [(of[0].country, of) for of in _by_country(hosts)],
        "sources": Sources(),
    }
    return render(request, "visits/pages/visits.html", context)


@public
@require_safe
def visit(request: HttpRequest, slug: str) -> HttpResponse:
    """One visit: what was learned, who took part, and each fact that is known."""
    rows = StudyVisit.objects.published().for_list().prefetch_related("programme")
    row = get_object_or_404(rows, slug=slug)
    context = {
        "visit": row,
        "facts": facts_of_visit(row),
        "days": by_day(row.programme.all()),
        "parts": public_parts(row, request.user),
        "sources": Sources(),
    }
    return render(request, "visits/pages/visit.html", context)


def _by_country(hosts: Iterable[Host]) -> list[list[Host]]:
    """Return hosts by country, in their order."""
    return [list(of) for _code, of in groupby(hosts, key=lambda host: host.country_code)]


@public
@require_safe
def host(request: HttpRequest, slug: str) -> HttpResponse:
    """One host: what it does, each fact that is known, and the visits to it."""
    row = get_object_or_404(Host.objects.known(), slug=slug)
    context = {
        "host": row,
        "facts": facts_of_host(row),
        "visits": list(for_readers(StudyVisit.objects.published().filter(host=row))),
        "workshops": list(Workshop.objects.of_host(row)),
        "sources": Sources(),
    }
    return render(request, "visits/pages/host.html", context)
