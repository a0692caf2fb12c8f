"""What an accepted return does to the values of its municipality: written, superseded, taken back, left."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from core.outbox.mail import OutgoingMail
from municipalities.choices import Precision
from municipalities.models import IndicatorValue, Return
from municipalities.returns.actions import returns as actions
from tests.factories.accounts import UserFactory
from tests.factories.figures import (
    IndicatorFactory,
    IndicatorValueFactory,
    ReturnFactory,
    ReturnLineFactory,
    ReturnPeriodFactory,
)
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.verbs import written

pytestmark = pytest.mark.django_db

DAY = date(2025, 12, 31)


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


def sent(place, flats) -> Return:
    """Return the figures of a year as its officials have sent them: fourteen flats."""
    period = ReturnPeriodFactory(year=2025, indicators=[flats])
    statement = ReturnFactory(municipality=place, period=period, sent=True)
    ReturnLineFactory(statement=statement, indicator=flats, typed="14", note="Dva nové byty")
    return statement


def current(place) -> list[tuple[int, Decimal]]:
    rows = IndicatorValue.objects.current().filter(municipality=place).order_by("pk")
    return list(rows.values_list("indicator", "value"))


def accepted(statement: Return, by: User) -> int:
    """Accept a return; give how many values came of it, as the audit has it."""
    actions.accept(statement, version=statement.version, by=by)
    return written(statement)[-1][2]["values"]


def test_accepting_makes_values_with_date_and_source(place, official, boss, flats):
    statement = sent(place, flats)

    actions.accept(statement, version=1, by=boss)

    row = IndicatorValue.objects.get()
    assert (row.value, row.on, row.note_cs) == (14, date(2025, 12, 31), "Dva nové byty")
    assert row.source_cs == "výkaz obce Veselíčko za rok 2025"
    assert row.source_en == "return of the municipality Veselíčko for 2025"
    assert (row.from_return, row.entered_by) == (statement, boss)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("municipalities/return_accepted", official.email)
    assert "14" not in mail.text
    assert written(statement) == [("return.accept", boss.pk, {"values": 1})]


def test_reopened_and_accepted_again_supersedes_and_takes_back(place, official, boss, flats):
    workers = IndicatorFactory(places=2)
    statement = sent(place, flats)
    statement.period.indicators.add(workers)
    ReturnLineFactory(statement=statement, indicator=workers, typed="1,5")
    actions.accept(statement, version=1, by=boss)
    actions.send_back(statement, remark="Opravdu 14?", version=2, by=boss)
    statement.lines.filter(indicator=flats).update(typed="15")
    statement.lines.filter(indicator=workers).update(typed="", is_unknown=True)
    actions.send(statement, version=3, by=official)
    actions.accept(statement, version=4, by=boss)

    held = IndicatorValue.objects.current().get()
    assert (held.value, held.replaces.value) == (15, 14)
    assert "výkazem" in held.replaces.superseded_reason_cs
    assert IndicatorValue.objects.get(indicator=workers).superseded_at


def test_accepting_the_same_number_again_writes_no_new_value(place, official, boss, flats):
    statement = sent(place, flats)
    actions.accept(statement, version=1, by=boss)
    actions.send_back(statement, remark="Jen poznámka", version=2, by=boss)
    actions.send(statement, version=3, by=official)
    actions.accept(statement, version=4, by=boss)
    assert IndicatorValue.objects.count() == 1


@pytest.mark.parametrize("line", [{"typed": "asi 14"}, {"typed": ""}, {"typed": "14", "is_unknown": True}])
def test_what_is_no_number_makes_no_value(place, boss, flats, line):
    statement = sent(place, flats)
    statement.lines.update(**line)
    assert accepted(statement, boss) == 0
    assert current(place) == []


def test_a_number_is_read_as_it_was_typed(place, boss, flats):
    statement = sent(place, flats)
    workers = IndicatorFactory(places=2)
    statement.lines.update(typed=" 1 400 ")
    ReturnLineFactory(statement=statement, indicator=workers, typed="1,5")
    assert accepted(statement, boss) == 2
    assert current(place) == [(flats.pk, Decimal(1400)), (workers.pk, Decimal("1.5"))]


def test_what_was_entered_by_hand_for_the_day_is_replaced_and_nothing_else(place, boss, flats):
    held = IndicatorValueFactory(municipality=place, indicator=flats, on=DAY, value=9)
    others = [
        IndicatorValueFactory(municipality=place, indicator=flats, on=DAY, precision=Precision.YEAR, value=1),
        IndicatorValueFactory(municipality=place, indicator=flats, on=date(2024, 12, 31), value=2),
        IndicatorValueFactory(municipality=place, on=DAY, value=3),
        IndicatorValueFactory(indicator=flats, on=DAY, value=4),
    ]
    accepted(sent(place, flats), boss)
    held.refresh_from_db()
    assert held.replaced_by.value == 14
    assert (held.superseded_reason_cs, held.superseded_reason_en) == (
        "Nahrazeno výkazem obce Veselíčko za rok 2025.",
        "Replaced by the return of the municipality Veselíčko for 2025.",
    )
    for row in others:
        row.refresh_from_db()
        assert row.superseded_at is None


def test_another_note_to_the_same_number_is_a_value_of_its_own(place, official, boss, flats):
    statement = sent(place, flats)
    accepted(statement, boss)
    actions.send_back(statement, remark="Opravdu dva?", version=2, by=boss)
    statement.lines.update(note="Tři nové byty")
    actions.send(statement, version=3, by=official)
    accepted(statement, boss)
    held = IndicatorValue.objects.current().get()
    assert (held.value, held.note_cs, held.replaces.note_cs) == (14, "Tři nové byty", "Dva nové byty")
