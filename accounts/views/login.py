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


@public
def logout(request: HttpRequest) -> HttpResponse:
    """Leave; when the address was only opened, ask first."""
    return account.logout(request)


@public
@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """Where the right password of a disabled account leads."""
    return account.account_inactive(request)


@public
@require_safe
def signup_closed(request: HttpRequest) -> HttpResponse:
    """Say how one comes to an account, since nobody signs up by themselves."""
    return render(request, "accounts/signup_closed.html")


@signed_in
def reauthenticate(request: HttpRequest) -> HttpResponse:
    """The password once more, before a change of safety."""
    return account.reauthenticate(request)


@signed_in
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password for somebody who knows the old one."""
    return account.password_change(request)


@public
def reset_password(request: HttpRequest) -> HttpResponse:
    """Ask for a link by which a forgotten password is changed."""
    return account.password_reset(request)


@public
@require_safe
def reset_password_done(request: HttpRequest) -> HttpResponse:
    """The same answer for every address."""
    return account.password_reset_done(request)


@public
def reset_password_from_key(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """The page behind the link; the secret leaves the address before the form is shown."""
    return account.password_reset_from_key(request, uidb36=uidb36, key=key)


@public
@require_safe
def reset_password_from_key_done(request: HttpRequest) -> HttpResponse:
    """The password is changed."""
    return account.password_reset_from_key_done(request)


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
