"""What allauth asks us: who may sign up, how often one may try, and how its mail leaves."""

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.middleware import SEEN, STARTED
from accounts.models import User
from core.privacy.encryption import seal, unseal

logger = logging.getLogger("portal.access")


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up, no mail but ours, and a login that knows when it began."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail or the password is not right. Check both and try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("The password is not right."),
        "account_inactive": _("This account may not log in now."),
        "invalid_password_reset": _("This link no longer works."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: the mails of accounts are verbs of ours (accounts.emails)."""

    def set_password(self, user: User, password: str) -> None:
        # By the reset link or by its owner; the login that does it goes on.
        keep = self.request.session.session_key if self.request.user.is_authenticated else None
        actions.set_password(user, password=password, by=user, keep=keep)

    def is_safe_url(self, url: str) -> bool:
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session[STARTED] = request.session[SEEN] = time.time()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write a failed login to the log, without the address that was tried."""
        logger.warning("login failed from %s", self.get_client_ip(request))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before a change of safety, except shortly after the login."""
        age = time.time() - self.request.session.get(STARTED, 0)
        return age > REAUTHENTICATION_TIMEOUT and super().is_reauthentication_required(app=app, **kwargs)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Failed tries count against the account, but on a device where it has logged in
        # before they count against the device: a stranger who keeps trying shuts out
        # other strangers and never the owner.
        login = str(credentials.get("email", "")).lower()
        device = request.COOKIES.get(DEVICE_COOKIE, "")
        return f"device:{login}:{device}" if knows_device(device, login) else login


class MFAAdapter(DefaultMFAAdapter):
    """The second factor is replaced, never taken off, where it is required."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right. Type the one that the application shows now."),
        "cannot_delete_authenticator": _(
            "Two-step login cannot be switched off. You can move it to another phone."
        ),
    }

    # Keys of the second factor, and seeds of recovery codes.
    encrypt = staticmethod(seal)
    decrypt = staticmethod(unseal)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not settings.SECOND_FACTOR_REQUIRED


def change_secrets(authenticator: Authenticator, change: Callable[[str], str]) -> None:
    """Put `change` of a second factor's key, or of the seed of recovery codes, into its place."""
    for name in {"secret", "seed"} & authenticator.data.keys():
        authenticator.data[name] = change(authenticator.data[name])


DEVICE_COOKIE = "__Host-device" if settings.SECURE else "device"
DEVICE_COOKIE_AGE = 180 * 24 * 3600


def device_token(login: str) -> str:
    """Return what a device keeps so that it is known again when `login` is tried there."""
    nonce = secrets.token_urlsafe(12)
    return f"{nonce}.{_device_signature(nonce, login)}"


def knows_device(token: str, login: str) -> bool:
    """Tell whether `token` was given to a device on which `login` has logged in."""
    nonce, _dot, signature = token.partition(".")
    return secrets.compare_digest(signature.encode(), _device_signature(nonce, login).encode())


def _device_signature(nonce: str, login: str) -> str:
    return salted_hmac("accounts.device", f"{nonce}|{login.lower()}", algorithm="sha256").hexdigest()
