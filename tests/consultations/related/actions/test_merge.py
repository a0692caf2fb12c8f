"""Merging, splitting and linking: whatever is done and undone, each message is where one would look."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from consultations.choices import State
from consultations.intake.actions import requester
from consultations.models import Contact, Rearrangement, RequestLink, SupportRequest
from consultations.related.actions.links import link, unlink
from consultations.related.actions.merge import merge, reasons_against_merging, undo_merge
from consultations.related.actions.split import split, undo_split
from consultations.requests.actions import desk
from core.states import Conflict, Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, PersonFactory, SupportRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


@pytest.fixture
def consultant() -> User:
    return UserFactory()


class Desk:
    """A few requests of one person, by letters, and what is done with them, in words a person would use."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.person = PersonFactory()
        self.made: dict[str, int] = {}
        self.done: dict[str, Rearrangement] = {}
        self.at = timezone.now() - timedelta(days=3)

    def begin(self, *names: str, **fields: Any) -> None:
        """Let requests come, each with a first message of its own name: "a1"."""
        for name in names:
            made = SupportRequestFactory(requester=self.person, with_contact=False, **fields)
            self.made[name] = made.pk
            ContactFactory(request=made, person=self.person, text=f"{name}1", took_place_at=self._tick())

    def _tick(self) -> Any:
        self.at += timedelta(hours=1)
        return self.at

    def get(self, name: str) -> SupportRequest:
        return SupportRequest.objects.get(pk=self.made[name])

    def reply(self, name: str, text: str) -> None:
        """Let the requester write by the link or address of a request."""
        requester.reply(self.get(name), text=text, by=None, took_place_at=self._tick())

    def answer(self, name: str, text: str) -> None:
        request = self.get(name)
        if request.state == State.NEW:
            desk.take(request, by=self.by)
        contact = desk.answer(request, text=text, by=self.by)
        Contact.objects.filter(pk=contact.pk).update(took_place_at=self._tick())

    def merge(self, name: str, into: str) -> None:
        self.done[f"{name}{into}"] = merge(self.get(name), into=self.get(into), by=self.by)

    def split(self, name: str, *texts: str, to: str) -> None:
        request = self.get(name)
        chosen = Contact.objects.filter(text__in=texts)
        self.made[to] = split(request, contacts=chosen, subject=f"About {to}", by=self.by).pk
        self.done[to] = Rearrangement.objects.latest("pk")

    def undo(self, name: str) -> None:
        done = Rearrangement.objects.get(pk=self.done[name].pk)
        (undo_merge if done.kind == Rearrangement.Kind.MERGE else undo_split)(done, by=self.by)

    def where(self) -> dict[str, str]:
        """Return the messages of each request in the order in which its page shows them."""
        found = {}
        for name in self.made:
            texts = [contact.text for contact in self.get(name).contacts.for_timeline()]
            found[name] = " ".join(texts)
        return found

    def states(self) -> dict[str, str]:
        return {name: self.get(name).state for name in self.made}


@pytest.fixture
def at_desk(consultant: User) -> Desk:
    return Desk(consultant)


# What is done, step by step, and where every message is then.
CASES: dict[str, tuple[list[tuple[str, ...]], dict[str, str]]] = {
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
    "split off": (
        [("reply", "a", "a2"), ("reply", "a", "a3"), ("split", "a", "a2", "n")],
        {"a": "a1 a3", "n": "a2"},
    ),
    "the old link leads to the old one after a split": (
        [("reply", "a", "a2"), ("split", "a", "a2", "n"), ("reply", "a", "a3"), ("reply", "n", "n2")],
        {"a": "a1 a3", "n": "a2 n2"},
    ),
    "a split undone brings back what came there": (
        [("reply", "a", "a2"), ("split", "a", "a2", "n"), ("reply", "n", "n2"), ("undo", "n")],
        {"a": "a1 a2 n2", "n": ""},
    ),
    "an answer given there comes back, too": (
        [("reply", "a", "a2"), ("split", "a", "a2", "n"), ("answer", "n", "x"), ("undo", "n"),
         ("reply", "n", "n2")],
        {"a": "a1 a2 x n2", "n": ""},
    ),
    "a message of the merged one split off the survivor stays off when the merge is undone": (
        [("reply", "a", "a2"), ("merge", "a", "b"), ("split", "b", "a2", "n"), ("undo", "ab")],
        {"a": "a1", "b": "b1", "n": "a2"},
    ),
    "and then goes home when the split is undone": (
        [("reply", "a", "a2"), ("merge", "a", "b"), ("split", "b", "a2", "n"), ("undo", "ab"), ("undo", "n")],
        {"a": "a1 a2", "b": "b1", "n": ""},
    ),
    "the same undone the other way round": (
        [("reply", "a", "a2"), ("merge", "a", "b"), ("split", "b", "a2", "n"), ("undo", "n"), ("undo", "ab")],
        {"a": "a1 a2", "b": "b1", "n": ""},
    ),
    "split, then the first merged away, then the split undone": (
        [("reply", "a", "a2"), ("split", "a", "a2", "n"), ("merge", "a", "b"), ("undo", "n")],
        {"a": "", "b": "a1 b1 a2", "n": ""},
    ),
    "and the merge undone after that": (
        [("reply", "a", "a2"), ("split", "a", "a2", "n"), ("merge", "a", "b"), ("undo", "n"),
         ("reply", "n", "n2"), ("undo", "ab")],
        {"a": "a1 a2 n2", "b": "b1", "n": ""},
    ),
    "split twice, the first undone": (
        [("reply", "a", "a2"), ("reply", "a", "a3"), ("split", "a", "a2 a3", "n"), ("split", "n", "a3", "m"),
         ("undo", "n")],
        {"a": "a1 a2", "n": "", "m": "a3"},
    ),
    "a split-off one merged into another request": (
        [("reply", "a", "a2"), ("split", "a", "a2", "n"), ("merge", "n", "b"), ("reply", "n", "n2")],
        {"a": "a1", "b": "b1 a2 n2", "n": ""},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_every_message_is_where_a_person_would_expect_it(at_desk: Desk, case: str) -> None:
    steps, expected = CASES[case]
    at_desk.begin(*(name for name in expected if name in "abc"))
    for verb, *words in steps:
        if verb == "split":
            source, texts, to = words
            at_desk.split(source, *texts.split(), to=to)
        else:
            getattr(at_desk, verb)(*words)
    in_time = {
        name: " ".join(sorted(texts.split(), key=_order_of(at_desk))) for name, texts in expected.items()
    }
    assert at_desk.where() == in_time


def _order_of(at_desk: Desk) -> Any:
    times = dict(Contact.objects.values_list("text", "took_place_at"))
    return lambda text: times[text]


# Why not


def test_merging_is_for_one_person(consultant: User) -> None:
    one, other = SupportRequestFactory(), SupportRequestFactory()
    reasons = reasons_against_merging(one, into=other, by=consultant)
    assert [reason.split(".")[0] for reason in reasons] == [
        "Nobody has said that the two come from one person"
    ]
    with pytest.raises(Refused):
        merge(one, into=other, by=consultant)


def test_of_two_merges_in_both_directions_one_wins(consultant: User) -> None:
    person = PersonFactory()
    a, b = SupportRequestFactory(requester=person), SupportRequestFactory(requester=person)
    again_a, again_b = SupportRequest.objects.get(pk=a.pk), SupportRequest.objects.get(pk=b.pk)
    merge(a, into=b, by=consultant)
    with pytest.raises(Conflict):
        merge(again_b, into=again_a, by=consultant)


def test_undoing_puts_back_who_waited(at_desk: Desk) -> None:
    at_desk.begin("a")
    at_desk.begin("b", closed=True)
    at_desk.merge("a", "b")
    assert at_desk.states() == {"a": State.DUPLICATE, "b": State.NEW}
    at_desk.undo("ab")
    assert at_desk.states() == {"a": State.NEW, "b": State.CLOSED}
    assert at_desk.get("b").waiting_since is None


def test_links_are_once_and_can_be_taken_away(consultant: User) -> None:
    a, b = SupportRequestFactory(), SupportRequestFactory()
    made = link(a, to=b, by=consultant)
    assert link(b, to=a, by=consultant) == made
    unlink(made, by=consultant)
    assert not RequestLink.objects.exists()
