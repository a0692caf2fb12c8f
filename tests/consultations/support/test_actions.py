"""In-depth support: what it may do, what it may not and why, and that its time is counted once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from consultations.models import Contact, PlanStep, SupportPlan, SupportRequest
from consultations.requests.actions import desk
from consultations.support import actions as plan
from core import audit, search
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.support import PlanStepFactory, SupportPlanFactory

pytestmark = pytest.mark.django_db

READS_ONLY = "Your role reads requests but does not work on them."
ENDED = "In-depth support has ended. Open it again first."


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


@pytest.fixture
def me() -> User:
    return UserFactory()


def reasons(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.reasons


def verbs_of(row: Any) -> list[str]:
    return list(audit.entries_of(row).values_list("verb", flat=True))


# The plan


@pytest.mark.parametrize("state", ["open", "waiting_requester", "waiting_expert", "answered"])
def test_a_plan_opens_on_a_request_at_work_or_answered(me: User, state: str) -> None:
    request = SupportRequestFactory(state=state)
    made = plan.open_plan(request, goal=" Program obce ", by=me)
    assert (made.goal, made.opened_by, made.is_open) == ("Program obce", me, True)
    assert SupportRequest.objects.get(pk=request.pk).state == state
    assert verbs_of(request) == ["request.open_plan"]


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("new", "Nobody has taken the request yet. Take it first."),
        ("closed", "The request is not being worked on. Reopen it first."),
        ("withdrawn", "The request is not being worked on. Reopen it first."),
    ],
)
def test_a_plan_does_not_open_on_what_nobody_works_on(me: User, state: str, reason: str) -> None:
    request = SupportRequestFactory(state=state)
    assert reasons(lambda: plan.open_plan(request, goal="Program", by=me)) == [reason]


def test_a_request_has_one_plan_with_a_goal_by_somebody_who_works(me: User) -> None:
    request = SupportRequestFactory(open=True)
    assert reasons(lambda: plan.open_plan(request, goal=" ", by=me)) == ["Write what is to be reached."]
    assert reasons(lambda: plan.open_plan(request, goal="A", by=UserFactory(editor=True))) == [READS_ONLY]
    plan.open_plan(request, goal="A", by=me)
    again = SupportRequest.objects.get(pk=request.pk)
    assert reasons(lambda: plan.open_plan(again, goal="B", by=me)) == [
        "The request has in-depth support already."
    ]


def test_an_open_plan_stands_against_closing_the_request(me: User) -> None:
    request = SupportRequestFactory(answered=True)
    made = plan.open_plan(request, goal="Program", by=me)
    sentence = ["In-depth support goes on. Finish or drop its steps and end it first."]
    assert desk.reasons_against_closing(request, by=me) == sentence
    assert reasons(lambda: desk.close(SupportRequest.objects.get(pk=request.pk), by=me)) == sentence
    plan.close_plan(made, result="reached", outcome="", by=me)
    desk.close(SupportRequest.objects.get(pk=request.pk), by=me)
    assert SupportRequest.objects.get(pk=request.pk).state == "closed"


def test_a_plan_does_not_end_before_its_steps(me: User) -> None:
    made = SupportPlanFactory()
    first, second = PlanStepFactory(plan=made), PlanStepFactory(plan=made)
    assert reasons(lambda: plan.close_plan(made, result="reached", outcome="", by=me)) == [
        "2 steps are still planned. Finish them or drop them first."
    ]
    plan.drop_step(first, reason="Obec odřekla", by=me)
    assert reasons(lambda: plan.close_plan(made, result="reached", outcome="", by=me)) == [
        "1 step is still planned. Finish it or drop it first."
    ]
    plan.finish_step(second, text="Hotovo.", by=me)
    plan.close_plan(made, result="partly", outcome=" Program je v radě. ", by=me)
    made.refresh_from_db()
    assert (made.is_open, made.result, made.outcome) == (False, "partly", "Program je v radě.")
    assert (made.closed_by, made.closed_at is None) == (me, False)
    assert reasons(lambda: plan.close_plan(made, result="partly", outcome="", by=me)) == [
        "In-depth support has ended already."
    ]


def test_an_end_can_be_undone_while_the_request_lives(me: User) -> None:
    made = SupportPlanFactory(request__answered=True, request__open=False)
    assert reasons(lambda: plan.reopen_plan(made, by=me)) == ["In-depth support has not ended."]
    plan.close_plan(made, result="reached", outcome="Hotovo.", by=me)
    plan.reopen_plan(made, by=me)
    made.refresh_from_db()
    assert (made.is_open, made.result, made.closed_at, made.closed_by) == (True, "", None, None)
    assert verbs_of(made.request) == ["request.close_plan", "request.reopen_plan"]


def test_a_closed_request_is_reopened_before_its_plan(me: User) -> None:
    made = SupportPlanFactory(request__answered=True, request__open=False)
    plan.close_plan(made, result="reached", outcome="", by=me)
    desk.close(made.request, by=me)
    assert reasons(lambda: plan.reopen_plan(made, by=me)) == [
        "The request is not being worked on. Reopen it first."
    ]


def test_nobody_ends_a_plan_without_having_seen_its_last_step(me: User) -> None:
    made = SupportPlanFactory()
    seen = SupportPlan.objects.get(pk=made.pk)
    step = plan.add_step(made, kind="call", what="Zavolat", who=me, by=me)
    plan.drop_step(step, reason="Zbytečné", by=me)
    with pytest.raises(Conflict):
        plan.close_plan(seen, result="reached", outcome="", by=me)


# Its steps


def test_a_step_is_planned_for_somebody_who_works_on_requests(me: User) -> None:
    made, colleague = SupportPlanFactory(), UserFactory()
    step = plan.add_step(
        made, kind="visit", what="Rada", who=colleague, with_whom="starostka", due_on=date(2026, 12, 1), by=me
    )
    assert (step.state, step.who, step.with_whom, step.due_on) == (
        "planned", colleague, "starostka", date(2026, 12, 1),
    )  # fmt: skip
    assert audit.entries_of(step).get().details == {"kind": "visit", "who": colleague.pk}
    editor = UserFactory(editor=True, name="Ivo Krátký")
    assert reasons(lambda: plan.add_step(made, kind="call", what="A", who=editor, by=me)) == [
        "Ivo Krátký does not answer requests."
    ]
    assert reasons(lambda: plan.add_step(made, kind="call", what="A", who=me, by=editor)) == [READS_ONLY]


def test_nothing_is_planned_when_it_has_ended(me: User) -> None:
    made = SupportPlanFactory()
    step = PlanStepFactory(plan=made)
    plan.drop_step(step, reason="Zbytečné", by=me)
    plan.close_plan(made, result="broken_off", outcome="", by=me)
    assert reasons(lambda: plan.add_step(made, kind="call", what="A", who=me, by=me)) == [ENDED]
    assert plan.reasons_against_taking_step_back(step, by=me) == [ENDED]


def test_a_planned_step_is_put_right(me: User) -> None:
    step = PlanStepFactory()
    seen = PlanStep.objects.get(pk=step.pk)
    wanted = {"kind": "call", "what": "Zavolat", "who": me, "with_whom": "tajemník", "due_on": None}
    plan.change_step(step, **wanted, by=me)
    step.refresh_from_db()
    assert {name: getattr(step, name) for name in wanted} == wanted
    with pytest.raises(Conflict):
        plan.change_step(seen, **wanted, by=me)
    plan.drop_step(step, reason="Zbytečné", by=me)
    assert reasons(lambda: plan.change_step(step, **wanted, by=me)) == ["Only a planned step can be changed."]


@pytest.mark.parametrize(
    ("kind", "direction", "channel"),
    [
        ("visit", "outbound", "in_person"),
        ("call", "outbound", "phone_out"),
        ("training", "outbound", "event"),
        ("document", "note", "web"),
        ("other", "note", "web"),
    ],
)
def test_a_step_that_is_done_is_one_contact(me: User, kind: str, direction: str, channel: str) -> None:
    step = PlanStepFactory(kind=kind, plan__request__with_contact=False)
    contact = plan.finish_step(step, text="Dohodli jsme se na poště.", minutes=90, place="Bečov", by=me)
    step.refresh_from_db()
    assert (step.state, step.contact, step.done_by, step.done_at) == (
        "done",
        contact,
        me,
        contact.took_place_at,
    )
    assert (contact.direction, contact.channel, contact.place) == (direction, channel, "Bečov")
    assert (contact.spoken_by, contact.logged_by) == (step.who, me)
    assert step.plan.request.contacts.aggregate(Sum("minutes")) == {"minutes__sum": 90}
    assert search.ids("poště", kind="request") == [step.plan.request_id]
    assert verbs_of(step) == ["plan.finish_step"]


def test_a_step_is_not_done_without_words_in_the_future_or_twice(me: User) -> None:
    step = PlanStepFactory()
    tomorrow = timezone.now() + timedelta(days=1)
    assert reasons(lambda: plan.finish_step(step, text=" ", by=me)) == ["Write a text."]
    assert reasons(lambda: plan.finish_step(step, text="A", took_place_at=tomorrow, by=me)) == [
        "What has not taken place yet cannot be logged."
    ]
    seen = PlanStep.objects.get(pk=step.pk)
    plan.finish_step(step, text="A", by=me)
    assert reasons(lambda: plan.finish_step(step, text="A", by=me)) == ["“done” cannot become “done”."]
    with pytest.raises(Conflict):
        plan.finish_step(seen, text="B", by=me)
    assert Contact.objects.filter(step=step).count() == 1
    assert not Contact.objects.filter(text="B").exists()


def test_a_step_is_dropped_for_a_reason(me: User) -> None:
    step = PlanStepFactory()
    assert reasons(lambda: plan.drop_step(step, reason=" ", by=me)) == ["Write why the step is dropped."]
    plan.drop_step(step, reason="Obec odřekla", by=me)
    step.refresh_from_db()
    assert (step.state, step.reason) == ("dropped", "Obec odřekla")
    plan.take_step_back(step, by=me)
    step.refresh_from_db()
    assert (step.state, step.reason) == ("planned", "")


def test_a_slip_is_undone_with_all_that_was_written(me: User) -> None:
    step = PlanStepFactory()
    plan.finish_step(step, text="Omylem poštolka.", minutes=30, by=me)
    plan.take_step_back(step, by=me)
    step.refresh_from_db()
    assert (step.state, step.contact, step.done_at, step.done_by) == ("planned", None, None, None)
    assert not Contact.objects.filter(text="Omylem poštolka.").exists()
    assert search.ids("poštolka", kind="request") == []
    assert reasons(lambda: plan.take_step_back(step, by=me)) == ["“planned” cannot become “planned”."]


def test_what_was_done_an_hour_ago_is_no_slip(me: User) -> None:
    step = PlanStepFactory()
    plan.finish_step(step, text="Hotovo.", by=me)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert reasons(lambda: plan.take_step_back(step, by=me)) == [
            "It was written down more than an hour ago. Add a new step instead."
        ]
    assert Contact.objects.filter(text="Hotovo.").exists()


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_who_only_reads_does_nothing_here(role: str) -> None:
    reader, step = UserFactory(role=role), PlanStepFactory()
    made = step.plan
    assert plan.reasons_against_opening(SupportRequestFactory(open=True), by=reader) == [READS_ONLY]
    assert plan.reasons_against_adding_step(made, by=reader) == [READS_ONLY]
    assert plan.reasons_against_changing_step(step, by=reader) == [READS_ONLY]
    assert plan.reasons_against_finishing_step(step, by=reader) == [READS_ONLY]
    assert plan.reasons_against_dropping_step(step, by=reader) == [READS_ONLY]
    assert plan.reasons_against_closing(made, by=reader)[0] == READS_ONLY


def test_steps_of_somebody_are_the_planned_ones_due_first(me: User) -> None:
    later = PlanStepFactory(who=me, due_on=date(2026, 12, 9))
    some_day = PlanStepFactory(who=me)
    soon = PlanStepFactory(who=me, due_on=date(2026, 12, 1))
    done = PlanStepFactory(who=me)
    plan.finish_step(done, text="Hotovo.", by=me)
    PlanStepFactory()
    assert list(PlanStep.objects.of(me)) == [soon, later, some_day]
    assert list(PlanStep.objects.visible_to(UserFactory(official=True))) == []
