"""Tests of the themes as words that the Centre keeps."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from tests.factories.visits import StudyVisitFactory, ThemeFactory
from visits.models import Theme

pytestmark = pytest.mark.django_db


def test_a_theme_is_added_and_offered_for_visits(log_in):
    client, _user = log_in(Role.EDITOR)
    client.post(reverse("desk-visit-theme-new"), {"name_cs": "Energie", "name_en": "Energy"})
    assert Theme.objects.get().slug == "energy"
    assert "Energie" in client.get("/cs/desk/visits/new/").content.decode()


def test_visits_of_a_theme_follow_it_into_another(log_in):
    client, _user = log_in(Role.EDITOR)
    one, other = ThemeFactory(), ThemeFactory()
    visit = StudyVisitFactory()
    visit.themes.set([one, other])
    address = reverse("desk-visit-theme-merge", args=[one.pk])
    assert (
        "Studijní cesty: <strong>1</strong>" in client.get(address.replace("/en/", "/cs/")).content.decode()
    )

    client.post(address, {"into": other.pk, "version": 1})

    assert list(visit.themes.all()) == [other]
