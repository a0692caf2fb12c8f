"""The desk today, and the list of all requests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from consultations.filters import RequestFilter
from consultations.models import SupportRequest
from consultations.queries import rows_of, today
from core.paging import Page, page_of


@requires(Permission.VIEW_DESK)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Four short lists and one search box."""
    return render(request, "consultations/desk/today.html", {"sections": today(request.user)})


@requires(Permission.VIEW_REQUESTS)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """All requests, filtered by the address."""
    visible = SupportRequest.objects.visible_to(request.user).for_list()
    found = RequestFilter(request.GET, visible, reader=request.user)
    page = page_of(found.qs, request) if found.is_by_number else FixedPage.of(found.qs, request)
    context = {"filter": found, "page": page, "rows": rows_of(page.items)}
    return render(request, "consultations/desk/list.html", context)


class FixedPage(Page):
    """A page of a list in an order of its own, which cannot go on behind a row's number."""

    older_than = None

    @classmethod
    def of(cls, rows, request: HttpRequest) -> "FixedPage":
        """Return the page that the address asks for."""
        return cls(rows, page_of(rows, request).number)
