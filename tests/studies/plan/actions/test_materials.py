"""Tests of writing a material down: what is refused, what is kept, what the public then finds."""

from datetime import date

import pytest
from django.utils import translation

from accounts.permissions import Role
from core import search
from core.audit.words import history
from core.states import Conflict, Refused
from studies.choices import PlanState
from studies.models import Material
from studies.plan import loading
from studies.plan.actions import materials
from tests.factories.accounts import UserFactory
from tests.factories.studies import AudienceFactory, MaterialFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def editor():
    return UserFactory(role=Role.EDITOR)


def found(words):
    return [hit.object_id for hit in search.find(words, scope=search.PUBLIC).hits]


def test_a_material_is_added_beside_the_plan_and_found_once_it_is_out(editor):
    readers = AudienceFactory()
    row = materials.add(words={"title_cs": "Průvodce nájmem"}, sets={"audience": [readers]}, by=editor)
    assert (row.slug, row.place, row.state) == ("pruvodce-najmem", None, PlanState.ANNOUNCED)
    assert list(row.audience.all()) == [readers]
    assert found("průvodce") == []
    Material.objects.update(state=PlanState.PUBLISHED)
    row.refresh_from_db()
    materials.change(row, words={"title_en": "Guide"}, sets={}, version=1, by=editor)
    assert found("průvodce") == [row.pk]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({}, "Only a place of the plan may be without one"),
        ({"title_cs": "A", "topics_cs": ["a"], "topics_en": ["a", "b"]}, "as many topics as in Czech"),
        ({"title_cs": "A", "year": 2099}, "yet to come"),
        ({"title_cs": "A", "owner_id": 1, "deputy_id": 1}, "Nobody stands in for themselves"),
        ({"title_cs": "A", "place": 3}, "Another material has this place"),
        ({"place": 4, "planned_on": date(2020, 1, 1), "planned_precision": "year"}, "write why"),
    ],
)
def test_what_is_wrong_is_refused_with_its_reason(editor, words, reason):
    MaterialFactory(place=3)
    with pytest.raises(Refused, match=reason):
        materials.add(words=words, sets={}, by=editor)


def test_a_late_place_of_the_plan_needs_its_reason_and_one_that_is_out_does_not(editor):
    late = MaterialFactory(unknown=True)
    with pytest.raises(Refused, match="It is late"):
        materials.change(late, words={"note_cs": "Hledáme ho."}, sets={}, version=1, by=editor)
    words = {"note_cs": "Hledáme ho.", "delay_reason_cs": "Projekt skončil."}
    assert materials.change(late, words=words, sets={}, version=1, by=editor)
    out = MaterialFactory(place=90, planned_on=date(2020, 1, 1), planned_precision="year")
    assert materials.change(out, words={"note_cs": "Vyšel."}, sets={}, version=1, by=editor)


def test_what_stood_before_is_put_back_also_where_no_delay_was_told(editor):
    late, readers = MaterialFactory(unknown=True), AudienceFactory()
    before = list(late.audience.all())
    words = {"delay_reason_cs": "Projekt skončil."}
    materials.change(late, words=words, sets={"audience": [readers]}, version=1, by=editor)
    [entry] = [one.entry for one in history(late)]
    materials.put_back(late, entry=entry, version=2, by=editor)
    assert (late.delay_reason_cs or "", list(late.audience.all())) == ("", before)


def test_of_two_people_the_second_is_told(editor):
    row = MaterialFactory()
    materials.change(Material.objects.get(), words={"note_cs": "A"}, sets={}, version=1, by=editor)
    with pytest.raises(Conflict):
        materials.change(row, words={"note_cs": "B"}, sets={}, version=1, by=editor)


def test_what_was_changed_here_is_left_alone_by_a_later_loading(editor):
    loading.load()
    row = Material.objects.get(slug="prehled-systemu-evropa")
    materials.change(row, words={"pages": 80}, sets={}, version=row.version, by=editor)
    assert loading.load().updated == 0
    row.refresh_from_db()
    assert row.pages == 80


def test_a_material_is_put_away_and_taken_up_and_a_place_of_the_plan_is_not(editor):
    row, place = MaterialFactory(), MaterialFactory(place=1)
    materials.find_anew(row)
    materials.put_away(row, version=1, by=editor)
    assert (row.is_in_use, found(row.title_cs)) == (False, [])
    materials.take_up(row, version=2, by=editor)
    assert (row.is_in_use, found(row.title_cs)) == (True, [row.pk])
    with pytest.raises(Refused, match="stays whole"):
        materials.put_away(place, version=1, by=editor)


def test_only_those_who_keep_the_plan_may(editor):
    row, other = MaterialFactory(), UserFactory(role=Role.ADMINISTRATOR)
    for deed in (
        lambda: materials.add(words={"title_cs": "A"}, sets={}, by=other),
        lambda: materials.change(row, words={}, sets={}, version=1, by=other),
        lambda: materials.put_away(row, version=1, by=other),
        lambda: materials.take_up(row, version=1, by=other),
    ):
        with pytest.raises(Refused, match="does not keep the expert materials"):
            deed()
