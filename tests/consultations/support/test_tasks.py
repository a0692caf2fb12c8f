"""Whoever is to take a step of in-depth support is told once when it is due."""

from datetime import date

import pytest
import time_machine

from consultations.choices import StepState
from consultations.support.tasks import tell_of_steps
from core.notices.models import Notice
from tests.factories.accounts import AbsenceFactory, UserFactory
from tests.factories.support import PlanStepFactory

pytestmark = pytest.mark.django_db

THURSDAY, FRIDAY, SATURDAY = (date(2026, 12, day) for day in (3, 4, 5))


def told_on(day: date) -> list[str]:
    before = Notice.objects.count()
    with time_machine.travel(f"{day}T05:00Z", tick=False):
        tell_of_steps.call()
    return sorted(row.receiver.name for row in Notice.objects.order_by("pk")[before:])


def test_on_the_working_day_before_and_once():
    PlanStepFactory(who=UserFactory(name="Jana"), due_on=FRIDAY)
    assert told_on(date(2026, 12, 2)) == []
    assert told_on(THURSDAY) == ["Jana"]
    assert told_on(THURSDAY) == told_on(FRIDAY) == []
    notice = Notice.objects.get()
    assert (notice.kind, notice.about_kind) == ("support/step_due", "planstep")


def test_who_stands_in_is_told_too():
    away = UserFactory(name="Jana")
    with time_machine.travel(f"{THURSDAY}T05:00Z", tick=False):
        AbsenceFactory(user=away, deputy=UserFactory(name="Eva"))
    PlanStepFactory(who=away, due_on=FRIDAY)
    assert told_on(THURSDAY) == ["Eva", "Jana"]


def test_not_at_weekends_nor_of_what_is_done_or_has_no_day():
    PlanStepFactory(due_on=SATURDAY)
    assert told_on(SATURDAY) == []
    PlanStepFactory(due_on=FRIDAY, state=StepState.DROPPED, reason="Není třeba")
    PlanStepFactory()
    assert told_on(date(2026, 12, 2)) == []
