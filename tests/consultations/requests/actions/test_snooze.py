"""Putting a request aside: when it may be, what brings it back, and that the clock goes on."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from accounts.models import User
from consultations.choices import HomeLoss
from consultations.intake.actions.requester import reply
from consultations.models import BulkAction, SupportRequest
from consultations.requests.actions import desk, snooze
from consultations.requests.actions.snooze import reasons_against_snoozing, reasons_against_unsnoozing
from core import audit
from core.states import Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TODAY, FRIDAY, DUE = date(2026, 11, 23), date(2026, 11, 27), date(2026, 12, 7)


@pytest.fixture(autouse=True)
def _on_a_monday() -> Iterator[None]:
    with time_machine.travel("2026-11-23 09:00+01:00", tick=False):
        yield


@pytest.fixture
def me() -> User:
    return UserFactory()


def aside(me: User, **more: Any) -> SupportRequest:
    request = SupportRequestFactory(open=True, assignee=me, due_on=DUE, **more)
    snooze.snooze(request, until=FRIDAY, reason="Čeká na komisi.", by=me)
    return SupportRequest.objects.get(pk=request.pk)


def test_it_is_put_aside_and_the_clock_goes_on(me: User) -> None:
    request = aside(me)
    assert (request.is_snoozed, request.snoozed_until, request.snooze_reason) == (
        True,
        FRIDAY,
        "Čeká na komisi.",
    )
    assert (request.due_on, request.snoozed_by) == (DUE, me)
    assert request.waiting_since is not None
    [entry] = audit.entries_of(request)
    assert (entry.verb, entry.details) == ("request.snooze", {"until": "2026-11-27"})


def test_it_is_taken_up_again(me: User) -> None:
    request = aside(me)
    assert reasons_against_unsnoozing(request, by=me) == []
    snooze.unsnooze(request, by=me)
    assert not request.is_snoozed
    assert reasons_against_unsnoozing(request, by=me) == ["The request is not put aside."]


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (date(2026, 11, 20), "Choose a day that is still to come."),
        (TODAY, "Choose a day that is still to come."),
        (date(2026, 12, 8), "The answer is due on 7\u00a0December 2026."),
    ],
)  # fmt: skip
def test_a_day_that_makes_no_sense_is_questioned(me: User, until: date, sentence: str) -> None:
    request = SupportRequestFactory(open=True, assignee=me, due_on=DUE)
    with pytest.raises(Refused) as refused:
        snooze.snooze(request, until=until, reason="Čeká.", by=me)
    assert [reason.replace("\u00a0", " ")[: len(sentence)] for reason in refused.value.reasons] == [
        sentence.replace("\u00a0", " ")
    ]


def test_while_we_wait_for_them_any_day_will_do(me: User) -> None:
    request = SupportRequestFactory(open=True, assignee=me)
    desk.ask_back(request, text="Kde bydlíte?", by=me)
    snooze.snooze(request, until=date(2027, 1, 4), reason="Čekám do ledna.", by=me)
    assert request.is_snoozed


def test_without_a_reason_it_is_not_put_aside(me: User) -> None:
    request = SupportRequestFactory(open=True, assignee=me, due_on=DUE)
    with pytest.raises(Refused, match="Write why"):
        snooze.snooze(request, until=FRIDAY, reason=" ", by=me)


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({}, "Nobody has taken"),
        ({"answered": True}, "not being worked on"),
        ({"open": True, "home_loss": HomeLoss.DAYS}, "home is at risk"),
        ({"open": True, "due_on": date(2026, 11, 20)}, "overdue"),
    ],
)
def test_what_may_not_leave_the_day(me: User, row: dict[str, Any], word: str) -> None:
    request = SupportRequest.objects.get(pk=SupportRequestFactory(**{"due_on": DUE, **row}).pk)
    assert word in " ".join(reasons_against_snoozing(request, by=me))


def test_words_of_the_requester_bring_it_back_for_good(me: User) -> None:
    request = aside(me)
    reply(request, text="Spěchá to.", by=None)
    request.refresh_from_db()
    assert (request.snoozed_until, request.snooze_reason, request.snoozed_by) == (None, "", None)


@pytest.mark.parametrize("change", [{"home_loss": HomeLoss.DAYS}, {"due_on": date(2026, 11, 20)}])
def test_a_home_at_risk_and_a_late_answer_bring_it_back_at_once(me: User, change: dict[str, Any]) -> None:
    request = aside(me)
    SupportRequest.objects.filter(pk=request.pk).update(**change)
    assert not SupportRequest.objects.get(pk=request.pk).is_snoozed


@pytest.mark.parametrize("end", ["answer", "spam"])
def test_what_is_over_is_not_put_aside_any_more(me: User, end: str) -> None:
    request = aside(me)
    if end == "answer":
        desk.answer(request, text="Dobrý den", by=me)
    else:
        desk.mark_spam(request, by=me)
    assert SupportRequest.objects.get(pk=request.pk).snoozed_until is None


def test_the_reason_is_kept_nowhere_else(me: User) -> None:
    request = aside(me)
    assert "komisi" not in repr(list(audit.entries_of(request).values()))
    assert not BulkAction.objects.exists()
