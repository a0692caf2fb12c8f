"""In-depth support of a request at the desk: its page, and the small addresses of what can be done there."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from consultations.desk.views.request import case_of
from consultations.models import PlanStep, SupportPlan, SupportRequest
from consultations.requests.queries import risk_mark
from consultations.support.forms import ActionForm, Row
from consultations.support.page import ACTIONS, SupportPage
from core.states import check_seen
from core.views.verbs import run_verb


@requires(Permission.VIEW_REQUESTS)
@require_safe
def page(request: UserRequest, reference: str) -> HttpResponse:
    """The goal, the steps and the time of in-depth support; what it is, where there is none yet."""
    return _page(request, case_of(request, reference))


def _page(
    request: UserRequest, case: SupportRequest, status: int = 200, bound: tuple[str, ActionForm] | None = None
) -> HttpResponse:
    support = SupportPage(case, reader=request.user, bound=bound)
    context = {"case": case, "plan": support.plan, "support": support, "risk": risk_mark(case)}
    return render(request, "consultations/support/plan.html", context, status=status)


def do(name: str) -> View:
    """Return the view of an action: what was said is done, or comes back on the page with why not."""

    @requires(Permission.ANSWER_REQUEST)
    @require_POST
    def view(request: UserRequest, reference: str, pk: int | None = None) -> HttpResponse:
        case, action = case_of(request, reference), ACTIONS[name]
        row = case if name == "open" else _row(request, case, pk)
        form = SupportPage(case, reader=request.user).form(name, row, request.POST)

        def verb() -> object:
            said = dict(form.cleaned_data)
            if "version" in said:
                check_seen(row, said.pop("version"))
            return action.verb(row, **said, by=request.user)

        def show(*, status: int) -> HttpResponse:
            return _page(request, case_of(request, reference), status, (name, form))

        return run_verb(
            request,
            verb,
            to=reverse("desk-plan", args=[case.reference]),
            show=show,
            done=action.done,
            form=form,
            changed=_("Somebody else has changed this meanwhile. Look it over and send it again."),
        )

    return view


def _row(request: UserRequest, case: SupportRequest, pk: int | None) -> Row:
    """Return the plan of a request, or the step of it with a number; raises Http404."""
    if pk is None:
        return get_object_or_404(SupportPlan.objects.filter(request=case))
    steps = PlanStep.objects.visible_to(request.user).filter(plan__request=case)
    return get_object_or_404(steps.select_related("plan__request__requester", "who", "contact"), pk=pk)
