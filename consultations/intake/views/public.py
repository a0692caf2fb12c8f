"""Asking, and the requester's own page behind the private link. Nobody here has an account."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import public
from consultations.intake.actions import requester
from consultations.intake.conversation import (
    as_told,
    conversation,
    files_for_requester,
    split_off,
    state_sentence,
)
from consultations.intake.corrections import correction
from consultations.intake.forms.public import AskForm, ReplyForm
from consultations.intake.forms.rating import rating_part
from consultations.intake.similar import offers_to
from consultations.models import ContactFile, SupportRequest, Topic
from consultations.requests import emails, form_keys
from core.files import attachments
from core.links import views as links
from core.outbox import mail
from core.views import limits
from core.views.verbs import UNPROCESSABLE, run_verb, template_page
from municipalities.places.picker import matches

# Which form this browser sent last, and a digest of what was in it.
ASKED_COOKIE = "__Host-asked" if settings.SECURE else "asked"


# Asking -------------------------------------------------------------------------


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
    if first:
        return _correct(request, form, first)
    if not form.is_valid():
        return _ask_page(request, form, UNPROCESSABLE)
    first = _sent_before(request, form)
    if first:
        return _to_received(first, "again")
    clean = form.cleaned_data
    if not clean["offers_seen"] and form.offer(offers_to(request, clean["subject"])):
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
        to=lambda case: _remember(_to_received(case), form),
        show=partial(_ask_page, request, form),
        form=form,
    )


def _correct(request: HttpRequest, form: AskForm, first: SupportRequest) -> HttpResponse:
    """Add what was changed in a form that was received to its request, or say that nothing was."""
    if not form.is_valid() or _sent_before(request, form) == first:
        return _to_received(first, "again")
    text, clean = correction(form, first), form.cleaned_data
    if not text or not limits.take(f"reply:{first.pk}", request, settings.REPLIES_PER_HOUR):
        return _to_received(first, "again")
    once = form_keys.key_of_changed(clean["idempotency_key"], text)
    return run_verb(
        request,
        lambda: requester.reply(first, text=text, files=clean["files"], by=None, idempotency_key=once),
        to=lambda _contact: _to_received(first, "corrected"),
        show=lambda **_said: _to_received(first, "again"),
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
    """Return what the page that led here has chosen already: ?topic= ?kind= ?municipality=."""
    wanted = request.GET
    municipality = wanted.get("municipality", "").replace("\x00", "")
    found = matches(municipality) if municipality else []
    return {
        "topic": next((topic for topic in Topic.objects.all() if topic.slug == wanted.get("topic")), None),
        "requester_kind": wanted.get("kind", ""),
        "municipality": found[0] if len(found) == 1 and found[0].dissolved_on is None else None,
    }


def _to_received(case: SupportRequest, told: str = "") -> HttpResponse:
    address = reverse("request-received", args=[case.link_token])
    return redirect(f"{address}?{told}=1" if told else address)


# Behind the private link --------------------------------------------------------


behind_link = links.behind_link(
    lambda: SupportRequest.objects.select_related(
        "requester", "municipality__region", "topic", "follows", "rating"
    )
)


@public
@require_safe
@behind_link
def received(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """What follows a form that was accepted: the reference, what happens next, the private link."""
    context = {
        "case": case,
        "link": mail.absolute(case.get_link()),
        "is_again": "again" in request.GET,
        "is_corrected": "corrected" in request.GET,
        "has_receipt": emails.was_receipt_written(case),
    }
    return render(request, "consultations/intake/received.html", context)


@public
@behind_link
def requester_page(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """The conversation, and a box to reply in."""
    if request.method == "POST":
        return _reply(request, case)
    return _requester_page(request, case, ReplyForm())


def _reply(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    first = requester.find_reply(case, form_keys.sent_key(request.POST))
    form = ReplyForm(request.POST, request.FILES)
    if first and form.says_no_more_than(first):
        return _after_reply(case, first.request)
    if not form.is_valid():
        return _requester_page(request, case, form, UNPROCESSABLE)
    if not limits.take(f"reply:{case.pk}", request, settings.REPLIES_PER_HOUR):
        form.add_error(None, _("You have written many times in the last hour. Please try it later."))
        return _requester_page(request, case, form, status=429)
    return run_verb(
        request,
        lambda: requester.reply(case, by=None, **form.to_reply(first)),
        to=lambda contact: _after_reply(case, contact.request),
        show=partial(_requester_page, request, case, form),
        form=form,
    )


def _after_reply(case: SupportRequest, written_on: SupportRequest) -> HttpResponse:
    if written_on.pk not in (case.pk, case.survivor().pk):
        return _to_received(written_on)
    return redirect(f"{case.get_link()}?sent=1#conversation")


def _requester_page(
    request: HttpRequest, case: SupportRequest, form: ReplyForm, status: int = 200
) -> HttpResponse:
    # What was merged is read where it is now, under the address that was given for it.
    current = case.survivor()
    as_told(current)
    said = conversation(
        current, file_url=lambda file: reverse("request-file", args=[case.link_token, file.pk])
    )
    context = {
        "case": case,
        "current": current,
        "sentence": state_sentence(current),
        "said": said,
        "form": form,
        "is_sent": "sent" in request.GET,
        "against_replying": requester.reasons_against_replying(current),
        "begins_anew": requester.begins_anew(current),
        "parts": split_off(case),
        "can_withdraw": not requester.reasons_against_withdrawing(current),
        "can_ask_deletion": not requester.reasons_against_asking_deletion(current),
        **rating_part(
            case, reverse("request-rating", args=[case.link_token]), is_rated="rated" in request.GET
        ),
    }
    return render(request, "consultations/intake/request.html", context, status=status)


@public
@require_safe
@behind_link
def request_file(request: HttpRequest, case: SupportRequest, pk: int) -> HttpResponseBase:
    """One file of the conversation."""
    found: ContactFile = get_object_or_404(files_for_requester(case.survivor()), pk=pk)
    return attachments.serve(found.attachment, request)


@public
@behind_link
def withdraw(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """Ask whether the request is really to be withdrawn, and do it."""
    reasons = requester.reasons_against_withdrawing(case.survivor())
    show = template_page(request, "consultations/intake/withdraw.html", {"case": case, "reasons": reasons})
    verb = partial(requester.withdraw, case, by=None)
    return run_verb(request, verb, to=case.get_link(), show=show)


@public
@behind_link
def ask_deletion(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """Ask whether deletion is really wanted, and note the wish."""
    reasons = requester.reasons_against_asking_deletion(case.survivor())
    show = template_page(request, "consultations/intake/deletion.html", {"case": case, "reasons": reasons})
    verb = partial(requester.ask_deletion, case, by=None)
    return run_verb(request, verb, to=case.get_link(), show=show)
