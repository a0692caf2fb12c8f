"""The returns of an official's municipalities: what is asked, the short form, and what was sent."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.templatetags.ui import clock
from core.views.paging import page_of
from core.views.verbs import CONFLICT, UNPROCESSABLE, run_verb, see_version, version_of
from municipalities.models import Municipality, Return
from municipalities.returns import checks, queries
from municipalities.returns.actions import returns as actions
from municipalities.returns.forms import ReturnForm


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def returns(request: UserRequest) -> HttpResponse:
    """What was asked of one's municipalities, the newest first."""
    rows = Return.objects.visible_to(request.user).for_list()
    page = page_of(rows.order_by("-period__year", "municipality__search_name"), request)
    speaks = bool(page.items) or Municipality.objects.spoken_for_by(request.user).exists()
    return render(request, "municipalities/returns/my_list.html", {"page": page, "speaks": speaks})


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def my_return(request: UserRequest, pk: int) -> HttpResponse:
    """The form of one return, or what was sent; saving keeps everything, sending looks at it first."""
    row = queries.return_of(request.user, pk)
    if request.method != "POST":
        reasons = actions.reasons_against_writing(row, by=request.user)
        return _read_only(request, row) if reasons else _form_page(request, row, _as_saved(row))
    form = _form(row, request.POST)
    if not form.is_valid():
        return _form_page(request, row, form, status=UNPROCESSABLE)

    def show(*, conflict: Any = None, **said: Any) -> HttpResponse:
        if conflict is not None:
            return _conflict(request, pk, form)
        return _read_only(request, queries.return_of(request.user, pk), **said)

    def go_on(_saved: None) -> HttpResponse:
        if "send" in request.POST:
            return _send(request, row, form)
        messages.success(request, _("Saved. Nothing is sent yet."))
        return redirect(row.get_my_url())

    return run_verb(request, partial(_save, request, row, form), to=go_on, show=show)


def _save(request: UserRequest, row: Return, form: ReturnForm) -> None:
    lines, version = form.to_lines().values(), form.cleaned_data["version"] or 0
    actions.save(row, lines=lines, version=version, by=request.user)


def _send(request: UserRequest, row: Return, form: ReturnForm) -> HttpResponse:
    """Send what was just saved; what stands against it is shown beside the fields."""

    def show(*, conflict: Any = None, **said: Any) -> HttpResponse:
        if conflict is not None:
            return _conflict(request, row.pk, form)
        return _form_page(request, row, _with_findings(row, request, found), **said)

    if found := _found(row, form):
        return show(status=UNPROCESSABLE)
    verb = partial(actions.send, row, version=row.version, by=request.user)
    return run_verb(request, verb, to=row.get_my_url(), show=show, done=_("Sent. Thank you."))


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def save_return(request: UserRequest, pk: int) -> HttpResponse:
    """Save while one types; the answer says so in a sentence, and which version is next."""
    row = queries.return_of(request.user, pk)
    form = _form(row, request.POST)
    if not form.is_valid():
        return JsonResponse({"said": _("Not saved: something is too long.")}, status=UNPROCESSABLE)

    def saved(_done: None) -> HttpResponse:
        said = _("Saved %(time)s.") % {"time": clock(timezone.now())}
        return JsonResponse({"said": said, "version": row.version})

    return run_verb(
        request,
        partial(_save, request, row, form),
        to=saved,
        show=lambda *, reasons, status: JsonResponse({"said": " ".join(reasons)}, status=status),
        changed=_("A colleague has changed it meanwhile. Press “Save” to see both."),
    )


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def take_back(request: UserRequest, pk: int) -> HttpResponse:
    """Take back what was sent, as long as the Contact Centre has not decided."""
    row = queries.return_of(request.user, pk)
    return run_verb(
        request,
        partial(actions.take_back, row, version=version_of(request), by=request.user),
        to=row.get_my_url(),
        show=lambda **said: _read_only(request, queries.return_of(request.user, pk), **said),
        done=_("It is back with you. Mend it, and send it again."),
        changed=_("It has changed meanwhile. You see how it stands now."),
    )


def _form(row: Return, data: Any = None) -> ReturnForm:
    return ReturnForm(
        data,
        indicators=queries.indicators_of(row.period),
        lines=queries.lines_by_indicator(row),
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
    return checks.check(row, form.indicators, queries.lines_by_indicator(row), queries.values_before(row))


def _with_findings(row: Return, request: UserRequest, found: dict[int, checks.Finding]) -> ReturnForm:
    """Return the form as it was sent, with what is to be mended or answered, ready to be sent again."""
    data = request.POST.copy()
    data["version"] = str(row.version)
    for pk, line in queries.lines_by_indicator(row).items():
        if not line.is_confirmed:
            data.pop(f"confirmed_{pk}", None)
    form = _form(row, data)
    form.is_valid()
    form.show(found)
    return form


def _form_page(
    request: UserRequest, row: Return, form: ReturnForm, *, status: int = 200, **said: Any
) -> HttpResponse:
    context = {"statement": row, "form": form, "theirs": None, **said}
    return render(request, "municipalities/returns/my_form.html", context, status=status)


def _conflict(request: UserRequest, pk: int, form: ReturnForm) -> HttpResponse:
    """Show both: one's own in the form, the colleague's beside each field where it differs."""
    row = queries.return_of(request.user, pk)
    if reasons := actions.reasons_against_writing(row, by=request.user):
        return _read_only(request, row, reasons=reasons, status=CONFLICT)
    see_version(form, row)
    mine = form.to_lines()
    form.theirs = {
        pk: line
        for pk, line in queries.lines_by_indicator(row).items()
        if (line.typed, line.is_unknown, line.note) != (mine[pk].typed, mine[pk].is_unknown, mine[pk].note)
    }
    return _form_page(request, row, form, theirs=row, status=CONFLICT)


def _read_only(request: UserRequest, row: Return, *, status: int = 200, **said: Any) -> HttpResponse:
    against_taking_back = actions.reasons_against_taking_back(row, by=request.user)
    context = {"statement": row, "lines": queries.lines_of(row), "against_taking_back": against_taking_back}
    return render(request, "municipalities/returns/my_sent.html", {**context, **said}, status=status)
