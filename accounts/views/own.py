"""What people do with their own account."""

import time

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import actions
from accounts.access import UserRequest, signed_in
from accounts.forms import ProfileForm
from accounts.middleware import SEEN
from accounts.sessions import live_sessions


@signed_in
@require_safe
def landing(request: UserRequest) -> HttpResponse:
    """Lead to one's own pages after the login, in one's own language."""
    with translation.override(request.user.language):
        response = redirect("desk" if request.user.is_contact_centre else "my")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        request.user.language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


@signed_in
@require_POST
def extend(request: UserRequest) -> HttpResponse:
    """Count the idle time from now: 204 for a script, back to the page for a form."""
    request.session[SEEN] = time.time()
    if "text/html" not in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "accounts:landing")


@signed_in
def profile(request: UserRequest) -> HttpResponse:
    """One's name, language and letters, and the ways to password, second factor and logins."""
    user = request.user
    form = ProfileForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.edit_profile(user, **form.cleaned_data, by=user)
        with translation.override(user.language):
            messages.success(request, _("Saved."))
            return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@signed_in
def sessions(request: UserRequest) -> HttpResponse:
    """Where one is logged in, with a button that ends all other logins."""
    user, here = request.user, request.session.session_key
    if request.method == "POST":
        count = actions.end_other_sessions(user, keep=here, by=user)
        messages.success(request, ngettext("%(n)s login ended.", "%(n)s logins ended.", count) % {"n": count})
        return redirect("usersessions_list")
    rows = live_sessions(user)
    return render(request, "usersessions/usersession_list.html", {"rows": rows, "here": here})
