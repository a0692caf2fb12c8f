"""How long a login lasts."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

pytestmark = pytest.mark.django_db

PAGE = "/en/accounts/profile/"
START = "2026-05-04 08:00Z"


@pytest.fixture
def traveller():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def lasts(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def test_thirty_minutes_without_a_page_end_it(traveller, log_in):
    client, _user = log_in("consultant")
    assert lasts(client)

    traveller.shift(timedelta(minutes=30))
    assert lasts(client)

    traveller.shift(timedelta(minutes=30, seconds=1))
    response = client.get(PAGE, follow=True)
    assert response.redirect_chain[0][0] == f"/en/accounts/login/?next={PAGE}"
    assert "You were logged out because you were away for long." in response.content.decode()


def test_an_ended_login_tells_the_browser_to_forget(traveller, log_in):
    client, _user = log_in("consultant")
    lasts(client)
    traveller.shift(timedelta(minutes=31))

    assert client.get(PAGE).headers["Clear-Site-Data"] == '"cache", "storage"'


def test_twelve_hours_end_it_whatever_is_done(traveller, log_in):
    client, _user = log_in("consultant")
    assert lasts(client)
    for _half_hour in range(24):
        traveller.shift(timedelta(minutes=30))
        assert lasts(client)

    traveller.shift(timedelta(seconds=1))
    assert not lasts(client)


def test_extend_counts_from_now(traveller, log_in):
    client, _user = log_in("consultant")
    lasts(client)
    traveller.shift(timedelta(minutes=29))
    assert client.post("/en/accounts/extend/").status_code == 204
    traveller.shift(timedelta(minutes=29))

    assert lasts(client)


def test_a_seen_page_writes_the_session_at_most_once_a_minute(traveller, log_in, django_assert_num_queries):
    client, _user = log_in("consultant")
    lasts(client)
    traveller.shift(timedelta(seconds=30))

    with django_assert_num_queries(3):
        lasts(client)


def test_pages_of_those_signed_in_are_never_kept(log_in):
    client, _user = log_in("consultant")

    assert client.get("/en/").headers["Cache-Control"] == "no-store, private"
