"""On the spot, on a phone: who was there, and what was heard. It works without JavaScript, and with a weak
connection: static/js/attendance.js keeps what was done and sends it later, here.
"""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.verbs import UNPROCESSABLE, Show, back_to, run_verb
from visits.attendance import queries
from visits.attendance.actions import presence, questions
from visits.attendance.forms import NoteForm, TickForm, chosen
from visits.attendance.views.desk import people_of, visit_of
from visits.models import StudyVisit, TravelQuestion


def spot_of(visit: StudyVisit) -> str:
    """Return the address of the page on the spot."""
    return reverse("desk-visit-attendance", args=[visit.pk])


@requires(Permission.MANAGE_VISITS)
@require_safe
def attendance(request: UserRequest, pk: int) -> HttpResponse:
    """A big button for everybody who has a place, and a box for every question taken along."""
    visit = visit_of(request, pk)
    people = list(queries.who_goes(visit)[: queries.MOST_PEOPLE])
    context = {
        "visit": visit,
        "people": people,
        "here": sum(person.was_there is True for person in people),
        "questions": queries.questions_by_item(visit),
        "against": presence.reasons_of_visit(visit),
        "back": people_of(visit),
    }
    return render(request, "visits/attendance/spot.html", context)


@requires(Permission.MANAGE_VISITS)
@require_POST
def tick(request: UserRequest, pk: int) -> HttpResponse:
    """Write down whether somebody was there; sent twice, or late, it harms nothing."""
    visit, form = visit_of(request, pk), TickForm(request.POST)
    rows = visit.attendees.select_related("visit", "invitation")
    row = get_object_or_404(rows, pk=chosen(request.POST, "attendee"))

    def verb() -> None:
        presence.tick(
            row, was_there=form.cleaned_data["was_there"], at=form.cleaned_data["at"], by=request.user
        )

    def answer(_done: None) -> Any:
        row.refresh_from_db(fields=["was_there"])
        return _done_at(request, visit, f"person-{row.pk}", was_there=row.was_there)

    if not form.is_valid():
        return _not_done(request, visit)(reasons=_faults(form), status=UNPROCESSABLE)
    return run_verb(request, verb, to=answer, show=_not_done(request, visit))


@requires(Permission.MANAGE_VISITS)
@require_POST
def note(request: UserRequest, pk: int) -> HttpResponse:
    """Note what was heard; where a colleague noted something else meanwhile, both are kept."""
    visit, form = visit_of(request, pk), NoteForm(request.POST)
    row = get_object_or_404(
        visit.questions.select_related("visit"), pk=chosen(request.POST, "question"), withdrawn_at=None
    )

    def verb() -> bool:
        given = {name: form.cleaned_data[name] for name in ("keywords", "version", "at")}
        return questions.note(row, **given, by=request.user)

    if not form.is_valid():
        return _not_done(request, visit)(reasons=_faults(form), status=UNPROCESSABLE)
    return run_verb(
        request,
        verb,
        to=partial(_noted, request, visit, row),
        show=_not_done(request, visit),
        done="" if _is_fetch(request) else _said,
    )


def _said(are_two: bool) -> str:
    if are_two:
        return _("A colleague has noted something, too: both notes stand below one another.")
    return _("Noted.")


def _noted(request: UserRequest, visit: StudyVisit, row: TravelQuestion, are_two: bool) -> Any:
    told = {"keywords": row.keywords, "version": row.version, "said": _said(are_two)}
    return _done_at(request, visit, f"question-{row.pk}", **told)


def _is_fetch(request: UserRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _done_at(request: UserRequest, visit: StudyVisit, mark: str, **told: Any) -> Any:
    """Answer the script by what stands now, and a form by the place on the page where it was."""
    return JsonResponse(told) if _is_fetch(request) else f"{spot_of(visit)}#{mark}"


def _not_done(request: UserRequest, visit: StudyVisit) -> Show:
    if not _is_fetch(request):
        return back_to(request, spot_of(visit))

    def show(*, reasons: Any = (), conflict: Any = None, status: int = 200) -> HttpResponse:
        return JsonResponse({"said": " ".join(map(str, reasons))}, status=status)

    return show


def _faults(form: forms.Form) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]
