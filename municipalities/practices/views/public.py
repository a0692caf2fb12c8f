"""Who took up a practice, and what was learnt from all of them, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import public
from core.documents.choices import State
from core.documents.views.public import edition_at, gone
from core.views.paging import page_of
from municipalities.choices import AdoptionState
from municipalities.models import AdoptionStep
from municipalities.practices.filters import LessonFilter
from municipalities.practices.kind import PRACTICES
from municipalities.practices.queries import lessons_of
from municipalities.practices.views.adoptions import whole_ledger


@public
@require_safe
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """Every municipality that has taken a practice up, and how far it is."""
    edition = edition_at(PRACTICES, slug)
    if edition.state == State.WITHDRAWN:
        return gone(request, PRACTICES, edition)
    context = {"edition": edition, **whole_ledger(request, edition.document)}
    return render(request, "municipalities/practices/whole_ledger.html", context)


@public
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """What was dropped and why, over all practices and municipalities: `?approach= &size= &region=`."""
    filters = LessonFilter(request.GET, AdoptionStep.objects.lessons())
    page = page_of(filters.qs, request)
    context = {
        "filters": filters,
        "page": page,
        "lessons": lessons_of(page.items),
        "dropped": AdoptionState.DROPPED.label,
    }
    return render(request, "municipalities/practices/lessons.html", context)
