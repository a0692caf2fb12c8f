"""The list of indicators: what administrators may change, and what stays because there are values."""

from typing import Any

import pytest

from accounts.models import User
from core.states import Conflict
from municipalities.choices import Unit
from municipalities.figures.actions import indicators as actions
from municipalities.models import Indicator
from tests.factories.accounts import UserFactory
from tests.factories.figures import IndicatorFactory, IndicatorValueFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ROLE = "Your role does not look after the list of indicators."
ITSELF = "An indicator cannot be held down by itself. Choose another one."
SAME_UNIT = "Both indicators have to have the same unit."


@pytest.fixture
def by() -> User:
    return UserFactory(administrator=True)


def columns(**changes: Any) -> dict[str, Any]:
    words = {
        "name_cs": "Krizové byty",
        "name_en": "Crisis flats",
        "unit": Unit.FLATS,
        "definition_cs": "Byty na krátkou dobu.",
        "definition_en": "Flats for a short time.",
        "places": 0,
        "at_most": None,
    }
    return {**words, **changes}


def anew(row: Indicator) -> Indicator:
    return Indicator.objects.get(pk=row.pk)


def test_each_added_one_is_asked_for_under_a_slug_of_its_own(by):
    names = [*["Crisis flats"] * 3, "Krizové byty po povodni, které obec vyčlenila", "?"]
    rows = [actions.add_indicator(columns(name_en=name), by=by) for name in names]
    assert [row.slug for row in rows] == [
        "crisis-flats",
        "crisis-flats-2",
        "crisis-flats-3",
        "krizove-byty-po-povodni-ktere-obec",
        "indicator",
    ]
    assert list(Indicator.objects.in_use().order_by("pk")) == rows
    assert (anew(rows[0]).name_cs, anew(rows[0]).unit) == ("Krizové byty", Unit.FLATS)
    assert written(rows[1]) == [("indicator.add", by.pk, {"slug": "crisis-flats-2"})]


def test_a_change_keeps_the_slug(by):
    row = IndicatorFactory(slug="flats")
    actions.change_indicator(row, columns=columns(places=1), version=1, by=by)
    assert (anew(row).name_en, anew(row).places, anew(row).slug, anew(row).version) == (
        "Crisis flats",
        1,
        "flats",
        2,
    )
    [(verb, actor, told)] = written(row)
    assert (verb, actor, told["new"]["places"]) == ("words.change", by.pk, 1)


def test_an_indicator_with_values_keeps_its_unit_and_its_places(by):
    row = IndicatorFactory(places=2)
    actions.change_indicator(row, columns=columns(unit=Unit.PEOPLE, places=2), version=1, by=by)
    IndicatorValueFactory(indicator=row)
    less = columns(unit=Unit.FLATS, places=1)
    assert refusal(actions.change_indicator, row, columns=less, version=2, by=by) == [
        "It has values already, so its unit stays. Add a new indicator instead.",
        "It has values already, so they keep their decimal places.",
    ]
    assert anew(row).unit == Unit.PEOPLE
    more = columns(unit=Unit.PEOPLE, name_cs="Lidé", places=2)
    actions.change_indicator(row, columns=more, version=2, by=by)
    assert anew(row).name_cs == "Lidé"


def test_it_is_held_down_only_by_another_of_the_same_unit(by):
    row, whole = IndicatorFactory(), IndicatorFactory()
    held_by_it, people = IndicatorFactory(at_most=row), IndicatorFactory(unit=Unit.PEOPLE)
    for at_most, words in ((row, ITSELF), (held_by_it, ITSELF), (people, SAME_UNIT)):
        said = {"columns": columns(at_most=at_most), "by": by}
        assert refusal(actions.change_indicator, row, version=1, **said) == [words]
    assert refusal(actions.add_indicator, columns(at_most=people), by=by) == [SAME_UNIT]
    actions.change_indicator(row, columns=columns(at_most=whole), version=1, by=by)
    assert anew(row).at_most == whole


@pytest.mark.parametrize("role", ["consultant", "official"])
def test_only_those_who_keep_it_change_the_list(role):
    by, row = UserFactory(role=role), IndicatorFactory()
    assert refusal(actions.add_indicator, columns(), by=by) == [ROLE]
    assert refusal(actions.change_indicator, row, columns=columns(), version=1, by=by) == [ROLE]
    assert refusal(actions.set_in_use, row, in_use=False, version=1, by=by) == [ROLE]
    assert (Indicator.objects.get().version, written(row)) == (1, [])


def test_it_is_retired_and_taken_up_with_its_values(by):
    value = IndicatorValueFactory()
    row = value.indicator
    actions.set_in_use(row, in_use=False, version=1, by=by)
    assert not Indicator.objects.in_use().exists()
    actions.set_in_use(row, in_use=True, version=2, by=by)
    assert Indicator.objects.in_use().get().values.get() == value
    assert [verb for verb, _by, _details in written(row)] == ["indicator.retire", "indicator.take_up"]


@pytest.mark.parametrize("is_read_before", [True, False])
def test_of_two_who_change_it_at_once_one_is_told(by, is_read_before):
    row = IndicatorFactory()
    theirs = anew(row)
    actions.change_indicator(row, columns=columns(), version=1, by=by)
    if not is_read_before:
        theirs = anew(row)
    with pytest.raises(Conflict):
        actions.set_in_use(theirs, in_use=False, version=1, by=by)
    with pytest.raises(Conflict):
        actions.change_indicator(theirs, columns=columns(name_cs="Pozdě"), version=1, by=by)
    assert (anew(row).name_cs, anew(row).is_active) == ("Krizové byty", True)
