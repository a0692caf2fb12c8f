"""In-depth support as its page at the desk shows it, in a number of queries that does not grow with it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import STAFF_ROLES, Permission
from consultations.desk.timesheet import as_hours
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


@dataclass
class Choice:
    """One thing that can be done: its form, where it is sent, or why not."""

    label: str | Promise
    url: str
    form: forms.Form
    reasons: list[str]
    is_open: bool = False


@dataclass
class ShownStep:
    """One step with what can be done with it now."""

    step: PlanStep
    choices: list[Choice]
    back: Choice


class SupportPage:
    """In-depth support of one request as `reader` sees it.

    `bound` are forms that came back with errors, by the name of their verb and the step's number.
    """

    def __init__(
        self,
        case: SupportRequest,
        plan: SupportPlan | None,
        *,
        reader: User,
        bound: dict[tuple[str, int], forms.Form],
    ) -> None:
        self.case = case
        self.plan = plan
        self.reader = reader
        self.bound = bound

    @cached_property
    def colleagues(self) -> list[User]:
        """Those who may be asked to take a step; the reader first."""
        people = User.objects.filter(role__in=STAFF_ROLES, is_active=True).order_by("name", "pk")
        able = [person for person in people if person.has(Permission.ANSWER_REQUEST)]
        return sorted(able, key=lambda person: person.pk != self.reader.pk)

    @cached_property
    def steps(self) -> list[ShownStep]:
        """All steps: what is still to be done by its day, then what is over."""
        if self.plan is None:
            return []
        rows = list(self.plan.steps.in_order().select_related("who", "contact"))
        for step in rows:
            # Both are fetched already.
            step.plan = self.plan
        return [self._shown(step) for step in sorted(rows, key=lambda step: not step.is_planned)]

    def _shown(self, step: PlanStep) -> ShownStep:
        choices = [
            self._choice("finish", capfirst(_("done")), verbs.reasons_against_finishing_step, step),
            self._choice("change", _("Change"), verbs.reasons_against_changing_step, step),
            self._choice("drop", _("Drop"), verbs.reasons_against_dropping_step, step),
        ]
        # What somebody typed stays on the page, even if a colleague was quicker.
        choices = [choice for choice in choices if step.is_planned or choice.is_open]
        back = self._choice("back", _("Plan it again"), verbs.reasons_against_taking_step_back, step)
        return ShownStep(step, choices, back)

    def _choice(self, name: str, label: str, reasons: Any, step: PlanStep) -> Choice:
        form = self.bound.get((name, step.pk))
        if form is None:
            options: dict[str, Any] = {"initial": {"version": step.version}}
            if name == "change":
                options = {"colleagues": self.colleagues, "initial": ChangeStepForm.initial_of(step)}
            elif name == "finish":
                options["step"] = step
            form = STEP_FORMS[name](auto_id=f"{name}-{step.pk}_%s", **options)
        url = reverse(f"desk-step-{name}", args=[self.case.reference, step.pk])
        why_not = [] if form.is_bound else reasons(step, by=self.reader)[:1]
        return Choice(label, url, form, why_not, is_open=form.is_bound)

    def _of_plan(self, name: str, label: str, kind: Any, reasons: list[str], **options: Any) -> Choice:
        form = self.bound.get((name, 0)) or kind(auto_id=f"{name}_%s", **options)
        url = reverse(f"desk-plan-{name}", args=[self.case.reference])
        return Choice(label, url, form, [] if form.is_bound else reasons[:1], is_open=form.is_bound)

    @cached_property
    def opening(self) -> Choice:
        """To begin in-depth support."""
        reasons = verbs.reasons_against_opening(self.case, by=self.reader)
        return self._of_plan("open", _("Begin in-depth support"), OpenPlanForm, reasons)

    @cached_property
    def adding(self) -> Choice:
        """To add a step."""
        reasons = verbs.reasons_against_adding_step(self.plan, by=self.reader)
        return self._of_plan("add", _("Add a step"), StepForm, reasons, colleagues=self.colleagues)

    @cached_property
    def closing(self) -> Choice:
        """To end in-depth support."""
        reasons = verbs.reasons_against_closing(self.plan, by=self.reader)
        initial = {"version": self.plan.version}
        return self._of_plan("close", _("End in-depth support"), ClosePlanForm, reasons, initial=initial)

    @cached_property
    def reopening(self) -> Choice:
        """To go on with what had ended."""
        reasons = verbs.reasons_against_reopening(self.plan, by=self.reader)
        initial = {"version": self.plan.version}
        return self._of_plan("reopen", _("Go on with it"), VersionForm, reasons, initial=initial)

    @cached_property
    def time(self) -> list[dict[str, str]]:
        """Hours so far on the request, by person, the most first; then all together."""
        rows = (
            self.case.contacts.filter(minutes__isnull=False)
            .values("spoken_by__name")
            .annotate(spent=Sum("minutes"), contacts=Count("pk"))
            .order_by("-spent", "spoken_by__name")
        )
        spent = [(row["spoken_by__name"] or _("not said who"), row["spent"]) for row in rows]
        facts = [{"term": name, "value": as_hours(minutes)} for name, minutes in spent]
        if len(facts) == 1:
            return facts
        return [*facts, {"term": _("All together"), "value": as_hours(sum(row[1] for row in spent))}]


STEP_FORMS: dict[str, type[forms.Form]] = {
    "finish": FinishStepForm,
    "change": ChangeStepForm,
    "drop": DropStepForm,
    "back": VersionForm,
}
