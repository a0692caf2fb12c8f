"""The desk today and its keys, the list of all requests, sums of time, and by when answers are due."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.actions import switch_shortcuts
from accounts.permissions import Permission
from consultations.desk import export as desk_export
from consultations.desk.actions.bulk import reasons_against_undoing
from consultations.desk.actions.filters import note_export
from consultations.desk.filters import RequestFilter
from consultations.desk.forms.desk import SaveFilterForm, TimeForm, TopicDaysForm, WatchingForm
from consultations.desk.timesheet import Timesheet
from consultations.desk.today import Day
from consultations.desk.views.bulk import sentence_of
from consultations.intake.receipts import is_one_missing
from consultations.models import BulkAction, SavedFilter, SupportRequest, Topic, TopicWatch
from consultations.requests.actions.topics import set_answer_days
from consultations.requests.actions.watch import watch_topics
from consultations.requests.clock import ANSWER_WORKING_DAYS, AT_RISK_WORKING_DAYS
from consultations.requests.queries import list_rows
from core.views.paging import Page, page_of, whole_number
from core.views.tables import csv_response
from core.views.verbs import run_verb, template_page

# How many saved filters stand above the list; their own page has them all.
MOST_LINKS = 40


@requires(Permission.VIEW_DESK)
@require_safe
def overview(request: UserRequest) -> HttpResponse:
    """What is to be done, the most urgent first, and one search box."""
    context = {"day": Day(request.user), "receipt_missing": is_one_missing()}
    return render(request, "consultations/desk/today.html", context)


@requires(Permission.VIEW_DESK)
@require_safe
def keys(request: UserRequest) -> HttpResponse:
    """What each key does, and whether single keys do it."""
    return render(request, "consultations/desk/shortcuts.html", {"is_on": request.user.has_shortcuts})


@requires(Permission.VIEW_DESK)
@require_POST
def switch_keys(request: UserRequest) -> HttpResponse:
    """Switch single keys on with `on=1`, else off."""
    on = request.POST.get("on") == "1"
    switch_shortcuts(request.user, on=on, by=request.user)
    messages.success(request, _("Single keys are on.") if on else _("Single keys are off."))
    return redirect("desk-keys")


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
        "rows": list_rows(page.items),
        "saved": SavedFilter.objects.for_list(request.user)[:MOST_LINKS],
        "save_form": SaveFilterForm(initial={"query": query}, auto_id="filter_%s") if query else None,
        "may_change": may_change,
        "may_assign": request.user.has(Permission.ASSIGN_REQUEST),
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
    pk = whole_number(request.GET.get("bulk"))
    action = BulkAction.objects.visible_to(request.user).filter(pk=pk).first() if pk else None
    if action is None or reasons_against_undoing(action, by=request.user):
        return None
    return {"action": action, "sentence": sentence_of(action)}


@requires(Permission.VIEW_DESK)
@require_safe
def time(request: UserRequest) -> HttpResponse:
    """Sums of time for the period, municipality and consultant in the address."""
    form = TimeForm(request.GET)
    sheet = Timesheet(**form.choice(), reader=request.user)
    return render(request, "consultations/desk/time.html", {"form": form, "sheet": sheet})


@requires(Permission.VIEW_DESK)
@require_safe
def export_time(request: UserRequest) -> StreamingHttpResponse:
    """The same sums as a table to take away; nobody but colleagues is named in it."""
    sheet = Timesheet(**TimeForm(request.GET).choice(), reader=request.user)
    header = [
        _("Request"), _("Municipality"), _("Consultant"), _("Channel"), _("Contacts"), _("Minutes"),
        _("Hours"),
    ]  # fmt: skip
    return csv_response(f"time-{sheet.since:%Y-%m-%d}-{sheet.until:%Y-%m-%d}", header, sheet.rows())


@requires(Permission.VIEW_REQUESTS)
def watching(request: UserRequest) -> HttpResponse:
    """The topics of whose new requests one is told."""
    watched = Topic.objects.filter(pk__in=TopicWatch.objects.filter(user=request.user).values("topic"))
    form = WatchingForm(request.POST if request.method == "POST" else None, initial={"topics": watched})

    def verb() -> None:
        watch_topics(form.cleaned_data["topics"], by=request.user)

    show = template_page(request, "consultations/desk/watching.html", {"form": form})
    return run_verb(request, verb, to="desk-watching", show=show, done=_("The topics are saved."), form=form)


@requires(Permission.MANAGE_MEMBERSHIPS)
def topics(request: UserRequest) -> HttpResponse:
    """All topics with their days, to be put right."""
    form = TopicDaysForm(request.POST or None, topics=Topic.objects.in_use())

    @transaction.atomic
    def verb() -> None:
        for topic, days in form.changes():
            set_answer_days(topic, days=days, by=request.user)

    context = {"form": form, "usual": ANSWER_WORKING_DAYS, "at_risk": AT_RISK_WORKING_DAYS}
    show = template_page(request, "consultations/desk/topics.html", context)
    return run_verb(request, verb, to="desk-topic-days", show=show, done=_("The days are saved."), form=form)
