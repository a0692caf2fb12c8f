"""How every view answers after a verb: it goes on, or it shows the page again with why nothing was done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.states import Conflict, Refused
from core.views.paging import whole_number

UNPROCESSABLE, CONFLICT = 422, 409

Show = Callable[..., HttpResponse]


def run_verb(
    request: HttpRequest,
    verb: Callable[[], Any],
    *,
    to: Any,
    show: Show,
    done: str | Promise | Callable[[Any], str] = "",
    form: BaseForm | None = None,
    field: str | None = None,
    changed: str | Promise = "",
) -> HttpResponse:
    """Show the page on GET; on POST run the verb and go on, or show the page again with why not.

    `to` is an address or a row to go to, and `done` is said there; each may be a function of what the verb
    returned, and that of `to` may make a whole response.

    `show` returns the page. It gets `status` 422 with `reasons` when the verb refused, and 409 with
    `conflict`, the row as it is now, when somebody was quicker; with `changed` that sentence is the reason.

    A `form` is checked first (422). Reasons then stand beside its `field` or on top of it and not in
    `reasons`, what is wrong with a file beside `files`, and the version that was seen moves on, so that what
    was typed counts when it is sent once more.
    """
    if request.method != "POST":
        return show()
    if form is not None and not form.is_valid():
        return show(status=UNPROCESSABLE)
    try:
        result = verb()
    except Refused as refusal:
        return _refused(show, form, field, refusal.reasons)
    except ValidationError as error:
        if form is None:
            raise
        return _refused(show, form, "files", error)
    except Conflict as conflict:
        if form is not None and "version" in form.fields:
            see_version(form, conflict.current)
        if changed:
            return _refused(show, form, None, [str(changed)], CONFLICT)
        return show(conflict=conflict.current, status=CONFLICT)
    if said := done(result) if callable(done) else done:
        messages.success(request, str(said))
    goal = to(result) if callable(to) else to
    return goal if isinstance(goal, HttpResponse) else redirect(goal)


def _refused(
    show: Show, form: BaseForm | None, field: str | None, reasons: Any, status: int = UNPROCESSABLE
) -> HttpResponse:
    if form is None:
        return show(reasons=reasons, status=status)
    form.add_error(field, reasons)
    return show(status=status)


def status_of(form: BaseForm) -> int:
    """Return the status of a page that shows a form again: 422 where it was sent and is wrong."""
    return UNPROCESSABLE if form.is_bound else 200


def template_page(request: HttpRequest, template: str, context: dict[str, Any]) -> Show:
    """Return the `show` of a page that needs nothing but its template, with `reasons` and `conflict`."""

    def show(*, status: int = 200, **said: Any) -> HttpResponse:
        return render(request, template, {"conflict": None, **context, **said}, status=status)

    return show


def back_to(request: HttpRequest, to: Any, *, level: int = messages.ERROR) -> Show:
    """Return the `show` of a button whose page has no room for reasons: they are said where one goes back."""

    def show(*, reasons: Any = (), conflict: Any = None, status: int = 200) -> HttpResponse:
        reasons = reasons or [_("Somebody else has changed it meanwhile. Look at it once more.")]
        messages.add_message(request, level, " ".join(map(str, reasons)))
        return redirect(to)

    return show


def version_of(request: HttpRequest) -> int:
    """Return the version that the person has seen, or 0 when the page did not say."""
    return whole_number(request.POST.get("version")) or 0


def see_version(form: BaseForm, row: Any) -> None:
    """Let a form that was late count, sent once more, on top of what stands now; what was typed stays."""
    data = form.data.copy() if isinstance(form.data, dict) else dict(form.data)
    data["version"] = str(row.version)
    form.data = data
