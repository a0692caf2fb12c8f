"""Reminders of returns: on which days, to whom, and never twice a day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from core.outbox.mail import OutgoingMail
from municipalities.choices import PeriodState
from municipalities.models import Return, ReturnLine
from municipalities.returns import tasks
from municipalities.returns.actions import returns as actions
from municipalities.returns.actions.returns import Asked
from tests.factories.accounts import UserFactory
from tests.factories.figures import IndicatorFactory, ReturnFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.verbs import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return MunicipalityFactory(pilot=True, name="Veselíčko")


@pytest.fixture
def official(place):
    return MembershipFactory(municipality=place, starts_on=date(2020, 1, 1)).user


@pytest.fixture
def boss():
    return UserFactory(coordinator=True)


@pytest.fixture
def flats():
    return IndicatorFactory(name_cs="Byty")


def kinds():
    names = OutgoingMail.objects.order_by("pk").values_list("kind", flat=True)
    return [name.removeprefix("municipalities/return_") for name in names]


@pytest.mark.parametrize(
    ("after", "step"),
    [
        (date(2026, 3, 1), date(2026, 3, 24)),
        (date(2026, 3, 24), date(2026, 3, 30)),
        (date(2026, 3, 30), date(2026, 4, 1)),
        (date(2026, 4, 1), None),
    ],
)
def test_the_days_of_the_reminders(after, step):
    assert tasks.next_step_on(date(2026, 3, 31), after=after) == step


def test_three_reminders_go_out_once_each_and_stop_when_it_is_sent(place, official, boss, flats):
    other = MembershipFactory(starts_on=date(2020, 1, 1)).municipality
    with time_machine.travel("2026-03-01 12:00"):
        asked = Asked(2025, date(2025, 12, 31), date(2026, 3, 31), (flats,), (place, other))
        period = actions.open_period(asked=asked, by=boss)
    statement = period.returns.get(municipality=place)
    reminded = {}
    for day in ("03-23", "03-24", "03-25", "03-30", "04-01", "04-02"):
        with time_machine.travel(f"2026-{day} 09:00"):
            tasks.look_after_returns.call()
            tasks.look_after_returns.call()
            reminded[day] = kinds().count("reminder")
            if day == "03-25":
                line = ReturnLine(indicator=flats, typed="7")
                actions.save(statement, lines=[line], version=statement.version, by=official)
                actions.send(statement, version=statement.version, by=official)

    assert reminded == {"03-23": 0, "03-24": 2, "03-25": 2, "03-30": 3, "04-01": 4, "04-02": 4}
    period.refresh_from_db()
    assert period.next_step_on is None
    # Each run says how many it reminded, also when there was nobody any more.
    counts = [details["count"] for verb, by, details in written(period) if verb == "returns.remind"]
    assert counts == [2, 1, 1]


def test_nobody_is_reminded_of_a_closed_period(place, official, boss, flats):
    with time_machine.travel("2026-03-01 12:00"):
        asked = Asked(2025, date(2025, 12, 31), date(2026, 3, 31), (flats,), (place,))
        period = actions.open_period(asked=asked, by=boss)
        actions.close_period(period, version=1, by=boss)
    with time_machine.travel("2026-03-24 09:00"):
        tasks.look_after_returns.call()
    assert kinds() == ["opened"]


def test_a_municipality_is_reminded_once_a_day_and_whoever_fills_in_is_not_held_up(official, place):
    statement = ReturnFactory(municipality=place)
    seen = Return.objects.get()
    assert tasks.remind_once_a_day(statement)
    # The same day in another process, and once more in this one.
    assert not tasks.remind_once_a_day(seen)
    assert not tasks.remind_once_a_day(statement)
    assert kinds() == ["reminder"]
    assert OutgoingMail.objects.get().to == official.email
    assert Return.objects.get().version == 1
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert tasks.remind_once_a_day(statement)


@pytest.mark.parametrize("case", ["sent", "closed", "nobody speaks for it"])
def test_nobody_is_reminded_of_what_is_not_owed(place, official, boss, case):
    more = {"sent": {"sent": True}, "nobody speaks for it": {"municipality": MunicipalityFactory()}}
    closed = {"state": PeriodState.CLOSED, "closed_at": timezone.now(), "closed_by": boss}
    more["closed"] = {f"period__{name}": value for name, value in closed.items()}
    statement = ReturnFactory(**{"municipality": place, **more[case]})
    assert not tasks.remind_once_a_day(statement)
    statement.refresh_from_db()
    assert (statement.reminded_at, kinds()) == (None, [])
