"""Visits at the desk: their list, a new one, its words, and the buttons that let it go on."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.audit import entries_of
from core.audit.words import CHANGED
from core.views.paging import page_of
from core.views.verbs import back_to, run_verb, template_page, version_of
from visits.models import StudyVisit
from visits.plans.actions import plans, states
from visits.plans.filters import DeskVisitFilter, ordered
from visits.plans.forms import CancelForm, NewVisitForm, VisitForm
from visits.plans.queries import for_desk


@requires(Permission.VIEW_DESK)
@require_safe
def visits(request: UserRequest) -> HttpResponse:
    """All visits, newest first unless the address says otherwise."""
    found = DeskVisitFilter(request.GET, for_desk())
    context = {
        "filter": found,
        "page": page_of(ordered(found.qs, request.GET.get("sort")), request),
        "against_planning": plans.reasons_of_role(request.user),
    }
    return render(request, "visits/plans/list.html", context)


@requires(Permission.MANAGE_VISITS)
def new(request: UserRequest) -> HttpResponse:
    """Plan a visit."""
    form = NewVisitForm(request.POST or None)
    return run_verb(
        request,
        lambda: plans.plan(words=form.words(), sets=form.sets(), by=request.user),
        to=lambda visit: visit.get_desk_url(),
        show=template_page(request, "visits/plans/form.html", {"form": form, "visit": None}),
        done=_("The visit is planned. Only the desk sees it until you open sign-up."),
        form=form,
    )


@requires(Permission.MANAGE_VISITS)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """All that is kept of a visit, to be changed."""
    visit = visit_of(request, pk)
    form = VisitForm(request.POST or None, visit=visit, initial=VisitForm.initial_of(visit))
    return run_verb(
        request,
        lambda: plans.change(
            visit,
            words=form.words(),
            sets=form.sets(),
            version=form.cleaned_data["version"] or 0,
            by=request.user,
        ),
        to=visit.get_desk_url(),
        show=template_page(request, "visits/plans/form.html", {"form": form, "visit": visit}),
        done=lambda differed: _("The changes are saved.") if differed else _("Nothing was changed."),
        form=form,
    )


@requires(Permission.MANAGE_VISITS)
@require_POST
def put_back(request: UserRequest, pk: int, entry: int) -> HttpResponse:
    """Let the words before a change stand again."""
    visit = visit_of(request, pk)
    change = get_object_or_404(entries_of(visit).filter(verb=CHANGED), pk=entry)
    url = f"{visit.get_desk_url()}?tab=history"
    return run_verb(
        request,
        lambda: plans.put_back(visit, entry=change, version=version_of(request), by=request.user),
        to=url,
        show=back_to(request, url),
        done=_("The words stand again as they were before that change."),
    )


@requires(Permission.MANAGE_VISITS)
@require_POST
def go(request: UserRequest, pk: int, to: str) -> HttpResponse:
    """Let a visit go on to a state."""
    visit = visit_of(request, pk)
    said = {step.to: step.done for step in states.STEPS}
    return run_verb(
        request,
        lambda: states.go(visit, to=to, version=version_of(request), by=request.user),
        to=visit.get_desk_url(),
        show=back_to(request, visit.get_desk_url()),
        done=str(said.get(to, "")),
    )


@requires(Permission.MANAGE_VISITS)
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    """Call a visit off, with the reason that its page says."""
    visit = visit_of(request, pk)
    form = CancelForm(request.POST or None, visit=visit)
    context = {
        "form": form,
        "visit": visit,
        "against": states.reasons_against_cancelling(visit, by=request.user),
    }
    return run_verb(
        request,
        lambda: states.cancel(
            visit, **form.words(), version=form.cleaned_data["version"] or 0, by=request.user
        ),
        to=visit.get_desk_url(),
        show=template_page(request, "visits/plans/cancel.html", context),
        done=_("The visit is called off. Its page says why."),
        form=form,
    )


@requires(Permission.MANAGE_VISITS)
@require_POST
def copy(request: UserRequest, pk: int) -> HttpResponse:
    """Plan a visit like this one."""
    visit = visit_of(request, pk)
    return run_verb(
        request,
        partial(plans.copy, visit, by=request.user),
        to=lambda new: new.get_desk_url(),
        show=back_to(request, visit.get_desk_url()),
        done=_("This is the copy, without days and people. Change what is different."),
    )


def visit_of(request: UserRequest, pk: int) -> StudyVisit:
    """Return the visit of an address; raises Http404 where the reader sees none."""
    return get_object_or_404(StudyVisit.objects.visible_to(request.user).for_list(), pk=pk)
