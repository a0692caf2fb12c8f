"""The list of indicators: what administrators may change, and what stays because there are values."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from core.states import Conflict, Refused
from municipalities.choices import Unit
from municipalities.figures.actions import indicators as actions
from municipalities.models import Indicator
from tests.factories.accounts import UserFactory
from tests.factories.figures import IndicatorFactory, IndicatorValueFactory

pytestmark = pytest.mark.django_db
FIELDS = {
    "name_cs": "Krizové byty",
    "name_en": "Crisis flats",
    "unit": Unit.FLATS,
    "definition_cs": "Byty na krátkou dobu.",
    "definition_en": "Flats for a short time.",
}


def columns(**changes: Any) -> dict[str, Any]:
    return {**FIELDS, "places": 0, "at_most": None, **changes}


def test_an_administrator_adds_changes_retires_and_takes_up_in_the_browser(log_in):
    client, _user = log_in("administrator")
    form = {**FIELDS, "places": 0, "position": 5}

    client.post(reverse("desk-indicator-new"), form)
    client.post(reverse("desk-indicator-new"), form)
    row = Indicator.objects.get(slug="crisis-flats")
    assert Indicator.objects.filter(slug="crisis-flats-2").exists()
    url = reverse("desk-indicator-edit", args=[row.slug])
    client.post(url, {**form, "name_cs": "Byty v krizi", "version": 1})
    assert client.post(url, {**form, "version": 1}).status_code == 409
    use = reverse("desk-indicator-use", args=[row.slug])
    client.post(use, {"retire": 1, "version": 2})
    row.refresh_from_db()
    assert (row.name_cs, row.is_active) == ("Byty v krizi", False)
    client.post(use, {"take-up": 1, "version": 3})
    row.refresh_from_db()
    assert row.is_active


def test_an_indicator_with_values_keeps_its_unit():
    by, row = UserFactory(administrator=True), IndicatorFactory()
    actions.change_indicator(row, columns=columns(unit=Unit.PEOPLE), version=1, by=by)
    IndicatorValueFactory(indicator=row)

    with override("en"), pytest.raises(Refused, match="unit stays"):
        actions.change_indicator(row, columns=columns(unit=Unit.FLATS), version=2, by=by)
    actions.change_indicator(row, columns=columns(unit=Unit.PEOPLE, name_cs="Lidé"), version=2, by=by)


def test_it_is_held_down_only_by_another_of_the_same_unit_and_changed_only_by_administrators():
    by, row = UserFactory(administrator=True), IndicatorFactory()
    other = IndicatorFactory(unit=Unit.PEOPLE)
    with override("en"):
        for whole, words in ((row, "by itself"), (other, "same unit")):
            with pytest.raises(Refused, match=words):
                actions.change_indicator(row, columns=columns(at_most=whole), version=1, by=by)
        with pytest.raises(Refused, match="Your role"):
            actions.add_indicator(columns(), by=UserFactory(coordinator=True))
    with pytest.raises(Conflict):
        actions.set_in_use(row, in_use=False, version=7, by=by)
