"""Splitting: what goes, what stays, whose turn it is then, and all of it undone."""

from typing import Any

import pytest

from accounts.models import User
from consultations.choices import State
from consultations.models import Contact, Participant, Rearrangement, SupportRequest
from consultations.related.actions.split import split, undo_split
from consultations.requests.actions import desk
from consultations.requests.actions.home import write_outcome
from consultations.requests.clock import due_on
from core.outbox.mail import OutgoingMail
from core.states import Conflict
from tests.consultations.related.desk import Desk, Steps
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, PersonFactory, SupportRequestFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def consultant() -> User:
    return UserFactory()


# What is done, step by step, and where every message is then.
CASES: dict[str, tuple[Steps, dict[str, str]]] = {
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
def test_every_message_is_where_a_person_would_expect_it(consultant: User, case: str) -> None:
    steps, expected = CASES[case]
    at_desk = Desk(consultant)
    at_desk.follow(steps, expected)
    assert at_desk.where() == at_desk.in_time(expected)


def a_case(**fields: Any) -> tuple[SupportRequest, Contact]:
    """Return a request that somebody works on, and its second message."""
    request = SupportRequestFactory(open=True, subject="Byt", **fields)
    return request, ContactFactory(request=request, text="A ještě dluh.", channel="email")


def test_the_new_request_has_what_the_first_had_and_nobody_is_written_to(consultant: User) -> None:
    request, second = a_case(consent_publish=True, language="en")
    neighbour = PersonFactory()
    Participant.objects.create(request=request, person=neighbour, relation="neighbour")
    before = request.version

    new = split(request, contacts=[second], subject=" Dluh ", by=consultant)

    new.refresh_from_db()
    assert (new.subject, new.channel, new.received_at) == ("Dluh", "email", second.took_place_at)
    for name in ("requester", "topic", "language", "consent_publish", "assignee"):
        assert getattr(new, name) == getattr(request, name)
    assert (new.state, new.waiting_since) == (State.OPEN, second.took_place_at)
    assert [row.text for row in new.contacts.all()] == ["A ještě dluh."]
    assert [row.person for row in new.participants.all()] == [neighbour]
    assert request.links_onward.get().second == new
    assert new.link_token != request.link_token
    assert SupportRequest.objects.get(pk=request.pk).version == before + 1
    assert not OutgoingMail.objects.exists()
    assert written(request) == [
        ("request.link", consultant.pk, {"to": new.pk}),
        ("request.split", consultant.pk, {"into": new.pk, "contacts": 1}),
    ]
    assert written(new)[-1] == ("request.split_off", consultant.pk, {"of": request.pk})


def test_what_waits_no_longer_here_waits_there(consultant: User) -> None:
    at_desk = Desk(consultant)
    at_desk.begin("a")
    at_desk.answer("a", "x")
    at_desk.reply("a", "a2")
    assert at_desk.states() == {"a": State.OPEN}
    at_desk.split("a", "a2", to="n")
    assert at_desk.states() == {"a": State.ANSWERED, "n": State.OPEN}
    assert at_desk.get("a").waiting_since is None
    at_desk.undo("n")
    assert at_desk.states() == {"a": State.OPEN, "n": State.DUPLICATE}
    assert at_desk.get("n").duplicate_of == at_desk.get("a")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"role": "editor"}, ["Your role reads requests but does not work on them."]),
        ({"state": State.SPAM}, ["The request is “spam”, so nothing can be split off it."]),
        ({"chosen": "none"}, ["Choose the messages that are to go."]),
        ({"chosen": "of another request"}, ["Choose the messages that are to go."]),
        ({"chosen": "all"}, ["At least one message has to stay."]),
        ({"subject": " "}, ["Write what the new request is about."]),
        ({"chosen": "none", "subject": ""},
         ["Choose the messages that are to go.", "Write what the new request is about."]),
    ],
)  # fmt: skip
def test_it_is_refused(given: dict[str, str], words: list[str]) -> None:
    request, second = a_case()
    SupportRequest.objects.filter(pk=request.pk).update(state=given.get("state", request.state))
    request.refresh_from_db()
    chosen = {
        "none": [],
        "of another request": [ContactFactory()],
        "all": list(request.contacts.all()),
        "the second": [second],
    }[given.get("chosen", "the second")]
    said = {"contacts": chosen, "subject": given.get("subject", "Dluh")}
    assert refusal(split, request, **said, by=UserFactory(role=given.get("role", "consultant"))) == words
    assert request.contacts.count() == 2
    assert not Rearrangement.objects.exists()


def test_one_message_alone_is_not_split_off(consultant: User) -> None:
    request = SupportRequestFactory(open=True)
    said = {"contacts": request.contacts.all(), "subject": "Dluh"}
    assert refusal(split, request, **said, by=consultant) == [
        "There is only one message, so there is nothing to split off."
    ]


def test_what_a_colleague_has_changed_meanwhile_is_not_split(consultant: User) -> None:
    request, second = a_case()
    desk.close(SupportRequest.objects.get(pk=SupportRequestFactory(answered=True).pk), by=consultant)
    desk.assign(SupportRequest.objects.get(pk=request.pk), to=consultant, by=consultant)
    with pytest.raises(Conflict):
        split(request, contacts=[second], subject="Dluh", by=consultant)
    assert request.contacts.count() == 2
    assert not SupportRequest.objects.filter(subject="Dluh").exists()


class TestUndoing:
    @pytest.fixture
    def done(self, consultant: User) -> Rearrangement:
        request, second = a_case()
        split(request, contacts=[second], subject="Dluh", by=consultant)
        return Rearrangement.objects.select_related("source", "target").get()

    def test_all_is_back_and_written_down(self, done: Rearrangement, consultant: User) -> None:
        undo_split(done, by=consultant)
        done.refresh_from_db()
        assert (done.undone_by, done.source.contacts.count(), done.target.contacts.count()) == (
            consultant,
            2,
            0,
        )
        assert written(done.source)[-1] == ("request.take_back", consultant.pk, {"other": done.target_id})
        assert written(done.target)[-1] == ("request.undo_split", consultant.pk, {"of": done.source_id})

    def test_it_is_refused(self, done: Rearrangement, consultant: User) -> None:
        assert refusal(undo_split, done, by=UserFactory(editor=True)) == [
            "Your role reads requests but does not work on them."
        ]
        undo_split(done, by=consultant)
        again = Rearrangement.objects.get()
        assert refusal(undo_split, again, by=consultant) == ["It is undone already."]

    def test_what_was_merged_on_goes_apart_first(self, consultant: User) -> None:
        at_desk = Desk(consultant)
        at_desk.begin("a", "b")
        at_desk.reply("a", "a2")
        at_desk.split("a", "a2", to="n")
        at_desk.merge("n", "b")
        done = Rearrangement.objects.get(kind=Rearrangement.Kind.SPLIT)
        into = at_desk.get("b").reference
        assert refusal(undo_split, done, by=consultant) == [
            f"{at_desk.get('n').reference} is merged into {into}. Undo that first."
        ]

    def test_what_a_colleague_has_changed_meanwhile_stays(
        self, done: Rearrangement, consultant: User
    ) -> None:
        desk.add_note(SupportRequest.objects.get(pk=done.target_id), text="Volat.", by=consultant)
        desk.assign(SupportRequest.objects.get(pk=done.target_id), to=UserFactory(), by=consultant)
        with pytest.raises(Conflict):
            undo_split(done, by=consultant)
        assert Rearrangement.objects.get().undone_at is None
        assert done.target.contacts.count() == 2


def test_what_is_split_off_is_as_urgent(consultant: User) -> None:
    at_desk = Desk(consultant)
    at_desk.begin("a", home_loss="lost")
    at_desk.reply("a", "a2")
    at_desk.split("a", "a2", to="n")
    new = at_desk.get("n")
    assert (new.home_loss, new.is_home_at_risk) == ("lost", True)
    assert new.due_on == due_on(new.waiting_since, home_loss="lost")
    write_outcome(new, outcome="found", by=consultant)
    at_desk.undo("n")
    assert (at_desk.get("a").home_outcome, at_desk.get("a").is_home_at_risk) == ("", True)
