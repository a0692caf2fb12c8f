"""Tests of how a material goes on, and what stands against it."""

import pytest
from django.utils import translation

from accounts.permissions import Role
from core.audit import entries_of
from core.states import Conflict, Refused
from studies.choices import PlanState
from studies.models import Material
from studies.plan.actions import states
from tests.factories.accounts import UserFactory
from tests.factories.studies import MaterialFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def editor():
    return UserFactory(role=Role.EDITOR)


def test_a_material_goes_through_its_life(editor):
    row = MaterialFactory(state=PlanState.ANNOUNCED, owner=editor)
    way = [
        PlanState.COMMISSIONED, PlanState.DRAFTED, PlanState.IN_EXPERT_REVIEW, PlanState.FINISHING,
        PlanState.PUBLISHED, PlanState.SUPERSEDED, PlanState.PUBLISHED, PlanState.DRAFTED,
    ]  # fmt: skip
    for state in way:
        states.go(row, to=state, version=row.version, by=editor)
    assert row.state == PlanState.DRAFTED
    assert [entry.verb for entry in entries_of(row)] == [f"material.{state}" for state in way]


@pytest.mark.parametrize(
    ("lacking", "reason"),
    [
        ({"title_cs": "", "place": 1}, "Write its Czech title"),
        ({"abstract_cs": ""}, "what it is about"),
        ({"kind": ""}, "of which kind"),
        ({"source": ""}, "in which year it came out, or where we know it from"),
    ],
)
def test_it_is_published_once_nothing_is_lacking(editor, lacking, reason):
    row = MaterialFactory(**{"state": PlanState.FINISHING, **lacking})
    row.refresh_from_db()
    [said] = states.reasons_against_going(row, to=PlanState.PUBLISHED, by=editor)
    assert reason in said


def test_why_a_step_is_no_way_on_is_said_in_a_sentence(editor):
    row = MaterialFactory(state=PlanState.ANNOUNCED)
    for to, reason in (
        (PlanState.SUPERSEDED, "The material is only announced so far; no other one can take its place."),
        ("poem", "There is no such state."),
        (PlanState.DRAFTED, "Write who looks after it."),
    ):
        with pytest.raises(Refused, match=reason):
            states.go(row, to=to, version=1, by=editor)


def test_a_late_one_goes_on_once_its_reason_is_written(editor):
    row = MaterialFactory(unknown=True, owner=editor)
    assert states.reasons_against_going(row, to=PlanState.DRAFTED, by=editor) == [
        "It is late, and the plan is public: write why."
    ]
    Material.objects.update(delay_reason_cs="Projekt skončil.", delay_reason_en="The project ended.")
    row.refresh_from_db()
    states.go(row, to=PlanState.DRAFTED, version=1, by=editor)


def test_what_was_put_away_waits_and_of_two_people_one_wins(editor):
    row = MaterialFactory(retired_at="2026-01-01T00:00Z")
    assert states.reasons_against_going(row, to=PlanState.SUPERSEDED, by=editor) == [
        "It was put away. Take it up again first."
    ]
    Material.objects.update(retired_at=None)
    row.refresh_from_db()
    states.go(Material.objects.get(), to=PlanState.SUPERSEDED, version=1, by=editor)
    with pytest.raises(Conflict):
        states.go(row, to=PlanState.SUPERSEDED, version=2, by=editor)


def test_steps_that_go_on_come_first_each_with_what_stands_against_it(editor):
    row = MaterialFactory(state=PlanState.FINISHING)
    steps = states.steps_of(row, by=UserFactory(role=Role.ADMINISTRATOR))
    assert [step["to"] for step in steps] == [
        PlanState.PUBLISHED, PlanState.DRAFTED, PlanState.IN_EXPERT_REVIEW,
    ]  # fmt: skip
    assert str(steps[1]["label"]) == "Back to writing"
    assert "does not keep the expert materials" in steps[0]["reasons"][0]
