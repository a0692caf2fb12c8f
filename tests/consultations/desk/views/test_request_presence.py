"""Who else is on the page of a request: readers, writers, and those who have gone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import SEEN
from consultations.desk.actions.presence import beat
from consultations.models import Presence, SupportRequest
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db

BEAT_QUERIES = 8


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def address(request: SupportRequest) -> str:
    return reverse("desk-request-presence", args=[request.reference])


def test_writers_are_named_before_readers_and_oneself_is_not(log_in: LogIn) -> None:
    client, _me = log_in("consultant", name="Karla")
    request = SupportRequestFactory()
    beat(request, doing="reading", by=UserFactory(name="Adam"))
    beat(request, doing="writing", by=UserFactory(name="Zora"))
    html = client.post(address(request), {"doing": "writing"}).content.decode()
    assert html.index("Zora is writing an answer.") < html.index("Adam is reading this request.")
    assert "Karla" not in html


def test_who_was_not_heard_of_for_a_minute_is_gone(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request, colleague = SupportRequestFactory(), UserFactory(name="Adam")
    beat(request, doing="reading", by=colleague)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    assert "Adam" not in client.post(address(request), {"doing": "reading"}).content.decode()
    assert list(Presence.objects.values_list("user", flat=True)) == [me.pk]


def test_a_beat_is_one_row_and_leaving_takes_it_away(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    request = SupportRequestFactory()
    for doing in ("reading", "writing"):
        client.post(address(request), {"doing": doing})
    assert Presence.objects.get(user=me).doing == "writing"
    assert client.post(address(request), {"doing": "leaving"}).status_code == 204
    assert not Presence.objects.exists()


def test_who_may_not_answer_only_reads(log_in: LogIn) -> None:
    client, me = log_in("editor")
    request = SupportRequestFactory()
    client.post(address(request), {"doing": "writing"})
    assert Presence.objects.get(user=me).doing == "reading"


@pytest.mark.parametrize("count", [1, 3])
def test_a_beat_costs_the_same(log_in: LogIn, count: int) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory()
    for _n in range(count):
        beat(request, doing="reading", by=UserFactory())
    client.post(address(request), {"doing": "reading"})
    with CaptureQueriesContext(connection) as queries:
        client.post(address(request), {"doing": "reading"})
    assert len(queries) == BEAT_QUERIES


def test_a_page_that_only_lies_open_does_not_keep_the_login(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory()
    client.get(request.get_desk_url())
    session = client.session
    session[SEEN] = before = session[SEEN] - 120
    session.save()
    client.post(address(request), {"doing": "reading"}, headers={"X-Background": "1"})
    assert client.session[SEEN] == before
    client.get(request.get_desk_url())
    assert client.session[SEEN] > before


def test_a_page_reads_what_it_shows_and_nothing_that_came_since(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    request = SupportRequestFactory(open=True, has_unread=True)
    client.post(address(request), {"doing": "reading"})
    client.post(address(request), {"doing": "reading", "version": request.version - 1})
    client.post(address(request), {"doing": "reading", "version": "soon"})
    assert SupportRequest.objects.unread().exists()
    client.post(address(request), {"doing": "reading", "version": request.version})
    assert not SupportRequest.objects.unread().exists()


def test_a_request_that_is_not_there(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    url = reverse("desk-request-presence", args=["SH-2026-999999"])
    assert client.post(url, {"doing": "reading"}).status_code == 404
