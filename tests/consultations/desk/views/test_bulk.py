"""One thing done to several requests from the list: asked about, done, offered to be undone."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from consultations.choices import State
from consultations.desk.actions import bulk
from consultations.models import BulkAction, SupportRequest
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db

LIST = "/en/desk/requests/"


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def closed_by(user: User) -> BulkAction:
    """Return what somebody did: closed an answered request."""
    request = SupportRequestFactory(answered=True)
    return bulk.do("close", [(request, request.version)], by=user).action


def send(client: Client, *requests: SupportRequest, **fields: str) -> Any:
    data = {"row": [request.pk for request in requests], "back": "state=active", **fields}
    return client.post(reverse("desk-bulk"), data)


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
    client, me = log_in("consultant")
    request = SupportRequestFactory()
    asked = send(client, request, verb="assign")
    assert asked.status_code == 200
    assert f'value="{request.pk}:1"' in asked.content.decode()
    assert 'name="confirmed"' in asked.content.decode()
    missing = send(client, request, verb="assign", to="", confirmed="1")
    assert missing.status_code == 422
    assert "Choose to whom." in missing.content.decode()
    send(client, request, verb="assign", to=str(me.pk), confirmed="1")
    request.refresh_from_db()
    assert request.assignee == me


@pytest.mark.parametrize(
    "fields", [{}, {"verb": "eat"}, {"verb": "close", "row": "x"}, {"verb": "close", "row": "9" * 30}]
)
def test_nonsense_leads_back_to_the_list(log_in: LogIn, fields: dict[str, str]) -> None:
    client, _me = log_in("consultant")
    data = {"back": "evil=1&state=active&x=%0d%0a//host", **fields}
    assert client.post(reverse("desk-bulk"), data)["Location"] == f"{LIST}?state=active"


def test_a_colleagues_change_cannot_be_undone_by_address(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    action = closed_by(UserFactory())
    assert client.post(reverse("desk-bulk-undo", args=[action.pk])).status_code == 404


def test_what_one_did_lately_is_listed(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    closed_by(me)
    closed_by(UserFactory())
    assert len(client.get(reverse("desk-bulk")).context["actions"]) == 1
