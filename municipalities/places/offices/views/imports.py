"""Bringing in a table of offices: choosing it, looking at what would change, doing it."""

from functools import partial
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.tables import csv_response
from core.views.verbs import UNPROCESSABLE, run_verb, status_of
from municipalities.choices import OfficeKind
from municipalities.places.offices import file
from municipalities.places.offices.actions import imports as actions
from municipalities.places.offices.actions.imports import Plan, Upload
from municipalities.places.offices.forms import ImportForm
from municipalities.places.offices.queries import WORDS
from municipalities.places.register.file import BrokenFile, Fault

# How much of each part of a plan a page shows.
SHOWN = 100


@requires(Permission.EDIT_MUNICIPALITY)
@require_safe
def template(request: UserRequest) -> StreamingHttpResponse:
    """Give the heads of a table to be filled in."""
    return csv_response("offices-template", [str(head) for head in file.HEADS.values()], [])


@requires(Permission.EDIT_MUNICIPALITY)
def bring(request: UserRequest) -> HttpResponse:
    """Take a table and show what it would change; with `seen`, the digest of what was shown, do it."""
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if not form.is_valid():
        return _page(request, form, status=status_of(form))
    try:
        upload = _upload_of(form)
        plan = actions.prepare(upload)
    except BrokenFile as broken:
        return _page(request, form, faults=broken.faults, status=UNPROCESSABLE)
    show = partial(_plan_page, request, form, plan)
    if not (seen := request.POST.get("seen")):
        return show(reasons=actions.reasons_against_writing(plan))
    return run_verb(
        request,
        lambda: actions.bring_in(upload, seen=seen, by=request.user),
        to="desk-offices",
        show=show,
        done=_done,
    )


def _upload_of(form: ImportForm) -> Upload:
    [table] = form.cleaned_data["file"]
    data = table.read(file.MOST_BYTES + 1)
    # It is put away for the next sending.
    table.seek(0)
    return Upload(data, form.cleaned_data["source"], form.cleaned_data["on"])


def _done(plan: Plan) -> str:
    added, changed = len(plan.new), len(plan.changed)
    said = ngettext("%(count)s office is added.", "%(count)s offices are added.", added) % {"count": added}
    more = ngettext("%(count)s is changed.", "%(count)s are changed.", changed) % {"count": changed}
    return f"{said} {more}"


def _page(
    request: UserRequest, form: ImportForm, *, faults: list[Fault] | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "faults": (faults or [])[:SHOWN], "heads": file.HEADS, "kinds": OfficeKind}
    return render(request, "municipalities/places/offices/import.html", context, status=status)


def _plan_page(
    request: UserRequest, form: ImportForm, plan: Plan, *, reasons: Any = (), status: int = 200
) -> HttpResponse:
    parts: dict[str, list[Any]] = {
        "new": plan.new,
        "changed": plan.changed,
        "kept": plan.kept,
        "faults": plan.faults,
    }
    context = {
        "plan": plan,
        "counts": {name: len(rows) for name, rows in parts.items()},
        "shown": {name: rows[:SHOWN] for name, rows in parts.items()},
        "most": SHOWN,
        "words": {**WORDS, "doubt": _("what is uncertain")},
        "form": form,
        "reasons": reasons,
    }
    return render(request, "municipalities/places/offices/preview.html", context, status=status)
