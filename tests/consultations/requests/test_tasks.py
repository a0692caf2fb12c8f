"""What is told in the morning: each day of a request once, on working days."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from consultations.choices import HomeLoss, State
from consultations.models import AnsweredCount, SupportRequest
from consultations.requests.actions.snooze import snooze
from consultations.requests.tasks import count_answered, tell_of_days
from core import audit
from core.notices.models import Notice
from core.schedule import next_early
from tests.factories.accounts import AbsenceFactory, DutyFactory, UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db

THURSDAY, FRIDAY, SATURDAY, MONDAY = (date(2026, 12, day) for day in (3, 4, 5, 7))


@contextmanager
def on(day: date) -> Iterator[None]:
    with time_machine.travel(f"{day}T05:00Z", tick=False):
        yield


def told_on(day: date) -> list[tuple[str, str]]:
    """Return who is told of which kind on a morning."""
    before = set(Notice.objects.values_list("pk", flat=True))
    with on(day):
        tell_of_days.call()
    rows = Notice.objects.exclude(pk__in=before).order_by("pk")
    return [(row.kind, row.receiver.name) for row in rows]


def test_an_answer_that_is_due_is_told_of_once_and_once_more_when_it_is_late():
    SupportRequestFactory(open=True, assignee__name="Jana", due_on=MONDAY)

    assert told_on(THURSDAY) == []
    assert told_on(FRIDAY) == [("requests/due", "Jana")]
    assert told_on(FRIDAY) == told_on(SATURDAY) == told_on(MONDAY) == []
    assert told_on(date(2026, 12, 8)) == [("requests/overdue", "Jana")]
    assert told_on(date(2026, 12, 9)) == []


def test_another_day_is_told_of_anew():
    request = SupportRequestFactory(open=True, assignee__name="Jana", due_on=FRIDAY)
    assert told_on(THURSDAY) == [("requests/due", "Jana")]
    request.due_on = MONDAY
    request.save()
    assert told_on(FRIDAY) == [("requests/due", "Jana")]


def test_who_stands_in_is_told_too_and_of_what_nobody_has_who_is_on_duty():
    away = UserFactory(name="Jana")
    with on(THURSDAY):
        AbsenceFactory(user=away, deputy=UserFactory(name="Eva"))
        DutyFactory(user=UserFactory(name="Olga"))
    SupportRequestFactory(open=True, assignee=away, due_on=FRIDAY)
    SupportRequestFactory(due_on=FRIDAY)

    assert sorted(told_on(THURSDAY)) == [
        ("requests/due", "Eva"),
        ("requests/due", "Jana"),
        ("requests/due", "Olga"),
    ]


@pytest.mark.parametrize("state", ["answered", "closed"])
def test_of_what_is_answered_nobody_is_told(state):
    SupportRequestFactory(**{state: True}, due_on=FRIDAY)
    assert told_on(THURSDAY) == []


def test_what_was_late_long_ago_is_left():
    SupportRequestFactory(open=True, due_on=date(2026, 11, 20))
    assert told_on(THURSDAY) == []


def test_a_request_that_was_put_aside_comes_back_on_its_day_once():
    SupportRequestFactory(open=True, assignee__name="Jana", due_on=None, snoozed_until=FRIDAY)
    assert told_on(THURSDAY) == []
    assert told_on(FRIDAY) == [("requests/snooze_over", "Jana")]
    assert told_on(MONDAY) == []


def aside(until: date) -> SupportRequest:
    with on(THURSDAY):
        request = SupportRequestFactory(open=True, assignee__name="Jana", due_on=date(2026, 12, 14))
        snooze(request, until=until, reason="Čeká na komisi.", by=request.assignee)
    return request


def test_what_was_put_aside_until_a_day_without_offices_comes_back_after_it():
    request = aside(SATURDAY)
    for morning, told in ((FRIDAY, []), (SATURDAY, []), (MONDAY, [("requests/snooze_over", "Jana")])):
        assert told_on(morning) == told
    request.refresh_from_db()
    assert (request.snoozed_until, request.snooze_reason) == (None, "")
    assert [row.verb for row in audit.entries_of(request)] == ["request.snooze", "request.wake"]


@pytest.mark.parametrize("change", [{"home_loss": HomeLoss.LOST}, {"due_on": date(2026, 12, 1)}])
def test_what_became_urgent_comes_back_before_its_day(change):
    request = aside(MONDAY)
    SupportRequest.objects.filter(pk=request.pk).update(**change)
    assert ("requests/snooze_over", "Jana") not in told_on(FRIDAY)
    request.refresh_from_db()
    assert request.snoozed_until is None


def test_it_costs_the_same_however_much_is_told_already(django_assert_max_num_queries):
    for _number in range(20):
        SupportRequestFactory(open=True, due_on=FRIDAY)
    told_on(THURSDAY)
    with django_assert_max_num_queries(10):
        assert told_on(THURSDAY) == []


@pytest.mark.parametrize(
    ("now", "morning"), [("2026-12-03T03:00Z", "2026-12-03"), ("2026-12-03T05:00Z", "2026-12-04")]
)
def test_it_comes_early_each_morning(now, morning):
    with time_machine.travel(now, tick=False):
        at = timezone.make_aware(datetime.fromisoformat(f"{morning}T06:00"))
        assert next_early() == at


def test_answered_questions_of_real_people_are_counted():
    now = timezone.now()
    SupportRequestFactory(answered_at=None)
    SupportRequestFactory(answered_at=now, is_demo=True)
    SupportRequestFactory(answered_at=now, state=State.SPAM)
    for number in (1, 2):
        SupportRequestFactory(answered_at=now, state=State.ANSWERED)
        count_answered.call()
        assert AnsweredCount.objects.get().number == number
