"""Logging in and out, and the password: allauth's views, each under its access mark."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import public, signed_in
from accounts.adapters import DEVICE_COOKIE, DEVICE_COOKIE_AGE, device_token, knows_device


@public
def login(request: HttpRequest) -> HttpResponse:
    """E-mail and password; a device on which the login succeeds is known from then on."""
    return remember_device(request, account.login(request))


@public
def authenticate(request: HttpRequest) -> HttpResponse:
    """The second factor, the login's last step."""
    return remember_device(request, mfa.authenticate(request))


logout = public(account.logout)
# Where the right password of a disabled account leads.
inactive = public(require_safe(account.account_inactive))
reauthenticate = signed_in(account.reauthenticate)
change_password = signed_in(account.password_change)
reset_password = public(account.password_reset)
# The same answer for every address.
reset_password_done = public(require_safe(account.password_reset_done))
# The page behind the link; the secret leaves the address before the form is shown.
reset_password_from_key = public(account.password_reset_from_key)
key_done = public(require_safe(account.password_reset_from_key_done))


@public
@require_safe
def signup_closed(request: HttpRequest) -> HttpResponse:
    """Say how one comes to an account, since nobody signs up by themselves."""
    return render(request, "accounts/signup_closed.html")


def remember_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Know the device from a login on: strangers' tries cannot shut its owner out, kept forms open on it."""
    if request.method != "POST" or not request.user.is_authenticated:
        return response
    if not knows_device(request.COOKIES.get(DEVICE_COOKIE, ""), request.user.email):
        response.set_cookie(
            DEVICE_COOKIE,
            device_token(request.user.email),
            max_age=DEVICE_COOKIE_AGE,
            secure=settings.SECURE,
            httponly=True,
            samesite="Strict",
        )
    return response
