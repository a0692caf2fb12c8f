"""Tests of the first edition of the themes: given to shipped visits once, then kept at the desk."""

import pytest

import visits.hosts.loading
from core.audit import words
from visits.models import StudyVisit, Theme
from visits.plans.loading import load

pytestmark = pytest.mark.django_db


def test_the_themes_are_there_in_both_languages_and_on_visits_that_are_about_them():
    visits.hosts.loading.load()

    assert load().created == 7

    assert all(theme.name_cs and theme.name_en for theme in Theme.objects.all())
    finland = StudyVisit.objects.get(slug="fi-2017")
    assert [theme.slug for theme in finland.themes.all()] == ["housing-first", "homes", "law-and-money"]


def test_loading_again_leaves_what_the_desk_has_changed():
    visits.hosts.loading.load()
    load()
    theme = Theme.objects.get(slug="advice")
    words.change(theme, {"name_cs": "Poradny"}, by=None)
    theme.visits.clear()

    report = load()

    theme.refresh_from_db()
    assert (report.unchanged, theme.name_cs, theme.visits.count()) == (7, "Poradny", 0)
