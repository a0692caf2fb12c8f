"""The second factor: owed by all accounts outside local mode, valid once, replaced and not taken off."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from core import audit
from core.privacy.encryption import unseal
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def give_second_factor(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def password_step(client: Client, user: User) -> Any:
    return client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})


def code_step(client: Client, code: str) -> Any:
    return client.post("/en/accounts/2fa/authenticate/", {"code": code})


def is_in(client: Client) -> bool:
    return client.get("/en/accounts/profile/").status_code == 200


class TestOwed:
    @pytest.mark.parametrize("role", ["consultant", "editor", "coordinator", "administrator", "official"])
    @pytest.mark.parametrize(
        "page", ["/en/desk/", "/en/my/", "/en/accounts/password/change/", "/en/accounts/2fa/", "/en/"]
    )
    def test_every_page_leads_to_setting_it_up(self, log_in, role, page):
        client, _user = log_in(role)

        assert client.get(page).headers["Location"] == "/en/accounts/2fa/totp/activate/"

    def test_one_can_leave(self, log_in):
        client, _user = log_in("consultant")

        assert client.get("/en/accounts/logout/").status_code == 200
        assert client.post("/en/accounts/logout/").headers["Location"] == "/en/"

    def test_set_up_shows_picture_and_words_and_renews_the_session(self, client):
        user = UserFactory()
        password_step(client, user)
        page = client.get("/en/accounts/2fa/totp/activate/").content.decode()
        secret, before = client.session["mfa.totp.secret"], client.session.session_key
        assert 'src="data:image/svg+xml;base64,' in page
        assert f'value="{secret}"' in page

        response = client.post("/en/accounts/2fa/totp/activate/", {"code": code_of(secret)})

        assert response.headers["Location"] == "/en/accounts/2fa/recovery-codes/"
        assert client.session.session_key != before
        assert audit.entries_of(user).get().verb == "account.set_second_factor"
        codes = client.get("/en/accounts/2fa/recovery-codes/").content.decode()
        wrapper = RecoveryCodes(Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES))
        assert all(f"<li>{code}</li>" in codes for code in wrapper.get_unused_codes())
        assert is_in(client)

    def test_not_owed_in_local_mode(self, log_in, settings):
        settings.SECOND_FACTOR_REQUIRED = False
        client, _user = log_in("consultant")

        assert is_in(client)


class TestAsked:
    def test_password_alone_lets_nobody_in(self, client):
        user = UserFactory()
        give_second_factor(user)

        assert password_step(client, user).headers["Location"] == "/en/accounts/2fa/authenticate/"
        assert not is_in(client)

    def test_code_lets_in_under_a_new_session(self, client):
        user = UserFactory()
        secret = give_second_factor(user)
        password_step(client, user)
        before = client.session.session_key

        assert code_step(client, code_of(secret)).headers["Location"] == "/en/accounts/landing/"
        assert client.session.session_key != before

    def test_a_code_works_once(self, client):
        user = UserFactory()
        code = code_of(give_second_factor(user))
        password_step(client, user)
        code_step(client, code)

        other = Client()
        password_step(other, user)
        assert code_step(other, code).status_code == 200
        assert not is_in(other)

    def test_a_code_works_once_also_in_a_process_that_has_not_seen_it(self, client):
        user = UserFactory()
        code = code_of(give_second_factor(user))
        password_step(client, user)
        code_step(client, code)
        cache.clear()

        other = Client()
        password_step(other, user)
        assert code_step(other, f"{code[:3]} {code[3:]}").status_code == 200
        assert not is_in(other)

    def test_a_recovery_code_works_once(self, client):
        user = UserFactory()
        give_second_factor(user)
        code = RecoveryCodes.activate(user).get_unused_codes()[0]
        password_step(client, user)
        assert code_step(client, code).status_code == 302

        other = Client()
        password_step(other, user)
        assert code_step(other, code).status_code == 200
        assert not is_in(other)

    def test_guessing_is_stopped_after_five(self, client):
        user = UserFactory()
        secret = give_second_factor(user)
        password_step(client, user)
        pages = [code_step(client, f"00000{number}").content.decode() for number in range(6)]

        assert "The code is not right." in pages[4]
        assert "Too many tries." in pages[5]
        assert code_step(client, code_of(secret)).status_code == 200
        assert not is_in(client)

    def test_the_reset_of_a_password_does_not_pass_it_by(self, client):
        user = UserFactory()
        give_second_factor(user)
        user.set_password("modra velryba plave")
        user.save()
        client.post("/en/accounts/login/", {"login": user.email, "password": "modra velryba plave"})

        assert not is_in(client)


class TestChange:
    @pytest.fixture
    def owner(self, client: Client) -> User:
        user = UserFactory()
        password_step(client, user)
        give_second_factor(user)
        return user

    def test_it_cannot_be_switched_off(self, client, owner):
        response = client.post("/en/accounts/2fa/totp/deactivate/")

        assert "Two-step login cannot be switched off." in response.content.decode()
        assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()

    def test_it_can_be_switched_off_in_local_mode(self, client, owner, settings):
        settings.SECOND_FACTOR_REQUIRED = False
        client.post("/en/accounts/2fa/totp/deactivate/")

        assert not Authenticator.objects.exists()

    def test_it_moves_to_another_phone_once_that_one_shows_a_right_code(self, client, owner):
        old = Authenticator.objects.get(type=Authenticator.Type.TOTP)
        client.get("/en/accounts/2fa/totp/replace/")
        secret = client.session["mfa.totp.secret"]

        client.post("/en/accounts/2fa/totp/replace/", {"code": "000000"})
        assert Authenticator.objects.get(type=Authenticator.Type.TOTP) == old

        cache.clear()
        client.post("/en/accounts/2fa/totp/replace/", {"code": code_of(secret)})
        kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
        assert (kept != secret, unseal(kept)) == (True, secret)

    def test_new_recovery_codes_end_the_old_ones(self, client, owner):
        old = RecoveryCodes.activate(owner).get_unused_codes()

        client.post("/en/accounts/2fa/recovery-codes/generate/")

        assert not set(old) & set(RecoveryCodes.activate(owner).get_unused_codes())

    @pytest.mark.parametrize(
        "page",
        ["2fa/totp/replace/", "2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/"],
    )
    def test_the_password_is_asked_again_when_the_login_is_old(self, client, owner, page):
        session = client.session
        session["started_at"] -= 301
        session.save()

        assert (
            client.get(f"/en/accounts/{page}").headers["Location"].startswith("/en/accounts/reauthenticate/")
        )
