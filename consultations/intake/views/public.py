"""Asking, and the requester's own page behind the private link. Nobody here has an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
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
from consultations.intake.forms.public import AskForm, ReplyForm
from consultations.intake.forms.rating import rating_part
from consultations.intake.similar import offers_to
from consultations.models import ContactFile, SupportRequest, Topic
from consultations.requests import emails, form_keys
from core.files import attachments
from core.outbox import mail
from core.states import Refused
from core.views import limits
from municipalities.places.picker import matches

View = Callable[..., HttpResponse]

# Which form this browser sent last, and a digest of what was in it.
ASKED_COOKIE = "__Host-asked" if settings.SECURE else "asked"

# An address that holds a secret is not kept, not found by search engines, and not told to other sites.
# "no-referrer" would be stricter still, but then browsers send forms without their origin, which is refused.
SECRET_ADDRESS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "same-origin",
}


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
    key = form_keys.read_key(request.POST.get("idempotency_key", ""))
    first = requester.find_received(key.value) if key else None
    if first:
        return _to_received(first, again=True)
    form = AskForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask_page(request, form)
    first = _sent_before(request, form)
    if first:
        return _to_received(first, again=True)
    clean = form.cleaned_data
    if not clean["offers_seen"] and form.offer(offers_to(request, clean["subject"])):
        return _ask_page(request, form)
    once = clean["idempotency_key"]
    if not limits.take("ask", request, settings.ASK_PER_HOUR, once=once):
        form.refuse(_("Too many questions came from your network in the last hour. Please try it later."))
        return _ask_page(request, form, status=429)
    try:
        response = _to_received(requester.receive(form.to_intake(), by=None))
    except ValidationError as error:
        form.add_error("files", error)
        return _ask_page(request, form)
    return _remember(response, form)


def _sent_before(request: HttpRequest, form: AskForm) -> SupportRequest | None:
    """Return the request that this browser sent with the same words, under another key.

    Going back makes some browsers fetch the page, and so a new key, while they keep what was typed.
    """
    hours = settings.ASK_KEY_HOURS
    asked = request.get_signed_cookie(ASKED_COOKIE, default="", max_age=hours * 3600)
    key, _space, words = asked.partition(" ")
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


def _to_received(case: SupportRequest, *, again: bool = False) -> HttpResponse:
    address = reverse("request-received", args=[case.link_token])
    return redirect(f"{address}?again=1" if again else address)


# Behind the private link --------------------------------------------------------


def behind_link(view: View) -> View:
    """Give the view the request that the token in its address opens; a wrong one is 404, too many 429.

    The limit slows down whoever tries out links. A right link works whatever
    others in the same network do: with 256 bits it cannot be guessed.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str, **arguments: Any) -> HttpResponse:
        rows = SupportRequest.objects.select_related(
            "requester", "municipality__region", "topic", "follows", "rating"
        )
        case = rows.behind_link(token).first()
        if case is None:
            return wrong_link(request)
        response = view(request, case, **arguments)
        for name, value in SECRET_ADDRESS.items():
            response.headers[name] = value
        return response

    return opened


def wrong_link(request: HttpRequest) -> HttpResponse:
    """Answer an address whose secret opens nothing: raise Http404, or 429 to whoever tries out many."""
    if not limits.take("link", request, settings.LINK_TRIES_PER_HOUR):
        return render(request, "429.html", status=429)
    raise Http404


@public
@require_safe
@behind_link
def received(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """What follows a form that was accepted: the reference, what happens next, the private link."""
    context = {
        "case": case,
        "link": mail.absolute(case.get_link()),
        "is_again": "again" in request.GET,
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
    key = form_keys.read_key(request.POST.get("idempotency_key", ""))
    first = requester.find_reply(case, key.value) if key else None
    if first:
        return _after_reply(case, first.request)
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _requester_page(request, case, form)
    if not limits.take(f"reply:{case.pk}", request, settings.REPLIES_PER_HOUR):
        form.refuse(_("You have written many times in the last hour. Please try it later."))
        return _requester_page(request, case, form, status=429)
    try:
        contact = requester.reply(case, by=None, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("files", error)
        return _requester_page(request, case, form)
    except Refused as refused:
        form.refuse(str(refused))
        return _requester_page(request, case, form, status=409)
    return _after_reply(case, contact.request)


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
def request_file(request: HttpRequest, case: SupportRequest, pk: int) -> HttpResponse:
    """One file of the conversation."""
    found: ContactFile = get_object_or_404(files_for_requester(case.survivor()), pk=pk)
    return attachments.serve(found.attachment, request)


@public
@behind_link
def withdraw(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """Ask whether the request is really to be withdrawn, and do it."""
    return _confirm(
        request,
        case,
        "consultations/intake/withdraw.html",
        requester.reasons_against_withdrawing(case.survivor()),
        lambda: requester.withdraw(case, by=None),
    )


@public
@behind_link
def ask_deletion(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """Ask whether deletion is really wanted, and note the wish."""
    return _confirm(
        request,
        case,
        "consultations/intake/deletion.html",
        requester.reasons_against_asking_deletion(case.survivor()),
        lambda: requester.ask_deletion(case, by=None),
    )


def _confirm(
    request: HttpRequest, case: SupportRequest, template: str, reasons: list[str], do: Callable[[], None]
) -> HttpResponse:
    if request.method == "POST":
        try:
            do()
        except Refused as refused:
            reasons = refused.reasons
        else:
            return redirect(case.get_link())
    context = {"case": case, "reasons": reasons}
    status = 409 if request.method == "POST" else 200
    return render(request, template, context, status=status)
