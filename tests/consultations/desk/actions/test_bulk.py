"""One thing done to several requests: what is done, what is left with its reasons, what is put back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.choices import State
from consultations.desk.actions import bulk
from consultations.models import BulkAction, SupportRequest
from consultations.requests.actions import desk
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory, TopicFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def seen(*requests: SupportRequest) -> list[tuple[SupportRequest, int]]:
    return [(request, request.version) for request in requests]


def anew(request: SupportRequest) -> SupportRequest:
    return SupportRequest.objects.get(pk=request.pk)


def test_each_is_done_by_its_verb_and_the_rest_is_left_with_reasons() -> None:
    me = UserFactory()
    answered, open_one = SupportRequestFactory(answered=True), SupportRequestFactory(open=True)
    outcome = bulk.do("close", seen(answered, open_one), by=me)
    assert (anew(answered).state, anew(open_one).state, outcome.done) == (State.CLOSED, State.OPEN, 1)
    assert outcome.left == [
        (open_one, ["Answer it or refer it first: a request is not closed without a word."])
    ]
    assert [row["id"] for row in outcome.action.rows] == [answered.pk]
    assert written(answered) == [("request.close", me.pk, {})]
    assert written(open_one) == []


def test_a_colleague_gets_all_that_were_chosen_and_no_requester_hears_of_it() -> None:
    me, colleague = UserFactory(), UserFactory()
    new, mine = SupportRequestFactory(), SupportRequestFactory(open=True, assignee=me)
    outcome = bulk.do("assign", seen(new, mine), by=me, to=colleague)
    assert [(anew(row).state, anew(row).assignee) for row in (new, mine)] == [(State.OPEN, colleague)] * 2
    assert (outcome.done, outcome.left, BulkAction.objects.get()) == (2, [], outcome.action)
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {colleague.email}


def test_who_only_reads_requests_does_nothing_to_any() -> None:
    request, editor = SupportRequestFactory(answered=True), UserFactory(editor=True)
    outcome = bulk.do("close", seen(request), by=editor)
    assert outcome.left == [(request, ["Your role reads requests but does not work on them."])]
    assert (outcome.done, anew(request).state) == (0, State.ANSWERED)
    assert not BulkAction.objects.exists()


@pytest.mark.parametrize("quicker", ["before the list was drawn anew", "just now"])
def test_what_changed_meanwhile_is_left(quicker: str) -> None:
    me, request = UserFactory(), SupportRequestFactory(answered=True)
    if quicker == "just now":
        desk.reopen(anew(request), by=UserFactory())
        version = request.version
    else:
        version = request.version - 1
    outcome = bulk.do("close", [(request, version)], by=me)
    assert (outcome.done, outcome.action) == (0, None)
    assert outcome.left == [(request, ["Somebody else has changed it meanwhile."])]
    assert not BulkAction.objects.exists()


def test_more_than_a_hundred_are_refused() -> None:
    request = SupportRequestFactory(answered=True)
    assert refusal(bulk.do, "close", seen(request) * 101, by=UserFactory()) == [
        "At most 100 requests can be changed at once."
    ]
    assert anew(request).state == State.ANSWERED


def test_undoing_puts_everything_back_but_what_was_touched_since() -> None:
    me, colleague = UserFactory(), UserFactory()
    new, touched = SupportRequestFactory(), SupportRequestFactory()
    outcome = bulk.do("assign", seen(new, touched), by=me, to=colleague)
    other_window = BulkAction.objects.get()
    desk.assign(anew(touched), to=me, by=me)
    back = bulk.undo(outcome.action, by=me)
    assert (anew(new).state, anew(new).assignee, anew(touched).assignee) == (State.NEW, None, me)
    assert (back.done, back.left) == (1, [(touched, ["Somebody has changed it since."])])
    assert written(new)[-1] == ("request.undo_bulk", me.pk, {"bulk": outcome.action.pk})
    for action in (outcome.action, other_window):
        assert refusal(bulk.undo, action, by=me) == ["It is undone already."]
    assert BulkAction.objects.get().undone_by == me


def test_undoing_restores_each_moment_exactly() -> None:
    me, topic = UserFactory(), TopicFactory(answer_days=3)
    request = SupportRequestFactory(home_at_risk_by=None)
    before = (request.topic_id, request.due_on, request.waiting_since)
    outcome = bulk.do("topic", seen(request), by=me, topic=topic)
    request.refresh_from_db()
    assert request.topic == topic
    bulk.undo(outcome.action, by=me)
    request.refresh_from_db()
    assert (request.topic_id, request.due_on, request.waiting_since) == before


def test_only_who_did_it_undoes_it_until_the_next_day() -> None:
    me, request = UserFactory(), SupportRequestFactory(answered=True)
    action = bulk.do("close", seen(request), by=me).action
    assert refusal(bulk.undo, action, by=UserFactory()) == ["Only who did it can undo it at once."]
    action.at = timezone.now() - timedelta(days=2)
    assert refusal(bulk.undo, action, by=me) == ["This can be undone until the next day only."]
    assert anew(request).state == State.CLOSED
