"""Logins seen and ended."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from accounts import actions
from accounts.models import User
from accounts.sessions import end_sessions, live_sessions
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return UserFactory()


def browser(user: User, **extra: Any) -> Client:
    client = Client(**extra)
    client.post("/en/accounts/login/", {"login": user.email, "password": "correct horse battery"})
    return client


def is_in(client: Client) -> bool:
    return client.get("/en/accounts/profile/").status_code == 200


def test_every_login_is_listed_with_where_from(user):
    first, second = browser(user, REMOTE_ADDR="10.0.0.1"), browser(user, REMOTE_ADDR="10.0.0.2")
    browser(UserFactory())

    assert [row.ip for row in live_sessions(user)] == ["10.0.0.2", "10.0.0.1"]
    page = first.get("/en/accounts/sessions/").content.decode()
    for words in ("10.0.0.1", "10.0.0.2", "(this login)"):
        assert words in page
    assert is_in(second)


def test_a_login_that_is_over_is_not_listed(user):
    browser(user)
    Session.objects.all().delete()

    assert live_sessions(user) == []


def test_end_all_others(user):
    here, there = browser(user), browser(user)

    here.post("/en/accounts/sessions/")

    assert is_in(here)
    assert not is_in(there)


def test_end_sessions_leaves_no_rows(user):
    browser(user)
    browser(user)

    assert end_sessions(user) == 2
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.parametrize("verb", ["disable", "role", "password", "second factor"])
def test_dead_within_one_request_after(user, verb):
    administrator = UserFactory(administrator=True)
    client = browser(user)
    if verb == "disable":
        actions.disable_account(user, by=administrator)
        actions.enable_account(user, by=administrator)
    elif verb == "role":
        actions.change_role(user, role="editor", by=administrator)
    elif verb == "password":
        actions.set_password(user, password="modra velryba plave", by=user)
    else:
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        TOTP.activate(user, generate_totp_secret())
        actions.reset_second_factor(user, by=administrator)

    assert not is_in(client)


def test_a_role_changed_by_any_way_ends_a_login(user):
    client = browser(user)
    User.objects.filter(pk=user.pk).update(role="editor")

    assert not is_in(client)
