"""Tasks that come back by themselves."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.outbox.sending import deliver_due
from core.schedule import SOON, wake, wake_on

pytestmark = pytest.mark.django_db(transaction=True)

NOON = timezone.make_aware(datetime(2026, 11, 25, 12))


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def runs() -> list[datetime]:
    """Return when the waiting runs of the task come."""
    rows = DBTaskResult.objects.filter(task_path=deliver_due.module_path).order_by("run_after")
    return list(rows.values_list("run_after", flat=True))


def test_one_run_takes_what_is_due_by_then():
    for hours in (2, 3, 2):
        wake(deliver_due, at=NOON + timedelta(hours=hours))
    assert runs() == [NOON + timedelta(hours=2)]
    wake(deliver_due, at=NOON + timedelta(hours=1))
    assert runs() == [NOON + timedelta(hours=1), NOON + timedelta(hours=2)]


def test_a_day_is_its_morning():
    wake_on(deliver_due, date(2026, 11, 27))
    assert runs() == [timezone.make_aware(datetime(2026, 11, 27, 8))]


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2026, 11, 20)])
def test_a_morning_that_has_passed_is_soon(day: date):
    wake_on(deliver_due, day)
    assert runs() == [NOON + SOON]


def test_without_a_day_nothing_waits():
    wake_on(deliver_due, None)
    assert runs() == []
