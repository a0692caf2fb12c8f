"""What a municipality said of lessons stands on its timeline, for any reader."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.lessons import OutcomeFactory, ProposalFactory, WordingFactory
from visits.choices import LessonAnswer
from visits.lessons import timeline

pytestmark = pytest.mark.django_db


def soon():
    return timezone.now() + timedelta(minutes=1)


@pytest.fixture
def row(lessons, place):
    state, reason = LessonAnswer.NOT_SUITABLE, "Nemáme byty."
    return ProposalFactory(lesson=lessons[0], municipality=place, answered=True, state=state, reason=reason)


def test_an_answer_and_what_came_of_it_stand_there(row, place, official, lessons):
    yes = ProposalFactory(lesson=lessons[1], municipality=place, answered=True, state=LessonAnswer.ADOPTED)
    OutcomeFactory(proposal=yes, text="Pět bytů.", answered_at=timezone.now(), answered_by=official)
    entries = timeline.entries(place, None, soon(), 10)
    assert [(one.title, one.text) for one in entries] == [
        ("Co vzešlo z poučení: Málo papírů", "Pět bytů."),
        ("Poučení z cesty – převzali jsme: Málo papírů", ""),
        ("Poučení z cesty – pro nás nevhodné: Byt nejdřív", "Nemáme byty."),
    ]
    assert {one.url for one in entries} == {row.lesson.report.visit.get_absolute_url()}


def test_what_waits_or_came_later_does_not(row, place, lessons):
    ProposalFactory(lesson=lessons[1], municipality=place)
    assert len(timeline.entries(place, None, soon(), 10)) == 1
    assert timeline.entries(place, None, row.answered_at, 10) == []


def test_nothing_of_a_withdrawn_report_stands_there(row, place, edition):
    type(edition).objects.update(state="withdrawn")
    assert timeline.entries(place, None, soon(), 10) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_one_and_for_many(row, place, lessons, rows, django_assert_num_queries):
    for _number in range(rows - 1):
        ProposalFactory(
            lesson=WordingFactory().lesson, municipality=place, answered=True, state=LessonAnswer.PLANNED
        )
    with django_assert_num_queries(3):
        assert len(timeline.entries(place, None, soon(), 10)) == rows
