"""Pages of the rota and of absences."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.duty import actions
from accounts.duty.forms import AbsenceForm, RotaForm
from accounts.duty.queries import coming_absences, deputies_away, named_on_duty, on_duty, rota
from accounts.models import Absence, User
from accounts.permissions import Permission
from core.states import Refused
from core.views.verbs import back_to, run_verb, template_page

# What was last changed of absences in this login, and how it was before.
LAST = "absence-before"


@requires(Permission.VIEW_DESK)
@require_safe
def duty(request: UserRequest) -> HttpResponse:
    """Who is on duty, week by week, and who is away."""
    rows = coming_absences()
    absences = [(row, not actions.reasons_against_changing(row, by=request.user)) for row in rows]
    context = {
        "weeks": rota(),
        "is_nobody": not named_on_duty(),
        "on_duty": on_duty(),
        "absences": absences,
        "deputies_away": deputies_away(rows),
        "may_fill": not actions.reasons_against_filling(by=request.user),
        "can_undo": LAST in request.session,
    }
    return render(request, "accounts/duty/duty.html", context)


@requires(Permission.MANAGE_MEMBERSHIPS)
def fill(request: UserRequest) -> HttpResponse:
    """The weeks to come, with a tick for everybody who is on duty."""
    form = RotaForm(request.POST or None, weeks=rota())

    @transaction.atomic
    def verb() -> None:
        for monday, users, seen in form.changes():
            actions.set_week(monday, users=users, seen=seen, by=request.user)

    show = template_page(request, "accounts/duty/fill.html", {"form": form})
    return run_verb(request, verb, to="desk-duty", show=show, done=_("The rota is saved."), form=form)


@requires(Permission.VIEW_DESK)
def new(request: UserRequest) -> HttpResponse:
    """Days on which one is away, or a colleague where a coordinator writes them."""
    form = AbsenceForm(request.POST or None, by=request.user)

    def verb() -> None:
        absence = actions.write_absence(**{"user": request.user, **form.cleaned_data}, by=request.user)
        _keep(request, absence, None)

    show = template_page(request, "accounts/duty/absence.html", {"form": form, "absence": None})
    return run_verb(request, verb, to="desk-duty", show=show, done=_("The absence is saved."), form=form)


@requires(Permission.VIEW_DESK)
def change(request: UserRequest, pk: int) -> HttpResponse:
    """An absence, to be put right."""
    absence = _absence(request, pk)
    form = AbsenceForm(request.POST or None, by=request.user, absence=absence)

    def verb() -> None:
        before = _as_it_stands(absence)
        actions.change_absence(absence, **form.cleaned_data, by=request.user)
        _keep(request, absence, before)

    show = template_page(request, "accounts/duty/absence.html", {"form": form, "absence": absence})
    return run_verb(request, verb, to="desk-duty", show=show, done=_("The absence is saved."), form=form)


@requires(Permission.VIEW_DESK)
@require_POST
def end(request: UserRequest, pk: int) -> HttpResponse:
    """Say that somebody is back today."""
    absence = _absence(request, pk)

    def verb() -> None:
        before = _as_it_stands(absence)
        actions.end_absence(absence, by=request.user)
        _keep(request, absence, before)

    done = _("%(name)s is back today.") % {"name": absence.user.name}
    return run_verb(request, verb, to="desk-duty", show=back_to(request, "desk-duty"), done=done)


@requires(Permission.VIEW_DESK)
@require_POST
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take an absence away."""
    absence = _absence(request, pk)

    def verb() -> None:
        before, pk = _as_it_stands(absence), absence.pk
        actions.remove_absence(absence, by=request.user)
        request.session[LAST] = {"pk": pk, "before": before}

    show, done = back_to(request, "desk-duty"), _("The absence is removed.")
    return run_verb(request, verb, to="desk-duty", show=show, done=done)


@requires(Permission.VIEW_DESK)
@require_POST
def undo(request: UserRequest) -> HttpResponse:
    """Put the absence that was changed last in this login back as it was."""
    last = request.session.pop(LAST, None)
    if last is None:
        messages.warning(request, _("There is nothing to undo any more."))
        return redirect("desk-duty")

    def verb() -> None:
        _put_back(last["before"], Absence.objects.filter(pk=last["pk"]).first(), request.user)

    return run_verb(
        request, verb, to="desk-duty", show=back_to(request, "desk-duty"), done=_("It is as it was.")
    )


def _absence(request: UserRequest, pk: int) -> Absence:
    """Return an absence that one may change; raises Http404."""
    absence = get_object_or_404(Absence.objects.select_related("user", "deputy"), pk=pk)
    if actions.reasons_against_changing(absence, by=request.user):
        raise Http404
    return absence


def _as_it_stands(absence: Absence) -> dict[str, Any]:
    days = {"since": absence.since.isoformat(), "until": absence.until.isoformat()}
    return {**days, "user": absence.user_id, "deputy": absence.deputy_id}


def _keep(request: UserRequest, absence: Absence, before: dict[str, Any] | None) -> None:
    request.session[LAST] = {"pk": absence.pk, "before": before}


def _put_back(before: dict[str, Any] | None, absence: Absence | None, by: User) -> None:
    """Do the verb that is the opposite of what was done: remove what was new, write what was removed."""
    if before is None:
        if absence is None:
            raise Refused([_("It has been removed already.")])
        actions.remove_absence(absence, by=by)
        return
    days = {name: date.fromisoformat(before[name]) for name in ("since", "until")}
    deputy = User.objects.filter(pk=before["deputy"]).first()
    if absence:
        actions.change_absence(absence, **days, deputy=deputy, by=by)
    else:
        user = User.objects.get(pk=before["user"])
        actions.write_absence(user, **days, deputy=deputy, by=by)
