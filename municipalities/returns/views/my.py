"""The returns of an official's municipalities: what is asked, the short form, and what was sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.states import Conflict, Refused
from core.templatetags.ui import clock
from core.views.paging import page_of, whole_number
from core.views.verbs import CONFLICT, UNPROCESSABLE, see_version
from municipalities.models import Municipality, Return
from municipalities.returns import checks, queries
from municipalities.returns.actions import returns as actions
from municipalities.returns.forms import ReturnForm


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def returns(request: HttpRequest) -> HttpResponse:
    """What was asked of one's municipalities, the newest first."""
    rows = (
        Return.objects.visible_to(request.user)
        .for_list()
        .order_by("-period__year", "municipality__search_name")
    )
    page = page_of(rows, request)
    speaks = bool(page.items) or Municipality.objects.spoken_for_by(request.user).exists()
    return render(request, "municipalities/returns/my_list.html", {"page": page, "speaks": speaks})


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def my_return(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one return, or what was sent; saving keeps everything, sending looks at it first."""
    row = _return(request, pk)
    reasons = actions.reasons_against_writing(row, by=request.user)
    if request.method != "POST":
        return _read_only(request, row, reasons) if reasons else _form_page(request, row, _as_saved(row))
    form = _form(row, request.POST)
    if not form.is_valid():
        return _form_page(request, row, form, status=UNPROCESSABLE)
    try:
        actions.save(row, entries=form.to_entries(), version=_seen(form), by=request.user)
        if "send" in request.POST:
            return _send(request, row, form)
    except Refused as refusal:
        return _read_only(request, _return(request, pk), refusal.reasons, status=UNPROCESSABLE)
    except Conflict:
        return _conflict(request, pk, form)
    messages.success(request, _("Saved. Nothing is sent yet."))
    return redirect(row.get_my_url())


def _send(request: HttpRequest, row: Return, form: ReturnForm) -> HttpResponse:
    """Send what was just saved; what stands against it is shown beside the fields."""
    found = _found(row, form)
    if found:
        return _form_page(request, row, _with_findings(row, request, found), status=UNPROCESSABLE)
    try:
        actions.send(row, version=row.version, by=request.user)
    except Refused as refusal:
        return _form_page(
            request, row, _with_findings(row, request, {}), reasons=refusal.reasons, status=UNPROCESSABLE
        )
    messages.success(request, _("Sent. Thank you."))
    return redirect(row.get_my_url())


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def save_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Save while one types; the answer says so in a sentence, and which version is next."""
    row = _return(request, pk)
    form = _form(row, request.POST)
    if not form.is_valid():
        return JsonResponse({"said": _("Not saved: something is too long.")}, status=UNPROCESSABLE)
    try:
        actions.save(row, entries=form.to_entries(), version=_seen(form), by=request.user)
    except Refused as refusal:
        return JsonResponse({"said": " ".join(refusal.reasons)}, status=UNPROCESSABLE)
    except Conflict:
        words = _("A colleague has changed it meanwhile. Press “Save” to see both.")
        return JsonResponse({"said": words}, status=CONFLICT)
    said = _("Saved %(time)s.") % {"time": clock(timezone.now())}
    return JsonResponse({"said": said, "version": row.version})


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was sent, as long as the Contact Centre has not decided."""
    row = _return(request, pk)
    seen = whole_number(request.POST.get("version")) or 0
    try:
        actions.take_back(row, version=seen, by=request.user)
    except Refused as refusal:
        return _read_only(request, row, refusal.reasons, status=UNPROCESSABLE)
    except Conflict:
        reasons = [_("It has changed meanwhile. You see how it stands now.")]
        return _read_only(request, _return(request, pk), reasons, status=CONFLICT)
    messages.success(request, _("It is back with you. Mend it, and send it again."))
    return redirect(row.get_my_url())


def _return(request: HttpRequest, pk: int) -> Return:
    return get_object_or_404(Return.objects.visible_to(request.user).for_list(), pk=pk)


def _seen(form: ReturnForm) -> int:
    return form.cleaned_data["version"] or 0


# The form -----------------------------------------------------------------------


def _form(row: Return, data: Any = None) -> ReturnForm:
    return ReturnForm(
        data,
        indicators=queries.indicators_of(row.period),
        entries=queries.entries_of(row),
        last=queries.last_known(row),
        initial={"version": row.version},
    )


def _as_saved(row: Return) -> ReturnForm:
    """Return the form as it was saved, with what would stand against sending beside what was typed."""
    form = _form(row)
    if row.saved_at:
        form.show(_found(row, form), only_typed=True)
    return form


def _found(row: Return, form: ReturnForm) -> dict[int, checks.Finding]:
    return checks.check(row, form.indicators, queries.entries_of(row), queries.values_before(row))


def _with_findings(row: Return, request: HttpRequest, found: dict[int, checks.Finding]) -> ReturnForm:
    """Return the form as it was sent, with what is to be mended or answered, ready to be sent again."""
    data = request.POST.copy()
    data["version"] = str(row.version)
    for pk, entry in queries.entries_of(row).items():
        if not entry.is_confirmed:
            data.pop(f"confirmed_{pk}", None)
    form = _form(row, data)
    form.is_valid()
    form.show(found)
    return form


def _form_page(
    request: HttpRequest,
    row: Return,
    form: ReturnForm,
    *,
    reasons: list[str] | None = None,
    theirs: Return | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"statement": row, "form": form, "reasons": reasons or [], "theirs": theirs}
    return render(request, "municipalities/returns/my_form.html", context, status=status)


def _conflict(request: HttpRequest, pk: int, form: ReturnForm) -> HttpResponse:
    """Show both: one's own in the form, the colleague's beside each field where it differs."""
    row = _return(request, pk)
    if reasons := actions.reasons_against_writing(row, by=request.user):
        return _read_only(request, row, reasons, status=CONFLICT)
    mine, theirs = form.to_entries(), queries.entries_of(row)
    see_version(form, row)
    form.theirs = {
        key: entry
        for key, entry in theirs.items()
        if (entry.typed, entry.is_unknown, entry.note)
        != (mine[key].typed, mine[key].is_unknown, mine[key].note)
    }
    return _form_page(request, row, form, theirs=row, status=CONFLICT)


def _read_only(request: HttpRequest, row: Return, reasons: list[str], *, status: int = 200) -> HttpResponse:
    context = {"statement": row, "lines": queries.lines_of(row), "reasons": reasons if status != 200 else []}
    context["against_taking_back"] = actions.reasons_against_taking_back(row, by=request.user)
    return render(request, "municipalities/returns/my_sent.html", context, status=status)
