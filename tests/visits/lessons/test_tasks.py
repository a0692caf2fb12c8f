"""Municipalities are asked after three and twelve months, once for all lessons of a report."""

from datetime import date

import pytest
import time_machine

from core.notices.models import Notice
from tests.factories.lessons import ProposalFactory
from visits.choices import LessonAnswer
from visits.lessons import emails, queries, tasks
from visits.lessons.actions import outcomes, proposals
from visits.models import Outcome, Proposal
from visits.models.followup import day_to_answer, months_after

pytestmark = pytest.mark.django_db


def asked_on(day):
    with time_machine.travel(day):
        tasks.ask_what_came.func()


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2026, 2, 28), 12, date(2027, 2, 28)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
    ],
)
def test_a_day_some_months_later(day, months, then):
    assert months_after(day, months) == then


@pytest.fixture
def proposed(edition, lessons, place, official, staff):
    with time_machine.travel("2026-01-10"):
        return proposals.propose(
            edition, lessons=lessons, municipalities=[place], answer_by=day_to_answer(), by=staff
        )


def test_who_never_answered_is_asked_all_the_same(proposed, official):
    asked_on("2026-04-09 12:00")
    assert not Outcome.objects.exists()
    asked_on("2026-04-10 12:00")
    assert [row.months for row in Outcome.objects.all()] == [3, 3]
    assert {row.next_step_on for row in Proposal.objects.all()} == {date(2027, 1, 10)}
    asked_on("2026-04-11 12:00")
    asked_on("2027-01-10 12:00")
    assert sorted(Outcome.objects.values_list("months", flat=True)) == [3, 3, 12, 12]
    assert set(Proposal.objects.values_list("next_step_on", flat=True)) == {None}


def test_officials_are_told_once_for_all_lessons(proposed, official):
    asked_on("2026-04-10 12:00")
    notice = Notice.objects.get(kind=emails.ASKED)
    assert notice.receiver == official
    assert notice.mail is not None
    assert "Před 3 měsíci jsme vám psali" in notice.mail.text


def test_it_is_counted_from_the_answer_and_what_does_not_suit_is_not_asked(proposed, official):
    first, second = proposed
    with time_machine.travel("2026-02-20"):
        proposals.answer(first, state=LessonAnswer.ADOPTED, version=1, by=official)
        proposals.answer(second, state=LessonAnswer.NOT_SUITABLE, reason="Ne.", version=1, by=official)
    asked_on("2026-04-10 12:00")
    assert not Outcome.objects.exists()
    asked_on("2026-05-20 12:00")
    assert [row.proposal_id for row in Outcome.objects.all()] == [first.pk]


def test_the_notice_is_read_once_it_is_said(proposed, official):
    asked_on("2026-04-10 12:00")
    for outcome in Outcome.objects.select_related("proposal__lesson"):
        assert Notice.objects.filter(kind=emails.ASKED).unread().exists()
        outcomes.tell_what_came(outcome, text="Zatím nic.", seen="", by=official)
    assert not Notice.objects.filter(kind=emails.ASKED).unread().exists()


def test_nobody_is_asked_of_a_report_that_was_withdrawn(proposed, edition):
    type(edition).objects.update(state="withdrawn")
    asked_on("2026-04-10 12:00")
    assert not Outcome.objects.exists()
    assert tasks.ask_what_came.next_at() is None


def test_the_task_waits_for_the_next_day(proposed):
    with time_machine.travel("2026-02-01"):
        assert tasks.ask_what_came.next_at().date() == date(2026, 4, 10)


def test_each_municipality_is_asked_for_itself(edition, lessons):
    with time_machine.travel("2026-01-10"):
        for _number in range(2):
            ProposalFactory(lesson=lessons[0], next_step_on=date(2026, 4, 10))
    asked_on("2026-04-10 12:00")
    assert Outcome.objects.count() == 2


def test_where_nobody_has_an_account_the_desk_asks_by_phone(proposed, official, place, staff):
    type(official).objects.filter(pk=official.pk).update(is_active=False)
    asked_on("2026-04-10 12:00")
    assert not Notice.objects.filter(kind=emails.ASKED).exists()
    _title, url, waiting = queries.by_phone(staff)
    assert url.endswith("?waiting=phone")
    assert {row.proposal.municipality for row in waiting} == {place}
    for outcome in waiting:
        outcomes.tell_what_came(outcome, text="Zatím nic, řekl starosta po telefonu.", seen="", by=staff)
    assert not queries.by_phone(staff)[2].exists()
