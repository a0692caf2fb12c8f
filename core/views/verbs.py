"""What a view does with a verb: it goes on, or it shows the page again with why nothing was done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import models
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from core.states import Conflict, Refused
from core.views.paging import whole_number

UNPROCESSABLE, CONFLICT = 422, 409


def go(
    request: HttpRequest,
    verb: Callable[[], Any],
    *,
    to: str | Callable[[Any], str],
    show: Callable[..., HttpResponse],
    done: str | Promise = "",
) -> HttpResponse:
    """Run a verb and go to the address `to`, where `done` is said; else return the page that `show` draws.

    `to` may be a function of what the verb returned.
    `show` gets `status` with `reasons` when the verb refused, with `conflict`, the row as it is now, when
    somebody was quicker.
    """
    try:
        result = verb()
    except Refused as refusal:
        return show(reasons=refusal.reasons, status=UNPROCESSABLE)
    except Conflict as conflict:
        return show(conflict=conflict.current, status=CONFLICT)
    if done:
        messages.success(request, str(done))
    return redirect(to(result) if callable(to) else to)


def version_of(request: HttpRequest) -> int:
    """Return the version that the person has seen, or 0 when the page did not say."""
    return whole_number(request.POST.get("version")) or 0


def see_version(form: Form, row: models.Model) -> None:
    """Let a form that was late count, sent once more, on top of what stands now; what was typed stays."""
    form.data = form.data.copy()
    form.data["version"] = str(row.version)
