"""Working days in Czech time: holidays, changes of time, homes at risk, waiting for the requester."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils.translation import override

from consultations.choices import RequesterKind
from consultations.intake.actions.requester import Intake, receive, reply
from consultations.models import SupportRequest
from consultations.requests.actions import desk, details
from consultations.requests.clock import due_for, due_on, promise, rule, working_days_ago
from core.schedule import add_working_days, is_working_day
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory, TopicFactory


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 16), True),
        (date(2026, 11, 17), False),
        (date(2026, 11, 21), False),
        (date(2026, 12, 24), False),
        (date(2026, 4, 3), False),
        (date(2026, 4, 6), False),
        (date(2026, 4, 7), True),
    ],
    ids=[
        "Monday",
        "17 November",
        "Saturday",
        "Christmas Eve",
        "Good Friday",
        "Easter Monday",
        "after Easter",
    ],
)
def test_offices_work_on_weekdays_that_are_no_holidays(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2026, 11, 23), 10, date(2026, 12, 7)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 12, 18), 10, date(2027, 1, 6)),
        (date(2027, 3, 25), 1, date(2027, 3, 30)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2027, 3, 30), -1, date(2027, 3, 25)),
        (date(2026, 12, 27), -2, date(2026, 12, 22)),
    ],
    ids=["two weeks", "Saturday", "New Year", "Easter", "leap day", "none", "back over Easter", "Christmas"],
)
def test_working_days_are_counted_from_the_day_after(day, count, due):
    assert add_working_days(day, count) == due


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# When the clock started (UTC), and by when an answer is due.
TEN_DAYS = {
    "a plain fortnight": ("2026-11-23T10:00", date(2026, 12, 7)),
    "over 28 September": ("2026-09-25T10:00", date(2026, 10, 12)),
    "over 28 October": ("2026-10-23T10:00", date(2026, 11, 9)),
    "over 17 November": ("2026-11-13T10:00", date(2026, 11, 30)),
    "over Christmas and New Year": ("2026-12-18T10:00", date(2027, 1, 6)),
    "on Christmas Eve": ("2026-12-24T10:00", date(2027, 1, 11)),
    "on New Year's Eve": ("2026-12-31T10:00", date(2027, 1, 15)),
    "over Easter": ("2027-03-22T10:00", date(2027, 4, 7)),
    "on Good Friday": ("2027-03-26T10:00", date(2027, 4, 12)),
    "over the leap day": ("2028-02-25T10:00", date(2028, 3, 10)),
    "on the leap day": ("2028-02-29T10:00", date(2028, 3, 14)),
    # In winter Prague is an hour ahead, in summer two.
    "late on a winter Sunday": ("2026-11-22T22:30", date(2026, 12, 4)),
    "past midnight in winter": ("2026-11-22T23:30", date(2026, 12, 7)),
    "late on a summer Thursday": ("2026-09-24T21:30", date(2026, 10, 9)),
    "past midnight in summer": ("2026-09-24T22:30", date(2026, 10, 12)),
    # On 25 October 2026 the hour from two to three comes twice, and the day has 25.
    "before the day of 25 hours": ("2026-10-24T21:59", date(2026, 11, 9)),
    "half past two": ("2026-10-25T00:30", date(2026, 11, 9)),
    "half past two again": ("2026-10-25T01:30", date(2026, 11, 9)),
    "in the 25th hour": ("2026-10-25T22:30", date(2026, 11, 9)),
    "after the day of 25 hours": ("2026-10-25T23:00", date(2026, 11, 10)),
    # On 28 March 2027, Easter Sunday, the hour from two to three is left out.
    "before the hour left out": ("2027-03-28T00:59", date(2027, 4, 12)),
    "after the hour left out": ("2027-03-28T01:00", date(2027, 4, 12)),
    "midnight after 23 hours": ("2027-03-28T22:00", date(2027, 4, 12)),
    "the Tuesday after": ("2027-03-29T22:00", date(2027, 4, 13)),
}


@pytest.mark.parametrize(("started_at", "due"), TEN_DAYS.values(), ids=TEN_DAYS)
def test_an_answer_is_due_in_ten_working_days(started_at, due):
    assert due_on(utc(started_at)) == due


# When the clock started, the topic's own days, by when the home is at risk, by when an answer is due.
SHORTER = {
    "a topic of five days": ("2026-11-23T10:00", 5, None, date(2026, 11, 30)),
    "a topic of one day before Christmas": ("2026-12-23T10:00", 1, None, date(2026, 12, 28)),
    "a topic of one day before Easter": ("2027-03-25T10:00", 1, None, date(2027, 3, 30)),
    "at risk in half a year": ("2026-11-23T10:00", None, date(2027, 6, 30), date(2026, 11, 26)),
    "at risk, over 28 September": ("2026-09-25T10:00", None, date(2027, 1, 1), date(2026, 10, 1)),
    "at risk, with a quicker topic": ("2026-11-23T10:00", 2, date(2027, 6, 30), date(2026, 11, 25)),
    "at risk, with a slower topic": ("2026-11-23T10:00", 5, date(2027, 6, 30), date(2026, 11, 26)),
    "at risk on the fourth day": ("2026-11-23T10:00", None, date(2026, 11, 27), date(2026, 11, 26)),
    "at risk on the third day": ("2026-11-23T10:00", None, date(2026, 11, 26), date(2026, 11, 25)),
    "at risk on Monday": ("2026-11-26T10:00", None, date(2026, 11, 30), date(2026, 11, 27)),
    "at risk after Christmas": ("2026-12-22T10:00", None, date(2026, 12, 28), date(2026, 12, 23)),
    "at risk after Easter": ("2027-03-25T10:00", None, date(2027, 3, 31), date(2027, 3, 30)),
    "at risk tomorrow": ("2026-11-23T10:00", None, date(2026, 11, 24), date(2026, 11, 24)),
    "at risk today": ("2026-11-23T10:00", None, date(2026, 11, 23), date(2026, 11, 24)),
    "at risk on Sunday, asked on Friday": ("2026-11-27T10:00", None, date(2026, 11, 29), date(2026, 11, 30)),
    "the home was lost before": ("2026-11-23T10:00", None, date(2026, 1, 1), date(2026, 11, 24)),
    "the first day of all": ("2026-11-23T10:00", None, date.min, date(2026, 11, 24)),
    "the last day of all": ("2026-11-23T10:00", None, date.max, date(2026, 11, 26)),
}


@pytest.mark.parametrize(("started_at", "days", "risk", "due"), SHORTER.values(), ids=SHORTER)
def test_a_topic_or_a_home_at_risk_makes_it_shorter(started_at, days, risk, due):
    assert due_on(utc(started_at), topic_days=days, home_at_risk_by=risk) == due


# What they said, the day, and by when an answer is due, asked on Monday 23 November 2026.
SAID = {
    "within days": ("days", None, None, date(2026, 11, 26)),
    "this month": ("month", None, None, date(2026, 11, 26)),
    "later": ("later", None, None, date(2026, 11, 26)),
    "nobody knows when": ("unknown", None, None, date(2026, 11, 26)),
    "within days, on a day": ("days", date(2026, 11, 26), None, date(2026, 11, 25)),
    "without a home": ("lost", None, None, date(2026, 11, 24)),
    "without a home, whatever the day": ("lost", date(2027, 6, 30), None, date(2026, 11, 24)),
    "a quicker topic": ("later", None, 2, date(2026, 11, 25)),
}


@pytest.mark.parametrize(("home_loss", "risk", "days", "due"), SAID.values(), ids=SAID)
def test_whoever_loses_a_home_is_answered_in_three_days_or_sooner(home_loss, risk, days, due):
    started = utc("2026-11-23T10:00")
    assert due_on(started, topic_days=days, home_loss=home_loss, home_at_risk_by=risk) == due


def test_without_a_home_before_a_holiday_is_answered_after_it():
    assert due_on(utc("2026-12-23T10:00"), home_loss="lost") == date(2026, 12, 28)


def test_a_home_of_which_it_is_known_what_became_hurries_nobody(db):
    over = {
        "home_outcome": "kept",
        "home_outcome_at": utc("2026-11-01T10:00"),
        "home_outcome_by": UserFactory(),
    }
    request = SupportRequestFactory(topic=None, home_loss="lost", **over)
    assert due_for(request, utc("2026-11-23T10:00")) == date(2026, 12, 7)
    assert due_for(request, utc("2026-11-23T10:00"), home_outcome="") == date(2026, 11, 24)


def test_the_promise_names_the_day_of_the_week():
    request = SupportRequest(due_on=date(2026, 12, 3))
    with override("cs"):
        assert promise(request) == "Ozveme se vám nejpozději ve čtvrtek 3.\u00a0prosince\u00a02026."
        assert "do 3 pracovních dnů" in rule()
    with override("en"):
        assert promise(request) == "You will hear from us by Thursday 3\u00a0December\u00a02026."
    assert promise(SupportRequest()) == ""


@time_machine.travel("2027-03-30 00:30+02:00")
def test_so_many_working_days_ago_began_at_midnight():
    assert working_days_ago(2) == datetime.fromisoformat("2027-03-24T00:00+01:00")


# On a request


def test_a_request_has_the_days_of_its_topic(db):
    request = SupportRequestFactory(topic=TopicFactory(answer_days=5))
    assert due_for(request, utc("2026-11-23T10:00")) == date(2026, 11, 30)


def test_a_request_without_a_topic_has_ten_days(db):
    assert due_for(SupportRequestFactory(topic=None), utc("2026-11-23T10:00")) == date(2026, 12, 7)


@time_machine.travel("2026-11-23 09:00+01:00", tick=False)
def test_a_new_request_gets_its_day_at_once(db):
    intake = Intake(
        requester_kind=RequesterKind.PERSON, subject="Dluh", text="Prosím.", home_at_risk_by=date(2027, 1, 5)
    )  # fmt: skip
    assert receive(intake, by=None).due_on == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("asked", "replied", "due"),
    [
        ("2026-11-24 10:00+01:00", "2026-11-25 09:00+01:00", date(2026, 12, 9)),
        ("2026-11-24 10:00+01:00", "2026-12-23 21:00+01:00", date(2027, 1, 11)),
        ("2026-11-24 10:00+01:00", "2026-12-24 00:10+01:00", date(2027, 1, 11)),
        ("2027-03-20 10:00+01:00", "2027-03-28 03:00+02:00", date(2027, 4, 12)),
        ("2026-10-01 10:00+02:00", "2026-10-25 23:30+01:00", date(2026, 11, 9)),
        ("2028-01-05 10:00+01:00", "2028-02-28 10:00+01:00", date(2028, 3, 13)),
    ],
    ids=["a day", "to Christmas", "into Christmas Eve", "to Easter", "over the change of time", "leap day"],
)
def test_the_clock_stops_while_we_wait_for_the_requester(db, asked, replied, due):
    request, consultant = SupportRequestFactory(open=True), UserFactory()
    with time_machine.travel(asked, tick=False):
        desk.ask_back(request, text="Kde bydlíte?", by=consultant)
        assert (request.due_on, request.waiting_since) == (None, None)
    with time_machine.travel(replied, tick=False):
        reply(request, text="V Brně.", by=None)
    request = SupportRequest.objects.get(pk=request.pk)
    assert (request.due_on, request.waiting_since) == (due, datetime.fromisoformat(replied))


@time_machine.travel("2026-12-07 10:00+01:00", tick=False)
def test_a_reply_by_phone_starts_the_clock_when_it_was_said(db):
    request = SupportRequestFactory(state="waiting_requester", waiting_since=None, due_on=None)
    said = datetime.fromisoformat("2026-12-03T10:00+01:00")
    desk.log_contact(
        request, direction="inbound", channel="phone_in", text="V Brně.", took_place_at=said, by=UserFactory()
    )
    assert (request.waiting_since, request.due_on) == (said, date(2026, 12, 17))


def test_the_clock_does_not_stop_while_we_wait_for_an_expert(db):
    request, consultant = SupportRequestFactory(open=True, due_on=date(2026, 12, 7)), UserFactory()
    since = request.waiting_since
    desk.wait_for_expert(request, by=consultant)
    assert (request.due_on, request.waiting_since) == (date(2026, 12, 7), since)
    desk.go_on(request, by=consultant)
    assert (request.due_on, request.waiting_since) == (date(2026, 12, 7), since)


@time_machine.travel("2026-11-23 09:00+01:00", tick=False)
def test_going_on_without_a_reply_and_reopening_start_it_anew(db):
    consultant = UserFactory()
    for state, verb in (("waiting_requester", desk.go_on), ("answered", desk.reopen)):
        request = SupportRequestFactory(
            state=state, waiting_since=None, due_on=None, topic=TopicFactory(answer_days=5)
        )
        verb(request, by=consultant)
        assert request.due_on == date(2026, 11, 30)


# What is put right while the clock runs


def put_right(request: SupportRequest, **changes: object) -> None:
    details.edit_details(request, details=changes, by=UserFactory())
    request.refresh_from_db()


@pytest.fixture
def running(db):
    started = utc("2026-11-23T10:00")
    return SupportRequestFactory(open=True, waiting_since=started, due_on=date(2026, 12, 7))


def test_another_topic_counts_from_the_beginning(running):
    put_right(running, topic=TopicFactory(answer_days=5))
    assert (running.due_on, running.waiting_since) == (date(2026, 11, 30), utc("2026-11-23T10:00"))
    put_right(running, topic=None)
    assert running.due_on == date(2026, 12, 7)


def test_a_home_at_risk_counts_from_the_beginning(running):
    put_right(running, home_at_risk_by=date(2027, 2, 1))
    assert running.due_on == date(2026, 11, 26)
    put_right(running, home_at_risk_by=None)
    assert running.due_on == date(2026, 12, 7)


def test_a_home_that_was_lost_counts_too_and_is_asked_about_anew(running):
    over = {
        "home_outcome": "kept",
        "home_outcome_at": utc("2026-11-01T10:00"),
        "home_outcome_by": UserFactory(),
    }
    SupportRequest.objects.filter(pk=running.pk).update(home_loss="later", **over)
    running.refresh_from_db()
    put_right(running, subject="Jinak")
    assert running.home_outcome == "kept"
    put_right(running, home_loss="lost")
    assert (running.due_on, running.home_outcome) == (date(2026, 11, 24), "")
    assert (running.home_outcome_at, running.home_outcome_by) == (None, None)
    assert running.is_home_at_risk


def test_other_details_leave_the_day_that_was_promised(running):
    SupportRequest.objects.filter(pk=running.pk).update(due_on=date(2026, 12, 3))
    running.refresh_from_db()
    put_right(running, subject="Jinak")
    assert running.due_on == date(2026, 12, 3)


@pytest.mark.parametrize("state", ["waiting_requester", "answered", "closed"])
def test_a_clock_that_stands_is_not_started_by_details(db, state):
    request = SupportRequestFactory(state=state, waiting_since=None, due_on=None)
    put_right(request, home_at_risk_by=date(2027, 2, 1))
    assert (request.due_on, request.waiting_since) == (None, None)
