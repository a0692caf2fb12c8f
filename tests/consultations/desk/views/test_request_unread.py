"""Unread, put aside, watched: the buttons on the page of a request."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import SupportRequest
from consultations.requests.queries import watchers_of
from tests.conftest import LogIn
from tests.factories.accounts import AbsenceFactory, UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def at(name: str, request: SupportRequest) -> str:
    return reverse(f"desk-request-{name}", args=[request.reference])


def test_without_a_script_a_button_reads_and_it_is_unread_again_by_another(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory(open=True, assignee=me, has_unread=True)
    html = client.get(request.get_desk_url()).content.decode()
    assert "new message" in html
    assert "Mark as read" in html
    assert SupportRequest.objects.unread().exists()
    client.post(at("mark-read", request), {"version": request.version})
    assert not SupportRequest.objects.unread().exists()
    assert "Mark as read" not in client.get(request.get_desk_url()).content.decode()
    # Not back to the page, which would be read at once.
    assert client.post(at("mark-unread", request), {"version": 1}).url == reverse("desk")
    assert SupportRequest.objects.unread().exists()


def test_who_watches_stands_on_the_page(log_in: LogIn) -> None:
    client, me = log_in("editor", name="Edita")
    request = SupportRequestFactory(open=True)
    assert "Stop watching" not in client.get(request.get_desk_url()).content.decode()
    client.post(at("watch", request), {"version": request.version})
    assert watchers_of(request) == [me]
    html = client.get(request.get_desk_url()).content.decode()
    assert "Stop watching" in html
    assert "Watched by: Edita</p>" in " ".join(html.split())
    client.post(at("unwatch", request), {"version": request.version})
    assert watchers_of(request) == []


def test_it_is_put_aside_with_a_reason_and_taken_up_again(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    day = timezone.localdate() + timedelta(days=2)
    due_on = timezone.localdate() + timedelta(days=5)
    request = SupportRequestFactory(open=True, assignee=me, due_on=due_on)
    sent = {"version": request.version, "until": day.isoformat(), "reason": "Čeká na komisi."}
    response = client.post(at("snooze", request), {**sent, "until": "2020-01-01"})
    assert response.status_code == 422
    assert "Choose a day that is still to come." in response.content.decode()
    assert "Čeká na komisi." in response.content.decode()
    client.post(at("snooze", request), sent)
    html = client.get(request.get_desk_url()).content.decode()
    assert "put aside until" in html
    assert "Čeká na komisi." in html
    request.refresh_from_db()
    client.post(at("unsnooze", request), {"version": request.version})
    assert "put aside until" not in client.get(request.get_desk_url()).content.decode()


def test_the_form_that_assigns_says_who_is_away_and_who_stands_in(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    jana = UserFactory(name="Jana Nová")
    AbsenceFactory(user=jana, deputy=UserFactory(name="Petr Svoboda"))
    html = client.get(at("assign", SupportRequestFactory(open=True))).content.decode()
    assert "Jana Nová (away until" in html
    assert "Petr Svoboda stands in)" in html
