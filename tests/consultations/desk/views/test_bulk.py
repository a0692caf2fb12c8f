"""One thing done to several requests: what is done, what is left, what is put back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.choices import State
from consultations.desk.actions import bulk
from consultations.models import BulkAction, SupportRequest
from consultations.requests.actions import desk
from core.states import Refused
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory, TopicFactory

pytestmark = pytest.mark.django_db

LIST = "/en/desk/requests/"


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def seen(*requests: SupportRequest) -> list[tuple[SupportRequest, int]]:
    return [(request, request.version) for request in requests]


def send(client: Client, *requests: SupportRequest, **fields: str) -> Any:
    data = {"row": [request.pk for request in requests], "back": "state=active", **fields}
    return client.post(reverse("desk-bulk"), data)


def test_each_is_done_by_its_verb_and_the_rest_is_left_with_reasons() -> None:
    me = UserFactory()
    answered, open_one = SupportRequestFactory(answered=True), SupportRequestFactory(open=True)
    outcome = bulk.do("close", seen(answered, open_one), by=me)
    answered.refresh_from_db()
    open_one.refresh_from_db()
    assert (answered.state, open_one.state, outcome.done) == (State.CLOSED, State.OPEN, 1)
    assert [row for row, _reasons in outcome.left] == [open_one]
    assert [row["id"] for row in outcome.action.rows] == [answered.pk]


def test_undoing_puts_everything_back_but_what_was_touched_since() -> None:
    me, colleague = UserFactory(), UserFactory()
    new, touched = SupportRequestFactory(), SupportRequestFactory()
    outcome = bulk.do("assign", seen(new, touched), by=me, to=colleague)
    desk.assign(SupportRequest.objects.get(pk=touched.pk), to=me, by=me)
    back = bulk.undo(outcome.action, by=me)
    new.refresh_from_db()
    touched.refresh_from_db()
    assert (new.state, new.assignee, touched.assignee) == (State.NEW, None, me)
    assert (back.done, [row for row, _reasons in back.left]) == (1, [touched])
    with pytest.raises(Refused, match="undone already"):
        bulk.undo(outcome.action, by=me)


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
    me = UserFactory()
    action = bulk.do("close", seen(SupportRequestFactory(answered=True)), by=me).action
    assert bulk.reasons_against_undoing(action, by=UserFactory()) == ["Only who did it can undo it at once."]
    action.at = timezone.now() - timezone.timedelta(days=2)
    assert bulk.reasons_against_undoing(action, by=me) == ["This can be undone until the next day only."]


def test_what_changed_meanwhile_is_left() -> None:
    me, request = UserFactory(), SupportRequestFactory(answered=True)
    outcome = bulk.do("close", [(request, request.version - 1)], by=me)
    assert (outcome.done, outcome.action) == (0, None)
    assert outcome.left == [(request, ["Somebody else has changed it meanwhile."])]
    assert not BulkAction.objects.exists()


def test_more_than_a_hundred_are_refused() -> None:
    request = SupportRequestFactory(answered=True)
    with pytest.raises(Refused, match="At most 100"):
        bulk.do("close", seen(request) * 101, by=UserFactory())


def test_the_list_asks_first_then_does_it_and_offers_to_undo(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    answered, open_one = SupportRequestFactory(answered=True), SupportRequestFactory(open=True)
    asked = send(client, answered, open_one, verb="close")
    assert asked.status_code == 200
    assert "Close 1 request" in asked.content.decode()
    assert "Answer it or refer it first" in asked.content.decode()
    done = send(client, answered, verb="close", confirmed="1")
    action = BulkAction.objects.get()
    assert done["Location"] == f"{LIST}?state=active&bulk={action.pk}"
    shown = client.get(done["Location"])
    assert "1 request is closed." in shown.content.decode()
    assert shown.context["filter"].ignored == []
    back = client.post(reverse("desk-bulk-undo", args=[action.pk]), {"back": "state=active"})
    assert back["Location"] == f"{LIST}?state=active"
    answered.refresh_from_db()
    assert answered.state == State.ANSWERED


def test_a_choice_that_is_missing_is_asked_for(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory()
    response = send(client, request, verb="assign")
    assert response.status_code == 422
    assert "Choose to whom." in response.content.decode()
    assert f'value="{request.pk}:1"' in response.content.decode()


@pytest.mark.parametrize(
    "fields", [{}, {"verb": "eat"}, {"verb": "close", "row": "x"}, {"verb": "close", "row": "9" * 30}]
)
def test_nonsense_leads_back_to_the_list(log_in: LogIn, fields: dict[str, str]) -> None:
    client, _me = log_in("consultant")
    data = {"back": "evil=1&state=active&x=%0d%0a//host", **fields}
    assert client.post(reverse("desk-bulk"), data)["Location"] == f"{LIST}?state=active"


def test_a_colleagues_change_cannot_be_undone_by_address(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    action = bulk.do("close", seen(SupportRequestFactory(answered=True)), by=UserFactory()).action
    assert client.post(reverse("desk-bulk-undo", args=[action.pk])).status_code == 404


def test_what_one_did_lately_is_listed(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    bulk.do("close", seen(SupportRequestFactory(answered=True)), by=me)
    bulk.do("close", seen(SupportRequestFactory(answered=True)), by=UserFactory())
    assert len(client.get(reverse("desk-bulk")).context["actions"]) == 1
