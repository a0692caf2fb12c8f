"""Logging in: who gets in, who does not, and what strangers learn from it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_tasks_db.models import DBTaskResult

from accounts import actions
from accounts.models import User
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
NOT_RIGHT = "The e-mail or the password is not right. Check both and try again."


@pytest.fixture
def user() -> User:
    return UserFactory(email="jana@example.org")


def log_in(client: Client, login: str = "jana@example.org", password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/en/accounts/login/", {"login": login, "password": password}, **extra)


def text_of(response: Any) -> str:
    """Return a page without what differs each time: tokens and request codes."""
    return re.sub(r'value="\w{64}"|[0-9a-f]{12}', "", response.content.decode())


class TestLogin:
    def test_right_password_and_a_new_session(self, client, user):
        client.get("/en/accounts/reauthenticate/")
        before = client.session.session_key
        response = log_in(client, "JANA@example.org")

        assert response.headers["Location"] == "/en/accounts/landing/"
        assert client.session["_auth_user_id"] == str(user.pk)
        assert client.session.session_key != before
        assert {"started_at", "seen_at"} <= set(client.session.keys())

    def test_wrong_password_and_unknown_address_look_the_same(self, client, user):
        wrong, unknown = log_in(client, password="x"), log_in(client, "nobody@example.org", "x")

        assert wrong.status_code == unknown.status_code == 200
        assert NOT_RIGHT in wrong.content.decode()
        assert text_of(wrong).replace("jana@example.org", "") == text_of(unknown).replace(
            "nobody@example.org", ""
        )

    def test_a_disabled_account_is_refused(self, client, user):
        User.objects.update(is_active=False)
        response = log_in(client)

        assert response.headers["Location"] == "/en/accounts/inactive/"
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize(
        "target",
        [
            "//evil.example",
            "https://evil.example",
            "http:evil.example",
            "\\\\evil.example",
            "/\\evil.example",
            "https:/\\evil.example",
            "///evil.example",
            "https:///evil.example",
            "javascript:alert(1)",
            "\thttps://evil.example",
            "https://testserver@evil.example",
            "https://testserver.evil.example",
            "//evil。example",
            "%2F%2Fevil.example@",
            "data:text/html,x",
            "ftp://testserver/",
            " //evil.example",
            "/\t/evil.example",
            "\x00//evil.example",
            "http://evil.example:80",
            "//[::1]",
            "https:\\\\evil.example",
            "//testserver:evil@evil.example",
            "vbscript:x",
            "https://evil.example#testserver",
        ],
    )
    def test_next_leads_nowhere_else(self, client, user, target):
        response = client.post(
            "/en/accounts/login/", {"login": user.email, "password": PASSWORD, "next": target}
        )

        assert response.headers["Location"] == "/en/accounts/landing/"

    def test_next_leads_to_a_page_of_ours(self, client, user):
        response = client.post(
            "/en/accounts/login/?next=/en/desk/outbox/", {"login": user.email, "password": PASSWORD}
        )

        assert response.headers["Location"] == "/en/desk/outbox/"

    @pytest.mark.parametrize("header", ["HTTP_X_REMOTE_USER", "HTTP_REMOTE_USER", "HTTP_X_FORWARDED_USER"])
    def test_no_header_logs_in(self, client, user, header):
        response = client.get("/en/desk/outbox/", **{header: user.email})

        assert response.headers["Location"].startswith("/en/accounts/login/")


class TestTooManyTries:
    def test_the_account_waits_five_minutes_and_no_longer(self, client, user):
        with time_machine.travel("2026-05-04 10:00Z", tick=False) as traveller:
            for _i in range(5):
                log_in(client, password="x")
            assert "Too many tries." in log_in(client).content.decode()

            traveller.shift(timedelta(minutes=5, seconds=1))
            assert log_in(client).status_code == 302

    def test_an_unknown_address_is_blocked_the_same(self, client):
        for _i in range(5):
            log_in(client, "nobody@example.org", "x")

        assert "Too many tries." in log_in(client, "nobody@example.org", "x").content.decode()

    def test_a_network_is_blocked_over_all_accounts_whatever_it_says_of_itself(self, client, user):
        for number in range(10):
            log_in(client, f"n{number}@example.org", "x", headers={"X-Forwarded-For": f"10.0.0.{number}"})

        assert "Too many tries." in log_in(client, headers={"X-Forwarded-For": "10.0.0.99"}).content.decode()

    def test_more_than_sixty_a_minute_get_429(self, client):
        answers = [log_in(client, "nobody@example.org", "x").status_code for _i in range(61)]

        assert answers == [200] * 60 + [429]

    def test_a_stranger_cannot_shut_out_the_owner_on_a_known_device(self, client, user):
        log_in(client)
        client.post("/en/accounts/logout/")
        for _i in range(5):
            log_in(Client(REMOTE_ADDR="10.9.9.9"), password="x")

        assert "Too many tries." in log_in(Client(REMOTE_ADDR="10.9.9.10")).content.decode()
        assert log_in(client).status_code == 302

    def test_a_device_is_known_for_one_account_only(self, client, user):
        log_in(client)
        stolen = client.cookies["device"].value
        stranger = Client()
        stranger.cookies["device"] = stolen
        for _i in range(5):
            log_in(stranger, "other@example.org", "x")

        assert "Too many tries." in log_in(stranger, "other@example.org", "x").content.decode()


class TestLogout:
    def test_asks_first_and_then_forgets_everything(self, client, user):
        log_in(client)
        key = client.session.session_key
        assert client.get("/en/accounts/logout/").status_code == 200
        response = client.post("/en/accounts/logout/")

        assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert response.headers["Cache-Control"] == "no-store, private"
        old = Client()
        old.cookies["sid"] = key
        assert old.get("/en/accounts/profile/").status_code == 302


class TestResetPassword:
    def ask(self, client: Client, email: str, **extra: Any) -> Any:
        return client.post("/en/accounts/password/reset/", {"email": email}, **extra)

    def link(self, user: User) -> str:
        actions.send_reset_link.call(user.pk)
        mail = OutgoingMail.objects.latest("id")
        return next(word for word in mail.text.split() if word.startswith("http")).removeprefix(
            "http://localhost:8000"
        )

    def open(self, client: Client, link: str) -> Any:
        return client.get(link, follow=True)

    def test_the_answer_and_the_work_are_the_same_for_every_address(self, client, user):
        known, unknown = self.ask(client, user.email), self.ask(client, "nobody@example.org")

        assert known.headers["Location"] == unknown.headers["Location"] == "/en/accounts/password/reset/done/"
        tasks = DBTaskResult.objects.filter(task_path="accounts.actions.send_reset_link").order_by(
            "enqueued_at"
        )
        assert [task.args_kwargs["args"] for task in tasks] == [[user.pk], [0]]
        assert not OutgoingMail.objects.exists()

    def test_three_an_hour_for_one_address(self, client, user):
        answers = [self.ask(client, user.email).status_code for _i in range(4)]

        assert answers == [302, 302, 302, 429]

    def test_the_secret_leaves_the_address_and_works_once(self, client, user):
        link = self.link(user)
        response = self.open(client, link)
        shown = response.redirect_chain[-1][0]
        assert shown.endswith("-set-password/")

        new = {"password1": "modra velryba plave", "password2": "modra velryba plave"}
        assert client.post(shown, new).headers["Location"] == "/cs/accounts/password/reset/key/done/"
        user.refresh_from_db()
        assert user.check_password("modra velryba plave")
        assert 'name="password1"' not in self.open(Client(), link).content.decode()

    def test_not_after_an_hour(self, client, user):
        with time_machine.travel("2026-05-04 10:00Z", tick=False) as traveller:
            link = self.link(user)
            traveller.shift(timedelta(hours=1, seconds=1))

            assert 'name="password1"' not in self.open(client, link).content.decode()

    def test_not_after_the_password_has_changed(self, client, user):
        link = self.link(user)
        actions.set_password(user, password="zelena velryba plave", by=user)

        assert 'name="password1"' not in self.open(client, link).content.decode()

    @pytest.mark.parametrize(
        ("password", "sentence"),
        [
            ("short", "at least 12 characters"),
            ("jana@example.org", "too similar"),
            ("1qaz2wsx3edc", "too common"),
        ],
    )
    def test_weak_passwords_are_refused(self, client, user, password, sentence):
        shown = self.open(client, self.link(user)).redirect_chain[-1][0].replace("/cs/", "/en/")

        response = client.post(shown, {"password1": password, "password2": password})

        assert sentence in response.content.decode()
        assert not User.objects.get().check_password(password)

    def test_digits_alone_may_be_a_password(self, client, user):
        shown = self.open(client, self.link(user)).redirect_chain[-1][0]

        assert (
            client.post(shown, {"password1": "738201946652", "password2": "738201946652"}).status_code == 302
        )

    def test_the_host_of_the_request_never_gets_into_the_mail(self, client, user, settings):
        settings.ALLOWED_HOSTS = ["*"]
        self.ask(client, user.email, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        task = DBTaskResult.objects.get(task_path="accounts.actions.send_reset_link")
        actions.send_reset_link.call(*task.args_kwargs["args"])

        assert "evil" not in OutgoingMail.objects.get().text


class TestChangePassword:
    def test_ends_all_other_logins_and_keeps_this_one(self, client, user):
        other = Client()
        log_in(client), log_in(other)
        new = "modra velryba plave"

        client.post(
            "/en/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )

        assert client.get("/en/accounts/profile/").status_code == 200
        assert other.get("/en/accounts/profile/").status_code == 302

    def test_needs_the_old_one(self, client, user):
        log_in(client)
        new = "modra velryba plave"
        response = client.post(
            "/en/accounts/password/change/", {"oldpassword": "x", "password1": new, "password2": new}
        )

        assert "This is not your current password." in response.content.decode()


@pytest.mark.parametrize(
    "name",
    ["account_email", "account_set_password", "account_email_verification_sent", "account_confirm_login_code",
     "mfa_list_webauthn", "mfa_download_recovery_codes"],
)  # fmt: skip
def test_pages_that_the_portal_does_not_use_are_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_signs_up(client):
    page = client.get("/en/accounts/signup/")
    posted = client.post(
        "/en/accounts/signup/", {"email": "a@b.cz", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert "Accounts are made by invitation" in page.content.decode()
    assert posted.status_code == 405
    assert not User.objects.exists()
