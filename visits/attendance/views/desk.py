"""People of a visit at the desk: who is invited, who gets a place, who waits, and the sheets to print."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.verbs import back_to, run_verb, template_page, version_of
from municipalities.returns.queries import readers_of
from visits.attendance import queries
from visits.attendance.actions import answers, invitations, people, places
from visits.attendance.forms import AddPersonForm, InviteForm, QuotaForm, ReasonForm
from visits.attendance.views.answers import attendee_of, invitation_of
from visits.models import StudyVisit, VisitInvitation

PAGE = "visits/attendance/desk_form.html"


def visit_of(request: UserRequest, pk: int) -> StudyVisit:
    """Return a visit that the reader may work on; raises Http404 without one."""
    return get_object_or_404(StudyVisit.objects.visible_to(request.user).select_related("host"), pk=pk)


def people_of(visit: StudyVisit) -> str:
    """Return the address of the tab with the people of a visit."""
    return f"{visit.get_desk_url()}?tab=people"


@requires(Permission.MANAGE_VISITS)
def invite(request: UserRequest, pk: int) -> HttpResponse:
    """Choose who is invited, and write to their officials once it is confirmed how many get mail."""
    visit = visit_of(request, pk)
    form = InviteForm(request.POST or None, visit=visit)
    context = {
        "visit": visit,
        "form": form,
        "heading": _("Invite municipalities"),
        "lead": _("Each is invited once. Before anybody is written to, you see who that is."),
        "against": invitations.reasons_against_inviting(visit, by=request.user),
        "back": people_of(visit),
    }
    show = template_page(request, PAGE, context)
    if "change" in request.POST:
        return show()
    if form.is_valid() and not context["against"] and "confirm" not in request.POST:
        readers = readers_of(form.cleaned_data["chosen"])
        return render(request, "visits/attendance/invite_confirm.html", {**context, "readers": readers})
    return run_verb(
        request,
        lambda: invitations.invite(visit, municipalities=form.cleaned_data["chosen"], by=request.user),
        to=people_of(visit),
        show=show,
        done=_invited,
        form=form,
    )


def _invited(rows: list[VisitInvitation]) -> str:
    words = ngettext("%(count)s municipality is invited.", "%(count)s municipalities are invited.", len(rows))
    said = words % {"count": len(rows)}
    missing = queries.unspoken(rows)
    names = ", ".join(row.municipality.name for row in rows if row.municipality_id in missing)
    if not names:
        return said
    call = _("Nobody speaks for these yet, so call them and answer for them here: %(names)s.")
    return " ".join([said, call % {"names": names}])


@requires(Permission.MANAGE_VISITS)
def add_person(request: UserRequest, pk: int) -> HttpResponse:
    """Add somebody of the ministry, whom nobody has to invite."""
    visit = visit_of(request, pk)
    form = AddPersonForm(request.POST or None, visit=visit)
    context = {
        "visit": visit,
        "form": form,
        "heading": _("Add somebody of the ministry"),
        "lead": _("Whoever a municipality sends is named on its invitation."),
        "against": people.reasons_against_adding(visit, by=request.user),
        "back": people_of(visit),
    }
    return run_verb(
        request,
        lambda: people.add_of_ministry(visit, person=form.person, by=request.user),
        to=people_of(visit),
        show=template_page(request, PAGE, context),
        done=_("Added. Confirm the place, too."),
        form=form,
    )


@requires(Permission.MANAGE_VISITS)
@require_POST
def confirm_all(request: UserRequest, pk: int) -> HttpResponse:
    """Give a place to all who wait to be confirmed."""
    visit = visit_of(request, pk)
    back = people_of(visit)
    verb = partial(places.confirm_all, visit, by=request.user)
    return run_verb(request, verb, to=back, show=back_to(request, back), done=_confirmed)


def _confirmed(count: int) -> str:
    words = ngettext("%(count)s person has a place now.", "%(count)s people have a place now.", count)
    return words % {"count": count}


@requires(Permission.MANAGE_VISITS)
@require_POST
def confirm(request: UserRequest, pk: int) -> HttpResponse:
    """Give a place to one."""
    row = attendee_of(request, pk)
    back = people_of(row.visit)
    verb = partial(places.confirm, row, version=version_of(request), by=request.user)
    done = _("The place is confirmed, and the person was written to.")
    return run_verb(request, verb, to=back, show=back_to(request, back), done=done)


@requires(Permission.MANAGE_VISITS)
def wait(request: UserRequest, pk: int) -> HttpResponse:
    """Put somebody on the waiting list, with a reason."""
    against, verb = places.reasons_against_waiting, places.put_on_list
    return _move(request, pk, against, verb, _("Put on the waiting list"))


@requires(Permission.MANAGE_VISITS)
def refuse(request: UserRequest, pk: int) -> HttpResponse:
    """Give somebody no place, with a reason."""
    against, verb = places.reasons_against_refusing, places.refuse
    return _move(request, pk, against, verb, _("Give no place"))


def _move(
    request: UserRequest, pk: int, against: Callable[..., list[str]], verb: Callable[..., Any], heading: str
) -> HttpResponse:
    row = attendee_of(request, pk)
    form = ReasonForm(request.POST or None, button=heading, initial={"version": row.version})
    context = {
        "visit": row.visit,
        "form": form,
        "heading": heading,
        "lead": row.name,
        "against": against(row, by=request.user),
        "back": people_of(row.visit),
    }
    return run_verb(
        request,
        lambda: verb(
            row,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"] or 0,
            by=request.user,
        ),
        to=people_of(row.visit),
        show=template_page(request, PAGE, context),
        done=_("Done, and the person was written to."),
        form=form,
        changed=_("A colleague has changed it meanwhile. Look at it, and send it once more."),
    )


@requires(Permission.MANAGE_VISITS)
def give_places(request: UserRequest, pk: int) -> HttpResponse:
    """Set how many people of one municipality may go."""
    row = invitation_of(request, pk)
    kept = {"quota": row.quota, "version": row.version}
    form = QuotaForm(request.POST or None, initial=kept)
    context = {
        "visit": row.visit,
        "form": form,
        "heading": _("Places of one municipality"),
        "lead": row.municipality.full_name,
        "against": answers.reasons_against_giving_places(row, by=request.user),
        "back": people_of(row.visit),
    }
    return run_verb(
        request,
        lambda: answers.give_places(
            row,
            quota=form.cleaned_data["quota"],
            version=form.cleaned_data["version"] or 0,
            by=request.user,
        ),
        to=people_of(row.visit),
        show=template_page(request, PAGE, context),
        done=pgettext("taking part", "Saved."),
        form=form,
        changed=_("A colleague has changed it meanwhile. Look at it, and send it once more."),
    )


@requires(Permission.MANAGE_VISITS)
@require_POST
def remind(request: UserRequest, pk: int) -> HttpResponse:
    """Remind one municipality now."""
    row = invitation_of(request, pk)
    back = people_of(row.visit)
    verb = partial(invitations.remind, row, by=request.user)
    return run_verb(
        request, verb, to=back, show=back_to(request, back), done=_("The reminder is on its way.")
    )


@requires(Permission.MANAGE_VISITS)
@require_POST
def take_back(request: UserRequest, pk: int) -> HttpResponse:
    """Take one invitation back before its mail leaves."""
    row = invitation_of(request, pk)
    back = people_of(row.visit)
    verb = partial(invitations.take_back, row, by=request.user)
    done = _("The invitation is taken back. No mail of it was sent.")
    return run_verb(request, verb, to=back, show=back_to(request, back), done=done)


@requires(Permission.MANAGE_VISITS)
@require_POST
def take_all_back(request: UserRequest, pk: int) -> HttpResponse:
    """Take back all invitations to a visit whose mail still waits."""
    visit = visit_of(request, pk)
    back = people_of(visit)
    verb = partial(invitations.take_all_back, visit, by=request.user)
    return run_verb(request, verb, to=back, show=back_to(request, back), done=_taken_back)


def _taken_back(count: int) -> str:
    words = ngettext(
        "%(count)s invitation is taken back. No mail of it was sent.",
        "%(count)s invitations are taken back. No mail of them was sent.",
        count,
    )
    return words % {"count": count}


@requires(Permission.MANAGE_VISITS)
@require_safe
def travel_sheet(request: UserRequest, pk: int) -> HttpResponse:
    """Who goes and how to reach them, with the programme: to be printed for the way."""
    return _sheet(request, pk, "visits/attendance/travel_sheet.html")


@requires(Permission.MANAGE_VISITS)
@require_safe
def participants(request: UserRequest, pk: int) -> HttpResponse:
    """The list of participants, with room to sign."""
    return _sheet(request, pk, "visits/attendance/participants.html")


def _sheet(request: UserRequest, pk: int, template: str) -> HttpResponse:
    visit = visit_of(request, pk)
    context = {
        "visit": visit,
        "people": list(queries.who_goes(visit)[: queries.MOST_PEOPLE]),
        "programme": list(visit.programme.all()),
        "back": people_of(visit),
    }
    return render(request, template, context)
