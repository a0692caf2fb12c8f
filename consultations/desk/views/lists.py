"""The desk today, the list of all requests, and the list as a table to take away."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.desk import export as desk_export
from consultations.desk.actions.bulk import reasons_against_undoing
from consultations.desk.actions.filters import note_export
from consultations.desk.filters import RequestFilter
from consultations.desk.forms.lists import SaveFilterForm
from consultations.desk.today import to_decide, today
from consultations.desk.views.bulk import sentence_of
from consultations.intake.receipts import is_one_missing
from consultations.models import BulkAction, SavedFilter, SupportRequest
from consultations.requests.queries import rows_of
from core.views.paging import Page, page_of, whole_number
from core.views.tables import csv_response

# How many saved filters stand above the list; their own page has them all.
MOST_LINKS = 40


@requires(Permission.VIEW_DESK)
@require_safe
def desk(request: UserRequest) -> HttpResponse:
    """Four short lists and one search box."""
    context = {
        "sections": today(request.user),
        "to_decide": to_decide(request.user),
        "receipt_missing": is_one_missing(),
    }
    return render(request, "consultations/desk/today.html", context)


@requires(Permission.VIEW_REQUESTS)
@require_safe
def requests(request: UserRequest) -> HttpResponse:
    """All requests, filtered by the address."""
    found = _found(request)
    query, page = found.query, page_of(found.qs, request)
    if not found.is_by_number:
        page = FixedPage(found.qs, page.number)
    may_change = request.user.has(Permission.ANSWER_REQUEST)
    context = {
        "filter": found,
        "page": page,
        "rows": rows_of(page.items),
        "saved": SavedFilter.objects.for_list(request.user)[:MOST_LINKS],
        "save_form": SaveFilterForm(initial={"query": query}, auto_id="filter_%s") if query else None,
        "may_change": may_change,
        "may_assign": request.user.has(Permission.ASSIGN_REQUEST),
        "colleagues": [person for person in found.staff if person.has(Permission.ANSWER_REQUEST)],
        "changed": _just_changed(request) if may_change else None,
    }
    return render(request, "consultations/desk/list.html", context)


@requires(Permission.VIEW_REQUESTS)
@require_POST
def export(request: UserRequest) -> StreamingHttpResponse:
    """The list of the filter in the address as a table, without pages."""
    found = _found(request)
    note_export(found.query, by=request.user)
    return csv_response("requests", desk_export.header(), desk_export.rows(found.qs))


class FixedPage(Page):
    """A page of a list in an order of its own, which cannot go on behind a row's number."""

    older_than = None


def _found(request: UserRequest) -> RequestFilter:
    visible = SupportRequest.objects.visible_to(request.user).for_list()
    return RequestFilter(request.GET, visible, reader=request.user)


def _just_changed(request: UserRequest) -> dict[str, object] | None:
    """Return what the address says was just done to several requests, while it can be undone."""
    actions = BulkAction.objects.visible_to(request.user)
    action = actions.filter(pk=whole_number(request.GET.get("bulk")) or 0).first()
    if action is None or reasons_against_undoing(action, by=request.user):
        return None
    return {"action": action, "sentence": sentence_of(action)}
