"""One answer to several requesters: each by itself, once, and who gets none is told why."""

import pytest

from accounts.models import User
from consultations.choices import Certainty, State
from consultations.models import Contact, SupportRequest
from consultations.related.actions.merge import merge
from consultations.related.actions.several import answer_several
from consultations.requests.actions import desk
from consultations.requests.queries import reasons_against_carrying
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.factories.short_code import a_code
from tests.verbs import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TEXT = "Obraťte se na sociální odbor."


@pytest.fixture
def me() -> User:
    return UserFactory()


def answers(request: SupportRequest) -> list[str]:
    return list(request.contacts.filter(is_answer=True).values_list("text", flat=True))


def anew(request: SupportRequest) -> SupportRequest:
    return SupportRequest.objects.get(pk=request.pk)


def test_each_that_can_have_it_gets_it_and_a_new_one_is_taken(me: User) -> None:
    new, colleagues = SupportRequestFactory(), SupportRequestFactory(open=True)
    owner = colleagues.assignee
    outcomes = answer_several([new, colleagues], text=TEXT, by=me, once="key", certainty=Certainty.FACT)
    for request, assignee in ((anew(new), me), (anew(colleagues), owner)):
        assert (request.state, request.assignee, answers(request)) == (State.ANSWERED, assignee, [TEXT])
    assert [outcome.contact.certainty for outcome in outcomes] == [Certainty.FACT] * 2
    assert list(OutgoingMail.objects.order_by("pk").values_list("to", flat=True)) == [
        new.requester.email,
        colleagues.requester.email,
    ]
    assert [verb for verb, _by, _details in written(new)] == ["request.assign", "request.answer"]


def test_whoever_left_no_address_is_answered_as_they_can_be_reached(me: User) -> None:
    request = SupportRequestFactory(open=True, requester=PersonFactory(email="", phone="+420601123456"))
    (outcome,) = answer_several([request], text=TEXT, by=me, once="key")
    assert outcome.contact.channel == "web"
    assert not OutgoingMail.objects.exists()


def test_whoever_called_and_does_not_know_their_page_is_left_to_be_called(me: User) -> None:
    caller = PersonFactory(email="", phone="+420601123456")
    request = SupportRequestFactory(open=True, channel="phone_in", requester=caller)
    (outcome,) = answer_several([request], text=TEXT, by=me, once="key")
    assert outcome.contact is None
    assert outcome.reasons == reasons_against_carrying(request)
    # With a short code they have the way to it.
    a_code(request)
    (outcome,) = answer_several([anew(request)], text=TEXT, by=me, once="key")
    assert outcome.contact.channel == "web"


def test_the_same_form_sent_again_answers_nobody_twice(me: User) -> None:
    request = SupportRequestFactory(open=True)
    (first,) = answer_several([request], text=TEXT, by=me, once="key")
    (again,) = answer_several([anew(request)], text="Jinak.", by=me, once="key")
    assert again.contact == first.contact
    assert (answers(request), OutgoingMail.objects.count()) == ([TEXT], 1)


def test_who_gets_none_is_told_why_and_stands_in_nobodys_way(me: User) -> None:
    person = PersonFactory()
    closed, answered = SupportRequestFactory(closed=True), SupportRequestFactory(answered=True)
    merged, into = (SupportRequestFactory(open=True, requester=person) for _number in range(2))
    merge(merged, into=into, by=me)
    good = SupportRequestFactory(open=True)
    *left, done = answer_several([closed, answered, merged, good], text=TEXT, by=me, once="key")
    assert [outcome.reasons for outcome in left] == [
        ["The request is not being worked on. Reopen it first."],
        ["The request is answered. You can add to the answer."],
        [f"It is merged into {into.reference}."],
    ]
    assert (done.request, done.reasons, answers(good)) == (good, [], [TEXT])
    assert Contact.objects.filter(text=TEXT).count() == 1


@pytest.mark.parametrize("state", [State.NEW, State.OPEN])
def test_who_only_reads_requests_answers_none(state: State) -> None:
    request = SupportRequestFactory(state=state)
    (outcome,) = answer_several([request], text=TEXT, by=UserFactory(editor=True), once="key")
    assert outcome.reasons == ["Your role reads requests but does not work on them."]
    assert answers(request) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": " "}, "Write a text."),
        (
            {"text": TEXT, "certainty": Certainty.INTERPRETATION},
            "A reading of the law needs a second reader before it is sent. Ask a colleague to read it.",
        ),
    ],
)
def test_a_new_one_that_gets_no_answer_is_not_taken(me: User, said: dict[str, str], words: str) -> None:
    request = SupportRequestFactory()
    (outcome,) = answer_several([request], **said, by=me, once="key")
    assert (outcome.contact, outcome.reasons) == (None, [words])
    assert (anew(request).state, anew(request).assignee, written(request)) == (State.NEW, None, [])


def test_what_a_colleague_has_changed_meanwhile_is_left(me: User) -> None:
    request = SupportRequestFactory(open=True)
    desk.answer(anew(request), text="Rychlejší.", by=UserFactory())
    (outcome,) = answer_several([request], text=TEXT, by=me, once="key")
    assert outcome.reasons == ["Somebody has changed it just now. Open it and look."]
    assert answers(request) == ["Rychlejší."]


def test_fifty_at_most_are_answered_at_once(me: User) -> None:
    request = SupportRequestFactory(closed=True)
    assert len(answer_several([request] * 51, text=TEXT, by=me, once="key")) == 50
