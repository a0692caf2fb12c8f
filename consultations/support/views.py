"""In-depth support of a request at the desk: its page, and the small addresses of what can be done there."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from consultations.desk.views.request import case_of
from consultations.models import PlanStep, SupportPlan, SupportRequest
from consultations.support import actions as verbs
from consultations.support.forms import (
    ChangeStepForm,
    ClosePlanForm,
    DropStepForm,
    FinishStepForm,
    OpenPlanForm,
    StepForm,
    VersionForm,
)
from consultations.support.page import SupportPage
from core.states import check_seen
from core.views.verbs import run_verb


@requires(Permission.VIEW_REQUESTS)
@require_safe
def page(request: UserRequest, reference: str) -> HttpResponse:
    """The goal, the steps and the time of in-depth support; what it is, where there is none yet."""
    return _page(request, case_of(request, reference))


def _page(
    request: UserRequest,
    case: SupportRequest,
    status: int = 200,
    bound: dict[tuple[str, int], forms.Form] | None = None,
) -> HttpResponse:
    plan = getattr(case, "plan", None)
    support = SupportPage(case, plan, reader=request.user, bound=bound or {})
    context = {"case": case, "plan": plan, "support": support}
    return render(request, "consultations/support/plan.html", context, status=status)


# Verbs on the plan --------------------------------------------------------------


@requires(Permission.ANSWER_REQUEST)
@require_POST
def open_plan(request: UserRequest, reference: str) -> HttpResponse:
    """Begin in-depth support."""
    case = case_of(request, reference)
    form = OpenPlanForm(request.POST, auto_id="open_%s")
    done = _("In-depth support has begun. Plan its first step.")
    return _do(request, case, form, ("open", 0), done, lambda said: verbs.open_plan(case, **said))


@requires(Permission.ANSWER_REQUEST)
@require_POST
def add_step(request: UserRequest, reference: str) -> HttpResponse:
    """Add a step."""
    case = case_of(request, reference)
    plan = _plan(case)
    form = StepForm(request.POST, auto_id="add_%s", colleagues=_colleagues(request, case))
    done = _("The step is planned.")
    return _do(request, case, form, ("add", 0), done, lambda said: verbs.add_step(plan, **said))


@requires(Permission.ANSWER_REQUEST)
@require_POST
def close_plan(request: UserRequest, reference: str) -> HttpResponse:
    """End in-depth support."""
    case = case_of(request, reference)
    plan = _plan(case)
    form = ClosePlanForm(request.POST, auto_id="close_%s")
    done = _("In-depth support has ended.")
    return _do(request, case, form, ("close", 0), done, lambda said: verbs.close_plan(plan, **said), plan)


@requires(Permission.ANSWER_REQUEST)
@require_POST
def reopen_plan(request: UserRequest, reference: str) -> HttpResponse:
    """Go on with in-depth support that had ended."""
    case = case_of(request, reference)
    plan = _plan(case)
    form = VersionForm(request.POST, auto_id="reopen_%s")
    done = _("In-depth support goes on.")
    return _do(request, case, form, ("reopen", 0), done, lambda said: verbs.reopen_plan(plan, **said), plan)


def _plan(case: SupportRequest) -> SupportPlan:
    return get_object_or_404(SupportPlan.objects.filter(request=case))


def _colleagues(request: UserRequest, case: SupportRequest) -> list[Any]:
    return SupportPage(case, None, reader=request.user, bound={}).colleagues


# Verbs on a step ----------------------------------------------------------------


def _step_view(name: str, kind: type[forms.Form], verb: Callable[..., object], done: str | Promise) -> View:
    """Return the view that does a verb with a step: its form, the verb, and back to the page."""

    @requires(Permission.ANSWER_REQUEST)
    @require_POST
    def view(request: UserRequest, reference: str, pk: int) -> HttpResponse:
        case = case_of(request, reference)
        steps = PlanStep.objects.visible_to(request.user).filter(plan__request=case)
        step = get_object_or_404(steps.select_related("plan__request__requester", "who", "contact"), pk=pk)
        options: dict[str, Any] = {"step": step} if kind is FinishStepForm else {}
        if kind is ChangeStepForm:
            options = {"colleagues": _colleagues(request, case)}
        form = kind(request.POST, auto_id=f"{name}-{pk}_%s", **options)
        return _do(request, case, form, (name, pk), done, lambda said: verb(step, **said), step)

    return view


finish_step = _step_view(
    "finish", FinishStepForm, verbs.finish_step, gettext_lazy("The step is done and written down.")
)
change_step = _step_view("change", ChangeStepForm, verbs.change_step, gettext_lazy("The step is changed."))
drop_step = _step_view("drop", DropStepForm, verbs.drop_step, gettext_lazy("The step is dropped."))
take_step_back = _step_view(
    "back", VersionForm, verbs.take_step_back, gettext_lazy("The step is planned again.")
)


# Shared -------------------------------------------------------------------------


def _do(
    request: UserRequest,
    case: SupportRequest,
    form: forms.Form,
    key: tuple[str, int],
    done: str | Promise,
    verb: Callable[[dict[str, Any]], object],
    seen: SupportPlan | PlanStep | None = None,
) -> HttpResponse:
    """Do the verb with what was said and go back to the page; what cannot be done comes back with it.

    `seen` is the plan or step whose version the form carries.
    """

    def do() -> object:
        said = dict(form.cleaned_data)
        version = said.pop("version", None)
        if seen is not None:
            check_seen(seen, version)
        return verb({**said, "by": request.user})

    def show(*, status: int) -> HttpResponse:
        return _page(request, case_of(request, case.reference), status, {key: form})

    return run_verb(
        request,
        do,
        to=reverse("desk-plan", args=[case.reference]),
        show=show,
        done=done,
        form=form,
        changed=_("Somebody else has changed this meanwhile. Look it over and send it again."),
    )
