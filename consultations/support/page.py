"""In-depth support as its page at the desk shows it, in a number of queries that does not grow with it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Permission
from consultations.desk.timesheet import as_hours
from consultations.models import PlanStep, SupportPlan, SupportRequest
from consultations.support import actions as verbs
from consultations.support import forms
from consultations.support.forms import ActionForm, Row


class Action(NamedTuple):
    """What can be done with in-depth support: its form and verb, what stands against it, and what is said."""

    form: type[ActionForm]
    verb: Callable[..., object]
    reasons: Callable[..., list[str]]
    label: Promise
    done: Promise


ACTIONS = {
    "open": Action(
        forms.OpenPlanForm,
        verbs.open_plan,
        verbs.reasons_against_opening,
        gettext_lazy("Begin in-depth support"),
        gettext_lazy("In-depth support has begun. Plan its first step."),
    ),
    "add": Action(
        forms.StepForm,
        verbs.add_step,
        verbs.reasons_against_adding_step,
        gettext_lazy("Add a step"),
        gettext_lazy("The step is planned."),
    ),
    "close": Action(
        forms.ClosePlanForm,
        verbs.close_plan,
        verbs.reasons_against_closing,
        gettext_lazy("End in-depth support"),
        gettext_lazy("In-depth support has ended."),
    ),
    "reopen": Action(
        forms.VersionForm,
        verbs.reopen_plan,
        verbs.reasons_against_reopening,
        gettext_lazy("Go on with it"),
        gettext_lazy("In-depth support goes on."),
    ),
    "finish": Action(
        forms.FinishStepForm,
        verbs.finish_step,
        verbs.reasons_against_finishing_step,
        gettext_lazy("done"),
        gettext_lazy("The step is done and written down."),
    ),
    "change": Action(
        forms.ChangeStepForm,
        verbs.change_step,
        verbs.reasons_against_changing_step,
        gettext_lazy("Change"),
        gettext_lazy("The step is changed."),
    ),
    "drop": Action(
        forms.DropStepForm,
        verbs.drop_step,
        verbs.reasons_against_dropping_step,
        gettext_lazy("Drop"),
        gettext_lazy("The step is dropped."),
    ),
    "back": Action(
        forms.VersionForm,
        verbs.take_step_back,
        verbs.reasons_against_taking_step_back,
        gettext_lazy("Plan it again"),
        gettext_lazy("The step is planned again."),
    ),
}


class Choice(NamedTuple):
    """One thing that can be done: its form, where it is sent, or why not."""

    label: str
    url: str
    form: ActionForm
    reasons: list[str]


class SupportPage:
    """In-depth support of one request as `reader` sees it.

    `bound` is a form that came back with errors, with the name of its action.
    """

    def __init__(
        self, case: SupportRequest, *, reader: User, bound: tuple[str, ActionForm] | None = None
    ) -> None:
        self.case, self.reader, self.bound = case, reader, bound
        self.plan: SupportPlan | None = getattr(case, "plan", None)

    @cached_property
    def colleagues(self) -> list[User]:
        """Those who may be asked to take a step; the reader first."""
        able = User.objects.who_may(Permission.ANSWER_REQUEST)
        return sorted(able, key=lambda person: person.pk != self.reader.pk)

    def form(self, name: str, row: Row, data: Any = None) -> ActionForm:
        """Return the form of an action with a row, as it was sent or to begin with."""
        ident = f"{name}-{row.pk}" if isinstance(row, PlanStep) else name
        kind = ACTIONS[name].form
        return kind(data, auto_id=f"{ident}_%s", row=row, colleagues=lambda: self.colleagues)

    def _choice(self, name: str, row: Row) -> Choice:
        action, (bound_name, form) = ACTIONS[name], self.bound or ("", None)
        if form is None or (bound_name, form.row) != (name, row):
            form = self.form(name, row)
        if isinstance(row, PlanStep):
            url = reverse(f"desk-step-{name}", args=[self.case.reference, row.pk])
        else:
            url = reverse(f"desk-plan-{name}", args=[self.case.reference])
        why_not = [] if form.is_bound else action.reasons(row, by=self.reader)[:1]
        return Choice(capfirst(str(action.label)), url, form, why_not)

    @cached_property
    def of_plan(self) -> dict[str, Choice]:
        """What can be done with the whole of it now, by the name of the action."""
        if self.plan is None:
            return {"open": self._choice("open", self.case)}
        names = ("add", "close") if self.plan.is_open else ("reopen",)
        return {name: self._choice(name, self.plan) for name in names}

    @cached_property
    def steps(self) -> list[tuple[PlanStep, list[Choice], Choice]]:
        """All steps, first what is still to be done; each with what can be done, and the way back."""
        if self.plan is None:
            return []
        rows = list(self.plan.steps.in_order().select_related("who", "contact"))
        for step in rows:
            # Both are fetched already.
            step.plan = self.plan
        return [
            (step, self._choices(step), self._choice("back", step))
            for step in sorted(rows, key=lambda step: not step.is_planned)
        ]

    def _choices(self, step: PlanStep) -> list[Choice]:
        choices = [self._choice(name, step) for name in ("finish", "change", "drop")]
        # What somebody typed stays on the page, even if a colleague was quicker.
        return [choice for choice in choices if step.is_planned or choice.form.is_bound]

    @cached_property
    def time(self) -> list[dict[str, str]]:
        """Hours so far on the request, by person, the most first; then all together."""
        rows = (
            self.case.contacts.filter(minutes__isnull=False)
            .values("spoken_by__name")
            .annotate(spent=Sum("minutes"))
            .order_by("-spent", "spoken_by__name")
        )
        spent = [(row["spoken_by__name"] or _("not said who"), row["spent"]) for row in rows]
        facts = [{"term": name, "value": as_hours(minutes)} for name, minutes in spent]
        if len(facts) == 1:
            return facts
        return [*facts, {"term": _("All together"), "value": as_hours(sum(row[1] for row in spent))}]
