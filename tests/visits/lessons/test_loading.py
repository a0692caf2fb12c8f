"""The workshop that is known: brought once, with its visits and its source, and then left alone."""

import pytest

from core.audit import words
from tests.factories.accounts import UserFactory
from visits.hosts import loading as hosts
from visits.lessons import loading
from visits.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    hosts.load()
    assert str(loading.load()) == str(loading.Report(created=1))
    return Workshop.objects.get()


def test_the_workshop_presents_the_dutch_and_the_finnish_visit(workshop):
    assert {visit.slug for visit in workshop.visits.all()} == {"nl-2017", "fi-2017"}
    assert str(workshop.held_on) == "2017-08-22"
    assert (workshop.place_cs, workshop.place_en) == ("Praha", "Prague")
    assert workshop.source.startswith("https://www.mpsv.cz/")


def test_loading_again_changes_nothing(workshop):
    assert loading.load() == loading.Report(unchanged=1)


def test_what_was_changed_here_stays(workshop):
    words.change(workshop, {"title_cs": "Jinak", "visit_slugs": ["fi-2017"]}, by=UserFactory())
    loading.load()
    workshop.refresh_from_db()
    assert workshop.title_cs == "Jinak"
    assert [visit.slug for visit in workshop.visits.all()] == ["fi-2017"]
