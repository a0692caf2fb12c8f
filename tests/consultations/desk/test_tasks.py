"""The numbers of each week: written down as they stand, and afterwards only what can be known."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from consultations.desk.queries import tiles
from consultations.desk.tasks import keep_weeks
from consultations.models import Week
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_a_monday(settings: Any) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel("2026-11-23 09:00+01:00", tick=False):
        yield


def test_this_week_as_it_stands_and_what_is_known_of_those_before() -> None:
    SupportRequestFactory(open=True, due_on=date(2026, 11, 20))
    SupportRequestFactory(open=True, due_on=date(2026, 12, 7), home_at_risk_by=date(2026, 12, 24))
    SupportRequestFactory(answered=True, answered_at=timezone.now() - timedelta(weeks=2))
    keep_weeks.call()
    now, before = Week.objects.get(monday=MONDAY), Week.objects.get(monday=MONDAY - timedelta(weeks=2))
    assert (now.open, now.overdue, now.at_risk, now.waiting, now.answered) == (2, 1, 1, 0, 0)
    assert (before.open, before.overdue, before.at_risk, before.waiting, before.answered) == (
        None,
        None,
        None,
        None,
        1,
    )
    assert Week.objects.count() == 8


def test_a_week_that_was_written_down_stays_as_it_was() -> None:
    long_ago = MONDAY - timedelta(weeks=3)
    Week.objects.create(monday=long_ago, open=4, answered=9)
    Week.objects.create(monday=MONDAY - timedelta(weeks=1), open=5, answered=0)
    SupportRequestFactory(answered=True, answered_at=timezone.now() - timedelta(days=3))
    keep_weeks.call()
    assert Week.objects.filter(monday=long_ago, open=4, answered=9).exists()
    assert Week.objects.filter(monday=MONDAY - timedelta(weeks=1), open=5, answered=1).exists()


def test_weeks_stand_beside_a_number_once_three_are_known(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    for ago, number in ((9, 7), (3, 4), (1, 2)):
        Week.objects.create(monday=MONDAY - timedelta(weeks=ago), open=number)
    assert [tile.bars for tile in tiles(UserFactory())] == [[], [], [], [], []]
    Week.objects.create(monday=MONDAY, open=0)
    shown = tiles(UserFactory())
    assert shown[0].bars == [("32", "0", "16"), ("48", "8", "8"), ("56", "15", "1")]
    assert shown[1].bars == []
    html = client.get(reverse("desk")).content.decode().replace("\u00a0", " ")
    assert 'aria-label="By weeks: 2 Nov 2026: 4, 16 Nov 2026: 2, 23 Nov 2026: 0"' in html
