"""What became of a home at risk is written once the day has passed, in whatever state the request is."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from consultations.models import SupportRequest
from consultations.requests.actions.home import reasons_against_outcome, write_outcome
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

FRIDAY = date(2026, 12, 4)


@pytest.fixture
def consultant() -> User:
    return UserFactory()


def at_risk(**fields: Any) -> SupportRequest:
    return SupportRequestFactory(**{"home_loss": "days", "home_at_risk_by": FRIDAY, **fields})


@pytest.mark.parametrize("state", ["new", "open", "waiting_requester", "answered", "closed", "withdrawn"])
def test_it_is_written_once_the_day_has_passed(consultant: User, state: str) -> None:
    request = at_risk(state=state)
    with time_machine.travel("2026-12-05 00:01+01:00", tick=False):
        write_outcome(request, outcome="kept", by=consultant)
        now = timezone.now()
    request.refresh_from_db()
    assert (request.state, request.home_outcome, request.home_outcome_by) == (state, "kept", consultant)
    assert (request.home_outcome_at, request.is_home_at_risk, request.home_risk_order) == (now, False, None)
    assert written(request) == [("request.write_outcome", consultant.pk, {"outcome": "kept"})]


@pytest.mark.parametrize("moment", ["2026-12-03 10:00+01:00", "2026-12-04 23:30+01:00"])
def test_before_the_day_has_passed_it_is_refused(consultant: User, moment: str) -> None:
    with time_machine.travel(moment, tick=False):
        [reason] = refusal(write_outcome, at_risk(), outcome="kept", by=consultant)
    assert reason.startswith("The day, 4\u00a0December\u00a02026, is still to come. If it no longer holds,")


@pytest.mark.parametrize("home_loss", ["lost", "days", "month", "later", "unknown"])
def test_without_a_day_it_may_be_written_at_any_time(consultant: User, home_loss: str) -> None:
    assert reasons_against_outcome(at_risk(home_loss=home_loss, home_at_risk_by=None), by=consultant) == []


def test_it_can_be_put_right_later(consultant: User) -> None:
    request, other = at_risk(home_at_risk_by=None), UserFactory()
    write_outcome(request, outcome="unknown", by=consultant)
    write_outcome(request, outcome="found", by=other)
    request.refresh_from_db()
    assert (request.home_outcome, request.home_outcome_by) == ("found", other)


def test_where_no_home_is_at_risk_there_is_nothing_to_write(consultant: User) -> None:
    assert refusal(write_outcome, SupportRequestFactory(), outcome="kept", by=consultant) == [
        "Nobody has said here that somebody loses a home."
    ]


def test_of_what_is_no_request_of_its_own_nobody_asks(consultant: User) -> None:
    [reason] = refusal(write_outcome, at_risk(state="spam"), outcome="kept", by=consultant)
    assert reason == "The request is “spam”, so nobody asks what became of the home."


def test_whoever_only_reads_does_not_write_it() -> None:
    assert refusal(
        write_outcome, at_risk(home_at_risk_by=None), outcome="kept", by=UserFactory(role="editor")
    )
