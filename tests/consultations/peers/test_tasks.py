"""What happens to a question to a municipality as days go by: one reminder, then its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import time_machine

from consultations.choices import Direction, PeerState, State
from consultations.models import PeerQuestion, SupportRequest
from consultations.peers import actions, tasks
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.verbs import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

FIRST = date(2026, 11, 23)
# The answer is asked for by Monday 7 December.
REMINDER, LAST = date(2026, 12, 2), date(2026, 12, 21)


@contextmanager
def on(day: date) -> Iterator[None]:
    with time_machine.travel(f"{day}T12:00Z", tick=False):
        yield


@pytest.fixture
def question() -> PeerQuestion:
    """A question to the officials of Štětí."""
    with on(FIRST):
        place = MembershipFactory(municipality=MunicipalityFactory(name="Štětí")).municipality
        case = SupportRequestFactory(open=True)
        words = {"question": "Jak na to?", "due_on": date(2026, 12, 7)}
        return actions.ask(case, municipality=place, **words, by=case.assignee)


def kinds() -> list[str]:
    names = OutgoingMail.objects.order_by("pk").values_list("kind", flat=True)
    return [name.removeprefix("consultations/peer_") for name in names]


def anew() -> PeerQuestion:
    return PeerQuestion.objects.select_related("request__assignee", "told_as").get()


def run(*days: date) -> None:
    for day in days:
        with on(day):
            tasks.look_after_peers.func()


@pytest.mark.parametrize(
    ("after", "step"),
    [
        (FIRST, REMINDER),
        (REMINDER, LAST + timedelta(days=1)),
        (LAST + timedelta(days=9), LAST + timedelta(days=1)),
    ],
)
def test_the_days_of_the_steps(after, step):
    assert tasks.next_step_on(date(2026, 12, 7), after=after) == step


def test_one_reminder_then_the_end(question):
    run(REMINDER - timedelta(days=1))
    assert kinds() == ["question"]
    run(REMINDER, REMINDER, LAST)
    assert kinds() == ["question", "reminder"]
    assert OutgoingMail.objects.latest("pk").to == question.municipality.memberships.get().user.email
    assert anew().next_step_on == LAST + timedelta(days=1)
    with on(LAST + timedelta(days=1)):
        assert (anew().state, anew().shown_state) == (PeerState.ASKED, PeerState.EXPIRED)
    run(LAST + timedelta(days=1), LAST + timedelta(days=2))
    row = anew()
    assert (row.state, row.next_step_on, row.told_as.direction) == (PeerState.EXPIRED, None, Direction.NOTE)
    assert kinds() == ["question", "reminder", "settled"]
    assert OutgoingMail.objects.latest("pk").to == row.request.assignee.email
    told = {"request": row.request_id}
    assert written(row)[1:] == [("peer.remind", None, told), ("peer.expire", None, told)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("cs", "Štětí (Přerov, Olomoucký kraj) na naši otázku včas neodpověděla."),
        ("en", "Štětí (Přerov, Olomouc Region) has not answered our question in time."),
    ],
)
def test_whoever_has_the_request_reads_of_the_end_in_their_language(question, language, words):
    SupportRequest.objects.update(assignee=UserFactory(language=language))
    run(LAST + timedelta(days=1))
    assert anew().told_as.text == words


def test_of_a_closed_request_nobody_is_reminded_and_it_stays_closed(question):
    SupportRequest.objects.update(state=State.CLOSED)
    version = SupportRequest.objects.get().version
    run(REMINDER)
    assert (anew().reminded_at, kinds()) == (None, ["question"])
    run(LAST + timedelta(days=1))
    case = SupportRequest.objects.get()
    assert (anew().state, case.state, case.version) == (PeerState.EXPIRED, State.CLOSED, version)


def test_whoever_is_writing_on_the_request_is_shown_first_what_has_come(question):
    version = SupportRequest.objects.get().version
    run(LAST + timedelta(days=1))
    assert SupportRequest.objects.get().version == version + 1


@pytest.mark.parametrize("how", ["answered", "taken back"])
def test_what_is_settled_takes_no_step(question, how):
    with on(FIRST):
        if how == "answered":
            by = question.municipality.memberships.get().user
            actions.answer(question, text="Ano.", version=1, by=by)
        else:
            actions.revoke(question, version=1, by=question.asked_by)
    before = kinds()
    run(REMINDER, LAST + timedelta(days=1))
    assert (kinds(), anew().reminded_at) == (before, None)
