"""In-depth support: a plan is opened, its steps are taken one after another, and it ends with a result.

A step that is done is written down as a contact of the request: its minutes,
its place and what came of it stand there, so that they are told and counted once.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Permission
from consultations.choices import Channel, Direction, PlanState, State, StepKind, StepState
from consultations.models import Contact, PlanStep, SupportPlan, SupportRequest
from consultations.requests.actions import desk
from consultations.requests.roles import reasons_of_role
from consultations.requests.search import index_request
from core import audit
from core.states import move, reasons_against_moving, refuse_for, update, verb

# A slip shows at once; what was done longer ago has been read and counted.
UNDO_FOR = timedelta(hours=1)
# By which channel a step of a kind usually is; other kinds are for colleagues only.
CHANNEL_OF = {
    StepKind.VISIT: Channel.IN_PERSON,
    StepKind.CALL: Channel.PHONE_OUT,
    StepKind.TRAINING: Channel.EVENT,
}


def reasons_against_opening(request: SupportRequest, *, by: User) -> list[str]:
    """Return why in-depth support cannot begin on the request; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if SupportPlan.objects.filter(request=request.pk).exists():
        reasons.append(_("The request has in-depth support already."))
    elif request.state == State.NEW:
        reasons.append(str(desk.NOT_TAKEN))
    elif request.state not in [*desk.AT_WORK, State.ANSWERED]:
        reasons.append(str(desk.NOT_AT_WORK))
    return reasons


@transaction.atomic
def open_plan(request: SupportRequest, *, goal: str, by: User) -> SupportPlan:
    """Begin in-depth support. Raises Refused with reasons_against_opening or without a goal."""
    # Of two who begin at once the second one waits here, and then sees the plan of the first.
    SupportRequest.objects.select_for_update().get(pk=request.pk)
    no_goal = [] if goal.strip() else [_("Write what is to be reached.")]
    refuse_for(reasons_against_opening(request, by=by) + no_goal)
    plan = SupportPlan.objects.create(request=request, goal=goal.strip(), opened_by=by)
    audit.record("request.open_plan", request, by=by)
    return plan


def reasons_against_closing(plan: SupportPlan, *, by: User) -> list[str]:
    """Return why in-depth support cannot end now; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if not plan.is_open:
        return [*reasons, _("In-depth support has ended already.")]
    if planned := plan.steps.planned().count():
        words = ngettext(
            "%(count)s step is still planned. Finish it or drop it first.",
            "%(count)s steps are still planned. Finish them or drop them first.",
            planned,
        )
        reasons.append(words % {"count": planned})
    return reasons


@verb(against=reasons_against_closing)
def close_plan(plan: SupportPlan, *, result: str, outcome: str, by: User) -> None:
    """End in-depth support with its result. Raises Conflict when it changed meanwhile."""
    ended = {"closed_at": timezone.now(), "closed_by": by}
    move(plan, PlanState.CLOSED, also={"result": result, "outcome": outcome.strip(), **ended})
    audit.record("request.close_plan", plan.request, by=by, result=result)


def reasons_against_reopening(plan: SupportPlan, *, by: User) -> list[str]:
    """Return why in-depth support cannot go on again; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if plan.is_open:
        reasons.append(_("In-depth support has not ended."))
    elif plan.request.state not in [*desk.AT_WORK, State.ANSWERED]:
        reasons.append(str(desk.NOT_AT_WORK))
    return reasons


@verb(against=reasons_against_reopening)
def reopen_plan(plan: SupportPlan, *, by: User) -> None:
    """Go on with what had ended; its result is open again. Raises Conflict when it changed meanwhile."""
    move(plan, PlanState.OPEN, also={"result": "", "outcome": "", "closed_at": None, "closed_by": None})
    audit.record("request.reopen_plan", plan.request, by=by)


def _reasons_of_plan(plan: SupportPlan) -> list[str]:
    return [] if plan.is_open else [_("In-depth support has ended. Open it again first.")]


def reasons_against_adding_step(plan: SupportPlan, *, by: User) -> list[str]:
    """Return why a step cannot be added; empty when nothing stands against it."""
    return reasons_of_role(by) + _reasons_of_plan(plan)


def _reasons_of_who(who: User) -> list[str]:
    if who.has(Permission.ANSWER_REQUEST):
        return []
    return [_("%(name)s does not answer requests.") % {"name": who.name}]


@verb(against=reasons_against_adding_step)
def add_step(plan: SupportPlan, *, who: User, by: User, **words: Any) -> PlanStep:
    """Plan one more step for a colleague or oneself, `words` by the names of its columns.

    Raises Refused, too, when `who` does not work on requests; Conflict when the plan ended meanwhile.
    """
    refuse_for(_reasons_of_who(who))
    # The plan moves on, so that nobody ends it just now without having seen the step.
    update(plan, also={})
    step = PlanStep.objects.create(plan=plan, who=who, **words)
    audit.record("plan.add_step", step, by=by, kind=step.kind, who=who.pk)
    return step


def reasons_against_changing_step(step: PlanStep, *, by: User) -> list[str]:
    """Return why the step cannot be changed; empty when nothing stands against it."""
    reasons = reasons_of_role(by) + _reasons_of_plan(step.plan)
    if not step.is_planned:
        reasons.append(_("Only a planned step can be changed."))
    return reasons


@verb(against=reasons_against_changing_step)
def change_step(step: PlanStep, *, who: User, by: User, **words: Any) -> None:
    """Put a planned step right, `words` by the names of its columns.

    Raises Refused, too, when `who` does not work on requests; Conflict when it changed meanwhile.
    """
    refuse_for(_reasons_of_who(who))
    update(step, also={**words, "who": who})
    audit.record("plan.change_step", step, by=by, kind=step.kind, who=who.pk)


def reasons_against_finishing_step(step: PlanStep, *, by: User) -> list[str]:
    """Return why the step cannot be marked as done; empty when nothing stands against it."""
    return reasons_of_role(by) + reasons_against_moving(step, StepState.DONE)


@verb(against=reasons_against_finishing_step)
def finish_step(step: PlanStep, *, text: str, by: User, channel: str = "", **details: Any) -> Contact:
    """Mark a step as done, and write down what came of it as a contact of the request, with its `details`.

    Visits, calls and trainings are part of the conversation, which the requester reads; documents and the
    rest are a note for colleagues. Raises Refused, too, as desk.log_contact does; Conflict when it changed
    meanwhile.
    """
    is_shared = step.kind in CHANNEL_OF
    contact = desk.log_contact(
        step.plan.request,
        direction=Direction.OUTBOUND if is_shared else Direction.NOTE,
        channel=(channel or CHANNEL_OF[StepKind(step.kind)]) if is_shared else Channel.WEB,
        text=text,
        by=by,
        spoken_by=step.who,
        is_step=True,
        **details,
    )
    move(step, StepState.DONE, also={"contact": contact, "done_at": contact.took_place_at, "done_by": by})
    audit.record("plan.finish_step", step, by=by, contact=contact.pk)
    return contact


def reasons_against_dropping_step(step: PlanStep, *, by: User) -> list[str]:
    """Return why the step cannot be dropped; empty when nothing stands against it."""
    return reasons_of_role(by) + reasons_against_moving(step, StepState.DROPPED)


@verb(against=reasons_against_dropping_step)
def drop_step(step: PlanStep, *, reason: str, by: User) -> None:
    """Say why a step will not be taken. Raises Refused without a reason, Conflict when it changed."""
    refuse_for([] if reason.strip() else [_("Write why the step is dropped.")])
    move(step, StepState.DROPPED, also={"reason": reason.strip()})
    audit.record("plan.drop_step", step, by=by)


def reasons_against_taking_step_back(step: PlanStep, *, by: User) -> list[str]:
    """Return why the step cannot be planned again; empty when nothing stands against it."""
    reasons = reasons_of_role(by) + _reasons_of_plan(step.plan)
    reasons += reasons_against_moving(step, StepState.PLANNED)
    if step.contact and timezone.now() - step.contact.logged_at > UNDO_FOR:
        reasons.append(_("It was written down more than an hour ago. Add a new step instead."))
    return reasons


@verb(against=reasons_against_taking_step_back)
def take_step_back(step: PlanStep, *, by: User) -> None:
    """Plan a step again that was marked as done or dropped by a slip; what was written down of it goes.

    Raises Conflict when it changed meanwhile.
    """
    contact = step.contact
    move(step, StepState.PLANNED, also={"contact": None, "done_at": None, "done_by": None, "reason": ""})
    if contact:
        contact.delete()
        index_request(step.plan.request)
    audit.record("plan.take_step_back", step, by=by)
