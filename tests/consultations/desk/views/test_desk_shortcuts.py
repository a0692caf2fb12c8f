"""The page of the desk's keys, and its switch."""

import pytest

from accounts.models import User
from tests.factories.consultations import SupportRequestFactory

pytestmark = pytest.mark.django_db

KEYS = "/en/desk/keys/"
BODY_WITH_KEYS = (
    'data-key-help="/en/desk/keys/" data-key-today="/en/desk/" data-key-list="/en/desk/requests/"'
)


def test_the_page_lists_the_keys_and_the_menu_leads_to_it(log_in):
    client, _user = log_in("editor")

    page = client.get(KEYS).content.decode()

    for key in ("?", "/", "g", "t", "l", "j", "k", "o", "x", "a", "n", "c", "s", "e"):
        assert f"<kbd>{key}</kbd>" in page
    assert f'<a href="{KEYS}">Keyboard shortcuts</a>' in client.get("/en/desk/").content.decode()


def test_an_official_is_not_shown_the_way(log_in):
    client, _user = log_in("official")

    assert KEYS not in client.get("/en/accounts/profile/").content.decode()


def test_a_request_offers_to_the_keys_what_may_be_done_now(log_in):
    client, _user = log_in("coordinator")
    case = SupportRequestFactory()

    page = client.get(case.get_desk_url()).content.decode()

    for name in ("log", "take", "assign", "next", "previous"):
        assert f'data-key="{name}"' in page
    assert 'data-key="close"' not in page
    client, _user = log_in("editor")
    assert 'data-key="take"' not in client.get(case.get_desk_url()).content.decode()


@pytest.mark.parametrize(("sent", "on"), [("0", False), ("", False), ("\x00", False), ("1", True)])
def test_the_switch_sets_what_every_page_of_the_desk_tells_the_script(log_in, sent, on):
    client, user = log_in("consultant", has_shortcuts=not on)

    response = client.post(KEYS + "switch/", {"on": sent})

    assert (response.status_code, response.headers["Location"]) == (302, KEYS)
    assert User.objects.get(pk=user.pk).has_shortcuts is on
    page = client.get(KEYS).content.decode()
    assert (BODY_WITH_KEYS in page) is on
    assert f"Single keys are {'on' if on else 'off'}." in page
    assert f'name="on" value="{0 if on else 1}"' in page


def test_only_the_post_switches(log_in):
    client, user = log_in("consultant")

    assert client.get(KEYS + "switch/").status_code == 405
    assert User.objects.get(pk=user.pk).has_shortcuts is True


@pytest.mark.parametrize(("role", "ticks"), [("consultant", True), ("editor", False)])
def test_who_may_change_several_may_tick_all(log_in, role, ticks):
    SupportRequestFactory()
    client, _user = log_in(role)

    assert ('data-tick-all="row" hidden' in client.get("/en/desk/requests/").content.decode()) is ticks
