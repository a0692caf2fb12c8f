"""In-depth support: the second stage of a request, with a goal and steps towards it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.permissions import Permission
from consultations.choices import PlanResult, PlanState, StepKind, StepState
from consultations.models.contact import Contact
from consultations.models.officials import official_requests
from consultations.models.placed import Placed, place_of
from consultations.models.request import SupportRequest
from core.audit import user_field
from core.privacy import About, Erase, Retention, Tags
from core.states import pair


class SupportPlanQuerySet(models.QuerySet["SupportPlan"]):
    def create(self, **fields: Any) -> "SupportPlan":
        """Write a plan where its request stands (see consultations.models.placed)."""
        return super().create(**{**place_of(fields["request"]), **fields})

    def visible_to(self, user: Any) -> "SupportPlanQuerySet":
        """Return the plans of the requests that an account may see."""
        if user.has(Permission.VIEW_REQUESTS):
            return self
        return self.filter(official_requests(user, "request__"))


class SupportPlan(Placed):
    """What we want to reach with whoever asked, beyond one answer; a request has at most one."""

    request = models.OneToOneField(SupportRequest, on_delete=models.CASCADE, related_name="plan")
    state = models.CharField("state", max_length=10, choices=PlanState, default=PlanState.OPEN)
    version = models.PositiveIntegerField(default=1)
    goal = models.TextField("goal", max_length=2000)
    opened_at = models.DateTimeField("opened", default=timezone.now)
    opened_by = user_field()
    closed_at = models.DateTimeField("closed", null=True)
    closed_by = user_field(null=True)
    result = models.CharField("how it ended", max_length=12, choices=PlanResult, blank=True)
    outcome = models.TextField("what came of it", max_length=5000, blank=True)

    MOVES = {PlanState.OPEN: [PlanState.CLOSED], PlanState.CLOSED: [PlanState.OPEN]}
    PRIVACY = Tags(
        internal=(
            "id", "request", "state", "version", "opened_at", "opened_by", "closed_at", "closed_by", "result",
            "municipality", "readers",
        ),
        personal={
            "goal": About("request__requester", Erase.REPLACE, Retention.CASE_TEXT),
            "outcome": About("request__requester", Erase.BLANK, Retention.CASE_TEXT),
        },
    )  # fmt: skip

    objects = SupportPlanQuerySet.as_manager()

    class Meta:
        # Beginnings and ends on a municipality's timeline, as the desk reads it and as its officials do.
        indexes = [
            models.Index(fields=["municipality", "-opened_at"], name="plan_opened"),
            models.Index(fields=["municipality", "-closed_at"], name="plan_closed"),
            models.Index(fields=["municipality", "readers", "-opened_at"], name="plan_opened_officials"),
            models.Index(fields=["municipality", "readers", "-closed_at"], name="plan_closed_officials"),
        ]
        constraints = [pair("closed_at", "closed_by", name="plan_closed_pair")]

    @property
    def is_open(self) -> bool:
        """Whether somebody is still working on it."""
        return self.state == PlanState.OPEN


class PlanStepQuerySet(models.QuerySet["PlanStep"]):
    def visible_to(self, user: Any) -> "PlanStepQuerySet":
        """Return the steps that an account may see: the desk sees all, others none."""
        return self if user.has(Permission.VIEW_REQUESTS) else self.none()

    def planned(self) -> "PlanStepQuerySet":
        """Return steps that are still to be taken."""
        return self.filter(state=StepState.PLANNED)

    def in_order(self) -> "PlanStepQuerySet":
        """Return steps by the day on which they are due, those without one last."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "pk")

    def of(self, user: Any) -> "PlanStepQuerySet":
        """Return what somebody has to do, due first, each with its request."""
        return self.planned().filter(who=user.pk).in_order().select_related("plan__request")


class PlanStep(models.Model):
    """One thing that is done on the way: a visit, a call, a training, a document."""

    plan = models.ForeignKey(SupportPlan, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField("state", max_length=10, choices=StepState, default=StepState.PLANNED)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField("kind of step", max_length=10, choices=StepKind)
    what = models.CharField("what is to be done", max_length=200)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plan_steps")
    with_whom = models.CharField("with whom", max_length=160, blank=True)
    due_on = models.DateField("by when", null=True)
    done_at = models.DateTimeField("done", null=True)
    done_by = user_field(null=True)
    # What was done stands there, with its minutes, so that time is counted once.
    contact = models.OneToOneField(Contact, on_delete=models.SET_NULL, null=True, related_name="step")
    reason = models.CharField("why it was dropped", max_length=300, blank=True)

    MOVES = {
        StepState.PLANNED: [StepState.DONE, StepState.DROPPED],
        StepState.DONE: [StepState.PLANNED],
        StepState.DROPPED: [StepState.PLANNED],
    }
    PRIVACY = Tags(
        internal=("id", "plan", "state", "version", "kind", "who", "due_on", "done_at", "done_by", "contact"),
        personal={
            "what": About("plan__request__requester", Erase.REPLACE, Retention.CASE_TEXT),
            "with_whom": About("plan__request__requester", Erase.BLANK, Retention.CASE_TEXT),
            "reason": About("plan__request__requester", Erase.BLANK, Retention.CASE_TEXT),
        },
    )

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["who", "due_on", "id"],
                name="plan_step_mine",
                condition=models.Q(state=StepState.PLANNED),
            )
        ]
        constraints = [
            pair("done_at", "done_by", name="plan_step_done_pair"),
            models.CheckConstraint(
                condition=~models.Q(reason="") | ~models.Q(state=StepState.DROPPED),
                name="plan_step_dropped_for_a_reason",
            ),
        ]

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be done."""
        return self.state == StepState.PLANNED

    @property
    def is_late(self) -> bool:
        """Whether it should have been done by now."""
        return self.is_planned and self.due_on is not None and self.due_on < timezone.localdate()
