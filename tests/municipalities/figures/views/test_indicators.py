"""The pages of the list of indicators."""

import pytest
from django.urls import reverse

from municipalities.choices import Unit
from municipalities.models import Indicator

pytestmark = pytest.mark.django_db
FIELDS = {
    "name_cs": "Krizové byty",
    "name_en": "Crisis flats",
    "unit": Unit.FLATS,
    "definition_cs": "Byty na krátkou dobu.",
    "definition_en": "Flats for a short time.",
}


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
