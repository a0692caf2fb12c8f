"""Merging: whatever is done and undone, each message is where one would look."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import User
from consultations.choices import State
from consultations.models import SupportRequest
from consultations.related.actions.merge import merge, undo_merge
from consultations.related.actions.persons import merge_persons
from consultations.related.turn import AT_HOME
from consultations.requests.actions.home import write_outcome
from consultations.requests.clock import due_on
from core.states import Conflict
from tests.consultations.related.desk import Desk, Steps
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.verbs import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def consultant() -> User:
    return UserFactory()


# What is done, step by step, and where every message is then.
CASES: dict[str, tuple[Steps, dict[str, str]]] = {
    "merged": ([("merge", "a", "b")], {"a": "", "b": "a1 b1"}),
    "a reply by the merged one's link reaches the survivor": (
        [("merge", "a", "b"), ("reply", "a", "a2")],
        {"a": "", "b": "a1 b1 a2"},
    ),
    "undone at once": ([("merge", "a", "b"), ("undo", "ab")], {"a": "a1", "b": "b1"}),
    "what came meanwhile goes where it was sent to": (
        [("merge", "a", "b"), ("reply", "a", "a2"), ("reply", "b", "b2"), ("undo", "ab")],
        {"a": "a1 a2", "b": "b1 b2"},
    ),
    "an answer to the survivor stays with it": (
        [("merge", "a", "b"), ("answer", "b", "x"), ("reply", "a", "a2"), ("undo", "ab")],
        {"a": "a1 a2", "b": "b1 x"},
    ),
    "two merges in a chain": (
        [("merge", "a", "b"), ("merge", "b", "c"), ("reply", "a", "a2"), ("reply", "b", "b2")],
        {"a": "", "b": "", "c": "a1 b1 c1 a2 b2"},
    ),
    "a chain undone from its end": (
        [
            ("merge", "a", "b"), ("merge", "b", "c"), ("reply", "a", "a2"), ("reply", "b", "b2"),
            ("undo", "bc"), ("undo", "ab"),
        ],
        {"a": "a1 a2", "b": "b1 b2", "c": "c1"},
    ),
    "a chain undone from its beginning": (
        [
            ("merge", "a", "b"), ("merge", "b", "c"), ("reply", "a", "a2"), ("reply", "b", "b2"),
            ("undo", "ab"), ("undo", "bc"),
        ],
        {"a": "a1 a2", "b": "b1 b2", "c": "c1"},
    ),
    "half a chain undone": (
        [("merge", "a", "b"), ("merge", "b", "c"), ("undo", "ab"), ("reply", "b", "b2")],
        {"a": "a1", "b": "", "c": "b1 c1 b2"},
    ),
    "two merged into one, the first undone": (
        [("merge", "a", "c"), ("merge", "b", "c"), ("undo", "ac")],
        {"a": "a1", "b": "", "c": "b1 c1"},
    ),
    "merged, undone, merged the other way": (
        [("merge", "a", "b"), ("reply", "a", "a2"), ("undo", "ab"), ("merge", "b", "a")],
        {"a": "a1 b1 a2", "b": ""},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_every_message_is_where_a_person_would_expect_it(consultant: User, case: str) -> None:
    steps, expected = CASES[case]
    at_desk = Desk(consultant)
    at_desk.follow(steps, expected)
    assert at_desk.where() == at_desk.in_time(expected)


def test_merging_is_for_one_person(consultant: User) -> None:
    one, other = SupportRequestFactory(), SupportRequestFactory()
    assert [reason.split(".")[0] for reason in refusal(merge, one, into=other, by=consultant)] == [
        "Nobody has said that the two come from one person"
    ]


def test_undoing_a_merge_of_two_persons_requests_makes_them_two_again(consultant: User) -> None:
    a, b = SupportRequestFactory(), SupportRequestFactory()
    theirs, ours = a.requester, b.requester
    done = merge(a, into=b, by=consultant, is_same_person=True)
    assert SupportRequest.objects.get(pk=a.pk).requester == ours
    undo_merge(done, by=consultant)
    assert [SupportRequest.objects.get(pk=row.pk).requester for row in (a, b)] == [theirs, ours]
    theirs.refresh_from_db()
    assert theirs.merged_into is None


def test_persons_who_were_one_before_stay_one_when_a_merge_is_undone(consultant: User) -> None:
    a, b = SupportRequestFactory(), SupportRequestFactory()
    merge_persons(a.requester, into=b.requester, by=consultant)
    done = merge(SupportRequest.objects.get(pk=a.pk), into=b, by=consultant)
    undo_merge(done, by=consultant)
    assert SupportRequest.objects.get(pk=a.pk).requester == b.requester


def test_of_two_merges_in_both_directions_one_wins(consultant: User) -> None:
    person = PersonFactory()
    a, b = SupportRequestFactory(requester=person), SupportRequestFactory(requester=person)
    again_a, again_b = SupportRequest.objects.get(pk=a.pk), SupportRequest.objects.get(pk=b.pk)
    merge(a, into=b, by=consultant)
    with pytest.raises(Conflict):
        merge(again_b, into=again_a, by=consultant)


def test_undoing_puts_back_who_waited(consultant: User) -> None:
    at_desk = Desk(consultant)
    at_desk.begin("a")
    at_desk.begin("b", closed=True)
    at_desk.merge("a", "b")
    assert at_desk.states() == {"a": State.DUPLICATE, "b": State.NEW}
    at_desk.undo("ab")
    assert at_desk.states() == {"a": State.NEW, "b": State.CLOSED}
    assert at_desk.get("b").waiting_since is None


# A home at risk


def home(request: SupportRequest) -> tuple[str, date | None, str]:
    return request.home_loss, request.home_at_risk_by, request.home_outcome


@pytest.fixture
def at_desk(consultant: User) -> Desk:
    return Desk(consultant)


def test_the_survivor_takes_a_home_at_risk_over_and_undoing_gives_it_back(at_desk: Desk) -> None:
    started = timezone.now()
    at_desk.begin("a", home_loss="lost", waiting_since=started)
    at_desk.begin("b", home_loss="later", home_at_risk_by=date(2027, 1, 5), waiting_since=started, topic=None)
    at_desk.merge("a", "b")
    assert home(at_desk.get("b")) == ("lost", date(2027, 1, 5), "")
    assert at_desk.get("b").due_on == due_on(started, home_loss="lost")
    assert [at_desk.get(name).is_home_at_risk for name in "ab"] == [False, True]
    at_desk.undo("ab")
    assert [home(at_desk.get(name)) for name in "ab"] == [("lost", None, ""), ("later", date(2027, 1, 5), "")]
    assert at_desk.get("b").due_on == date(2026, 12, 7)
    assert [at_desk.get(name).is_home_at_risk for name in "ab"] == [True, True]


def test_a_home_still_at_risk_counts_more_than_one_of_which_it_is_known_what_became(
    at_desk: Desk, consultant: User
) -> None:
    at_desk.begin("a", home_loss="days")
    at_desk.begin("b", home_loss="lost")
    write_outcome(at_desk.get("b"), outcome="found", by=consultant)
    at_desk.merge("a", "b")
    assert home(at_desk.get("b")) == ("days", None, "")
    at_desk.undo("ab")
    assert [home(at_desk.get(name)) for name in "ab"] == [("days", None, ""), ("lost", None, "found")]
    assert at_desk.get("b").home_outcome_by == consultant


def test_what_became_of_a_home_comes_along(at_desk: Desk, consultant: User) -> None:
    at_desk.begin("a", home_loss="days")
    at_desk.begin("b")
    write_outcome(at_desk.get("a"), outcome="kept", by=consultant)
    at_desk.merge("a", "b")
    assert home(at_desk.get("b")) == ("days", None, "kept")
    assert at_desk.get("b").home_outcome_by == consultant
    at_desk.undo("ab")
    assert home(at_desk.get("b")) == ("", None, "")


def test_what_was_written_of_the_home_since_stays(at_desk: Desk, consultant: User) -> None:
    at_desk.begin("a", home_loss="days")
    at_desk.begin("b")
    at_desk.merge("a", "b")
    write_outcome(at_desk.get("b"), outcome="kept", by=consultant)
    at_desk.undo("ab")
    assert [home(at_desk.get(name)) for name in "ab"] == [("days", None, ""), ("days", None, "kept")]


def test_a_merge_from_before_homes_were_kept_can_be_undone(at_desk: Desk) -> None:
    at_desk.begin("a", "b")
    at_desk.merge("a", "b")
    done = at_desk.done["ab"]
    for part in ("target", "set"):
        done.before[part] = {name: value for name, value in done.before[part].items() if name not in AT_HOME}
    done.save()
    at_desk.undo("ab")
    assert at_desk.states() == {"a": State.NEW, "b": State.NEW}
