"""Second readings at the desk: what waits to be read, one text with its conversation, and what is decided."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from consultations.choices import ReadingState, State
from consultations.desk.request_page import contact_entry
from consultations.desk.views.request import case_of
from consultations.experts.forms import ReadingForm, ReadingRemarkForm
from consultations.experts.views.desk import MOST
from consultations.models import SecondReading, SupportRequest
from consultations.requests.actions import desk
from consultations.requests.actions import readings as actions
from consultations.requests.queries import carrier_of, reasons_against_carrying
from core.states import refuse_for
from core.views.verbs import CONFLICT, UNPROCESSABLE, run_verb, see_version, template_page, version_of


@requires(Permission.VIEW_REQUESTS)
@require_safe
def readings(request: UserRequest) -> HttpResponse:
    """What waits for me to read it, and what of mine is with somebody or came back."""
    visible = SecondReading.objects.visible_to(request.user).for_list()
    undone = [ReadingState.ASKED, ReadingState.APPROVED, ReadingState.SENT_BACK]
    context = {
        "to_read": visible.for_reader(request.user)[:MOST],
        "mine": visible.filter(asked_by=request.user, state__in=undone).order_by("-pk")[:MOST],
        "may_read": actions.may_read(request.user),
    }
    return render(request, "consultations/experts/desk/readings.html", context)


@requires(Permission.ANSWER_REQUEST)
def ask(request: UserRequest, reference: str) -> HttpResponse:
    """Ask a colleague to read an answer. Another page may send its text here to begin with."""
    case = case_of(request, reference)
    is_begun = request.method == "POST" and "reader" not in request.POST
    # Written in the answer box, nobody chosen yet.
    begun = {"text": request.POST.get("text", "").replace("\x00", "")}
    form = ReadingForm(None if is_begun else request.POST or None, by=request.user, initial=begun)
    reasons = actions.reasons_against_asking_reading(case, by=request.user)
    context = {"case": case, "form": form, "reasons": reasons, "entries": _entries(request, case)}
    show = template_page(request, "consultations/experts/desk/ask_reading.html", context)
    if is_begun:
        return show()
    return run_verb(
        request,
        lambda: actions.ask_reading(case, **form.cleaned_data, by=request.user),
        to=lambda row: row.get_desk_url(),
        show=show,
        done=_("The text waits for its second reader."),
        form=form,
    )


@requires(Permission.VIEW_REQUESTS)
@require_safe
def reading(request: UserRequest, pk: int) -> HttpResponse:
    """One text with the conversation that it answers."""
    return _page(request, _reading(request, pk))


def _reading(request: UserRequest, pk: int) -> SecondReading:
    rows = SecondReading.objects.visible_to(request.user).select_related("asked_by", "reader", "decided_by")
    return get_object_or_404(
        rows.select_related("request__requester", "request__assignee", "request__short_code"), pk=pk
    )


def _entries(request: UserRequest, case: SupportRequest) -> list[Any]:
    rows = case.contacts.visible_to(request.user).for_timeline().order_by("-took_place_at", "-pk")[:MOST]
    return [contact_entry(contact) for contact in reversed(rows)]


def _page(
    request: UserRequest,
    row: SecondReading,
    *,
    reasons: list[str] | None = None,
    conflict: Any = None,
    remark_form: ReadingRemarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if conflict is not None:
        row = _reading(request, row.pk)
        if remark_form:
            see_version(remark_form, row)
    is_sendable = row.state == ReadingState.APPROVED
    context = {
        "case": row.request,
        "reading": row,
        "entries": _entries(request, row.request),
        "refusals": reasons or [],
        "has_changed": conflict is not None,
        "remark_form": remark_form or ReadingRemarkForm(initial={"version": row.version}),
        "against_approving": actions.reasons_against_approving_reading(row, by=request.user),
        "against_withdrawing": actions.reasons_against_withdrawing(row, by=request.user),
        "against_sending": _reasons_against_sending(row.request, request.user) if is_sendable else [],
    }
    return render(request, "consultations/experts/desk/reading.html", context, status=status)


def _do(
    request: UserRequest,
    row: SecondReading,
    verb: Callable[[], None],
    done: str | Promise,
    *,
    to: SupportRequest | None = None,
    **again: Any,
) -> HttpResponse:
    show = partial(_page, request, row, **again)
    return run_verb(request, verb, to=(to or row).get_desk_url(), show=show, done=done)


def _view(permission: Permission, verb: Callable[..., None], done: Promise) -> View:
    """Return the view that does a verb for which nothing is filled in."""

    @requires(permission)
    @require_POST
    def view(request: UserRequest, pk: int) -> HttpResponse:
        row = _reading(request, pk)
        return _do(request, row, partial(verb, row, version=version_of(request), by=request.user), done)

    return view


approve = _view(
    Permission.VIEW_REQUESTS, actions.approve, gettext_lazy("The text is approved. Its author knows of it.")
)
withdraw = _view(Permission.ANSWER_REQUEST, actions.withdraw, gettext_lazy("The text is taken back."))


@requires(Permission.VIEW_REQUESTS)
@require_POST
def send_back(request: UserRequest, pk: int) -> HttpResponse:
    """Return the text to its author."""
    row = _reading(request, pk)
    form = ReadingRemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, row, remark_form=form, status=UNPROCESSABLE)
    verb = partial(actions.send_back, row, **form.cleaned_data, by=request.user)
    return _do(request, row, verb, _("The text is back with its author."), remark_form=form)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def send(request: UserRequest, pk: int) -> HttpResponse:
    """Answer the request with the approved text, unless the conversation has gone on since."""
    row = _reading(request, pk)
    if row.state != ReadingState.APPROVED or row.request.version != version_of(request):
        return _page(request, row, conflict=row.request, status=CONFLICT)
    return _do(request, row, lambda: _send(row, request.user), _("The answer is sent."), to=row.request)


def _send(row: SecondReading, by: Any) -> None:
    case = row.request
    verb = desk.add_to_answer if case.state == State.ANSWERED else desk.answer
    refuse_for(_reasons_against_sending(case, by))
    verb(case, text=row.text, by=by, channel=carrier_of(case), certainty=row.certainty)


def _reasons_against_sending(case: SupportRequest, by: Any) -> list[str]:
    is_answered = case.state == State.ANSWERED
    reasons = desk.reasons_against_adding_to_answer if is_answered else desk.reasons_against_answering
    return reasons(case, by=by) or reasons_against_carrying(case)
