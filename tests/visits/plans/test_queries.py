"""Tests of the reads of visits: what overlaps, what has no day, and the history in words."""

from datetime import date, time

import pytest
from django.utils import translation

from accounts.permissions import Role
from tests.factories.accounts import UserFactory
from tests.factories.visits import ProgrammeItemFactory, StudyVisitFactory
from visits.models import ProgrammeItem
from visits.plans import queries
from visits.plans.actions import plans, programme

DAY = date(2027, 5, 3)


def at(start, end=None, on=DAY):
    return ProgrammeItem(on=on, starts_at=time(start), ends_at=time(end) if end else None, title=f"{start}")


@pytest.mark.parametrize(
    ("items", "count"),
    [
        ([at(9, 10), at(10, 11)], 0),
        ([at(9, 11), at(10, 12)], 1),
        ([at(10, 12), at(9, 11)], 1),
        ([at(9, 12), at(10), at(11)], 2),
        ([at(9), at(9)], 1),
        ([at(9), at(10)], 0),
        ([at(9, 11), at(10, 12, on=date(2027, 5, 4))], 0),
        ([at(9, 11), ProgrammeItem(on=DAY), ProgrammeItem()], 0),
    ],
)
def test_items_of_one_day_whose_times_meet_overlap(items, count):
    assert len(queries.overlaps(items)) == count


def test_what_has_no_day_stands_last():
    open_item, late, early = ProgrammeItem(), at(9, on=date(2027, 5, 4)), at(10)
    assert queries.by_day([open_item, late, early]) == [
        (DAY, [early]),
        (date(2027, 5, 4), [late]),
        (None, [open_item]),
    ]


@pytest.mark.django_db
def test_the_history_tells_words_and_programme_in_one_line_of_time():
    editor, visit = UserFactory(role=Role.EDITOR, name="Eva Malá"), StudyVisitFactory()
    words = {"starts_on": date(2018, 1, 1), "starts_precision": "year"}
    plans.change(visit, words=words, sets={}, version=1, by=editor)
    item = ProgrammeItemFactory(visit=visit, starts_at=time(9))
    programme.change(visit, item=item, words={"on": DAY, "starts_at": time(10)}, version=2, by=editor)

    with translation.override("en"):
        newest, first = queries.history(visit)

    assert (newest.actor, newest.done, newest.can_be_put_back) == ("Eva Malá", "changed the programme", False)
    assert [(word["label"], word["old"], word["new"]) for word in newest.words] == [
        ("Day", "", "3\N{NO-BREAK SPACE}May\N{NO-BREAK SPACE}2027"),
        ("From", "9 a.m.", "10 a.m."),
    ]
    assert first.can_be_put_back
    told = {word["label"]: word["new"] for word in first.words}
    assert told["How much of the date is known"] == "the year"
