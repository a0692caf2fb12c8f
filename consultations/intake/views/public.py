"""Asking by the public form. Nobody here has an account."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import public
from consultations.choices import HomeLoss
from consultations.intake.actions import requester
from consultations.intake.forms.public import AskForm
from consultations.intake.similar import offers_to
from consultations.intake.views.request import after_asking, by_link, correct, way_back
from consultations.models import SupportRequest, Topic
from consultations.requests import clock, emails, form_keys
from core.outbox import mail
from core.views import limits
from core.views.verbs import UNPROCESSABLE, run_verb
from municipalities.places.picker import matches

# Which form this browser sent last, and a digest of what was in it.
ASKED_COOKIE = "__Host-asked" if settings.SECURE else "asked"


@public
def ask(request: HttpRequest) -> HttpResponse:
    """The public form."""
    if request.method == "POST":
        return _receive(request)
    return _ask_page(request, AskForm(initial=_asked_before(request)))


@public
@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """Published answers and materials to what is being typed; a part of the form's page."""
    context = {"offers": offers_to(request, request.POST.get("subject", "")[:160]), "is_step": False}
    return render(request, "consultations/intake/similar.html", context)


def _receive(request: HttpRequest) -> HttpResponse:
    first = requester.find_received(form_keys.sent_key(request.POST))
    form = AskForm(request.POST, request.FILES)
    if first and not (form.is_valid() and _sent_before(request, form) == first):
        return correct(request, form, first)
    if not form.is_valid():
        return _ask_page(request, form, UNPROCESSABLE)
    if before := _sent_before(request, form):
        return after_asking(before, "again")
    clean = form.cleaned_data
    # Who loses a home is not held up by what may help already.
    if not (clean["offers_seen"] or clean["home_loss"]) and form.offer(offers_to(request, clean["subject"])):
        return _ask_page(request, form)
    once = clean["idempotency_key"]
    if not limits.take("ask", request, settings.ASK_PER_HOUR, once=once):
        form.add_error(
            None, _("Too many questions came from your network in the last hour. Please try it later.")
        )
        return _ask_page(request, form, status=429)
    return run_verb(
        request,
        lambda: requester.receive(form.to_intake(), by=None),
        to=lambda case: _remember(after_asking(case), form),
        show=partial(_ask_page, request, form),
        form=form,
    )


def _sent_before(request: HttpRequest, form: AskForm) -> SupportRequest | None:
    """Return the request that this browser sent with the same words, under another key.

    Going back makes some browsers fetch the page, and so a new key, while they keep what was typed.
    """
    hours = settings.ASK_KEY_HOURS
    asked = request.get_signed_cookie(ASKED_COOKIE, default="", max_age=hours * 3600)
    key, _space, words = (asked or "").partition(" ")
    if not words or not constant_time_compare(words, form.fingerprint()):
        return None
    return requester.find_received(key)


def _remember(response: HttpResponse, form: AskForm) -> HttpResponse:
    response.set_signed_cookie(
        ASKED_COOKIE,
        f"{form.cleaned_data['idempotency_key']} {form.fingerprint()}",
        max_age=settings.ASK_KEY_HOURS * 3600,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _ask_page(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    response = render(request, "consultations/intake/ask.html", {"form": form}, status=status)
    # Nobody shares the page's key. The browser itself may keep the page: whoever goes back and
    # sends it again sends the same key, and so makes no second request.
    response.headers["Cache-Control"] = "no-cache, private"
    return response


def _asked_before(request: HttpRequest) -> dict[str, Any]:
    """Return what the page that led here has chosen already: ?topic= ?kind= ?municipality= ?home=."""
    wanted = request.GET
    municipality = wanted.get("municipality", "").replace("\x00", "")
    found = matches(municipality) if municipality else []
    return {
        "topic": Topic.objects.named(wanted.get("topic", "")),
        "requester_kind": wanted.get("kind", ""),
        "home_loss": wanted["home"] if wanted.get("home") in HomeLoss.values else "",
        "municipality": found[0] if len(found) == 1 and found[0].dissolved_on is None else None,
    }


@by_link
@require_safe
def received(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """What follows a form that was accepted: the reference, what happens next, the private link."""
    has_receipt = emails.was_receipt_written(case)
    link = mail.absolute(case.get_link())
    context = {"case": case, "link": link, "has_receipt": has_receipt, **way_back(case)}
    context |= {"promise": clock.promise(case), "rule": clock.rule() if case.is_home_in_danger else ""}
    return render(request, "consultations/intake/received.html", context)
