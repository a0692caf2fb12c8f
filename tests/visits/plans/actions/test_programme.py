"""Tests of the programme of a visit: its items are added, changed, put in order and taken off."""

from datetime import date, time

import pytest
from django.utils import translation

from accounts.permissions import Role
from core import search
from core.audit import entries_of
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.visits import ProgrammeItemFactory, StudyVisitFactory
from visits.models import ProgrammeItem, TravelQuestion
from visits.plans.actions import programme

pytestmark = pytest.mark.django_db
DAY = date(2027, 5, 3)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def editor():
    return UserFactory(role=Role.EDITOR)


@pytest.fixture
def visit():
    return StudyVisitFactory(starts_on=DAY, starts_precision="day", ends_on=date(2027, 5, 5))


def test_an_item_is_put_behind_the_others_and_found(editor, visit):
    ProgrammeItemFactory(visit=visit, position=1)

    item = programme.add(visit, words={"title_cs": "Noclehárna", "on": DAY}, version=1, by=editor)

    assert (item.position, visit.version) == (2, 2)
    assert [hit.object_id for hit in search.find("noclehárna", scope=search.PUBLIC).hits] == [visit.pk]
    [entry] = entries_of(visit)
    assert entry.details["new"] == {"title_cs": "Noclehárna", "on": "2027-05-03"}


def test_who_speaks_stays_out_of_the_history(editor, visit):
    item = programme.add(visit, words={"title_cs": "Radnice", "speaker": "Jana N."}, version=1, by=editor)
    programme.change(visit, item=item, words={"speaker": "Eva M."}, version=2, by=editor)
    assert not any("Jana" in str(entry.details) or "Eva" in str(entry.details) for entry in entries_of(visit))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"starts_at": time(10), "ends_at": time(9)}, "It ends before it begins"),
        ({"ends_at": time(9)}, "Write when it begins, too"),
        ({"on": date(2027, 5, 2)}, "This day is before the visit"),
        ({"on": date(2027, 5, 6)}, "This day is after the visit"),
    ],
)
def test_what_is_wrong_with_an_item_is_said(editor, visit, words, reason):
    with pytest.raises(Refused, match=reason):
        programme.add(visit, words={"title_cs": "Radnice", **words}, version=1, by=editor)


def test_a_day_fits_a_visit_of_which_only_the_year_is_known(editor):
    visit = StudyVisitFactory(starts_on=date(2027, 1, 1), starts_precision="year")
    programme.add(visit, words={"title_cs": "Radnice", "on": DAY}, version=1, by=editor)


def test_a_programme_has_an_end(editor, visit, monkeypatch):
    monkeypatch.setattr(programme, "MOST_ITEMS", 1)
    ProgrammeItemFactory(visit=visit)
    with pytest.raises(Refused, match="at most 1 items"):
        programme.add(visit, words={"title_cs": "Radnice"}, version=1, by=editor)


def test_an_item_is_changed_and_what_stood_before_is_kept(editor, visit):
    item = ProgrammeItemFactory(visit=visit, title_cs="Radnice")
    programme.change(visit, item=item, words={"title_cs": "Knihovna"}, version=1, by=editor)
    [entry] = entries_of(visit)
    assert (entry.details["old"]["title_cs"], entry.details["new"]["title_cs"]) == ("Radnice", "Knihovna")
    programme.change(visit, item=item, words={"title_cs": "Knihovna"}, version=2, by=editor)
    assert entries_of(visit).count() == 1


def test_an_item_is_taken_off_and_its_questions_stay(editor, visit):
    item = ProgrammeItemFactory(visit=visit)
    question = TravelQuestion.objects.create(
        visit=visit, municipality=MunicipalityFactory(), item=item, text="Kolik?", asked_by=editor
    )

    programme.remove(visit, item=item, version=1, by=editor)

    question.refresh_from_db()
    assert (question.item, visit.programme.count()) == (None, 0)


def test_items_change_places(editor, visit):
    one, two = (ProgrammeItemFactory(visit=visit, position=1) for _number in range(2))
    programme.shift(visit, item=two, up=True, version=1, by=editor)
    assert list(visit.programme.all()) == [two, one]
    programme.shift(visit, item=two, up=True, version=2, by=editor)
    programme.shift(visit, item=two, up=False, version=2, by=editor)
    assert list(visit.programme.all()) == [one, two]


def test_nobody_changes_a_programme_that_they_have_not_seen(editor, visit):
    item = ProgrammeItemFactory(visit=visit)
    programme.add(visit, words={"title_cs": "Radnice"}, version=1, by=editor)
    for verb, words in (
        (programme.change, {"item": item, "words": {"title_cs": "Jiné"}}),
        (programme.remove, {"item": item}),
        (programme.shift, {"item": item, "up": True}),
    ):
        with pytest.raises(Conflict):
            verb(visit, **words, version=1, by=editor)
    assert ProgrammeItem.objects.count() == 2


def test_an_administrator_changes_no_programme(visit):
    by = UserFactory(role=Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="Your role does not run study visits"):
        programme.add(visit, words={"title_cs": "Radnice"}, version=1, by=by)
