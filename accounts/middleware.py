"""How long a login lasts, when a second factor is owed, and that one's own doing counts at once."""

import time
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.notices import counts

GetResponse = Callable[[HttpRequest], HttpResponse]

STARTED, SEEN = "started_at", "seen_at"
# Written at most once a minute, so that reading pages does not mean writing sessions.
SEEN_STEP = 60

# What stays open to an account that owes a second factor: setting it up,
# confirming the password for that, and leaving.
FREE = ("mfa_activate_totp", "account_reauthenticate", "account_logout", "accounts:extend")


def session_limits(get_response: GetResponse) -> GetResponse:
    """End a login after the idle limit, and after the absolute one whatever is done meanwhile.

    Pages of those signed in are kept nowhere; on logging out the browser is told to forget them.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        if was_signed_in and _is_over(request, time.time()):
            logout(request)
            messages.info(
                request, _("You were logged out because you were away for long. Log in again to go on.")
            )
        response = get_response(request)
        if was_signed_in or request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


def _is_over(request: HttpRequest, now: float) -> bool:
    session = request.session
    started, seen = session.setdefault(STARTED, now), session.setdefault(SEEN, now)
    if now - started > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS:
        return True
    # What a page sends by itself is nobody's doing: a page that only lies open does not keep a login.
    if now - seen > SEEN_STEP and "X-Background" not in request.headers:
        session[SEEN] = now
    return False


def second_factor(get_response: GetResponse) -> GetResponse:
    """Lead an account without a second factor to setting one up before anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        is_asked = settings.SECOND_FACTOR_REQUIRED and request.path not in map(reverse, FREE)
        if is_asked and user.is_authenticated and not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def counted_anew(get_response: GetResponse) -> GetResponse:
    """Let whoever did something see in the menu at once what that changed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and request.user.is_authenticated:
            counts.forget(request.user)
        return response

    return middleware
