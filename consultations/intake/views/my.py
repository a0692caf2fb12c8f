"""The officials' own pages: what they have asked for their municipality."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.choices import State
from consultations.intake.actions import requester
from consultations.intake.conversation import (
    as_told,
    conversation,
    files_for_requester,
    split_off,
    state_sentence,
)
from consultations.intake.corrections import correction
from consultations.intake.forms.my import RequestFilterForm
from consultations.intake.forms.public import OfficialAskForm, ReplyForm
from consultations.intake.forms.rating import rating_part
from consultations.intake.similar import offers_to
from consultations.models import SupportRequest
from consultations.requests import form_keys
from core.files import attachments
from core.views.paging import page_of
from core.views.verbs import UNPROCESSABLE, run_verb, template_page
from municipalities import hooks
from municipalities.models import Municipality
from municipalities.places.successions import reasons_against_choosing, told_of_gone

LATEST = 5


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def overview(request: UserRequest) -> HttpResponse:
    """What waits for us, what is new, and for which municipalities one speaks."""
    rows = SupportRequest.objects.visible_to(request.user).for_list().order_by("-pk")
    municipalities = list(Municipality.objects.spoken_for_by(request.user).for_list())
    waiting, latest = list(rows.filter(state=State.WAITING_REQUESTER)[:LATEST]), list(rows[:LATEST])
    as_told(*waiting, *latest)
    context = {
        "municipalities": municipalities,
        "gone": [reason for row in municipalities for reason in reasons_against_choosing(row)],
        "tasks": hooks.tasks_of(request.user, municipalities),
        "waiting": [row for row in waiting if row.state == State.WAITING_REQUESTER],
        "latest": latest,
    }
    return render(request, "consultations/intake/my/overview.html", context)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def requests(request: UserRequest) -> HttpResponse:
    """The requests of one's municipalities, newest first."""
    form = RequestFilterForm(request.GET)
    rows = form.chosen(SupportRequest.objects.visible_to(request.user).for_list().order_by("-pk"))
    page = page_of(rows, request)
    as_told(*page.items)
    return render(request, "consultations/intake/my/requests.html", {"form": form, "page": page})


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def ask(request: UserRequest) -> HttpResponse:
    """The form for one's own municipality."""
    if request.method == "POST":
        return _receive(request)
    return _ask_page(request, OfficialAskForm(user=request.user))


def _receive(request: UserRequest) -> HttpResponse:
    first = requester.find_received(form_keys.sent_key(request.POST))
    form = OfficialAskForm(request.POST, request.FILES, user=request.user)
    if first:
        return _correct(request, form, first)
    if not form.is_valid():
        return _ask_page(request, form, UNPROCESSABLE)
    clean = form.cleaned_data
    if not clean["offers_seen"] and form.offer(offers_to(request, clean["subject"])):
        return _ask_page(request, form)
    return run_verb(
        request,
        lambda: requester.receive(form.to_intake(), by=request.user),
        to=lambda case: f"{case.get_my_url()}?received=1",
        show=partial(_ask_page, request, form),
        form=form,
    )


def _correct(request: UserRequest, form: OfficialAskForm, first: SupportRequest) -> HttpResponse:
    """Add what was changed in a form that was received to its request, as far as that takes it."""
    text = correction(form, first) if form.is_valid() else ""
    if not text:
        return redirect(f"{first.get_my_url()}?again=1")
    once = form_keys.key_of_changed(form.cleaned_data["idempotency_key"], text)
    files = form.cleaned_data["files"]
    return run_verb(
        request,
        lambda: requester.reply(first, text=text, files=files, by=request.user, idempotency_key=once),
        to=f"{first.get_my_url()}?corrected=1",
        show=lambda **_said: redirect(f"{first.get_my_url()}?again=1"),
        form=form,
    )


def _ask_page(request: UserRequest, form: OfficialAskForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "speaks_for_nobody": not form.fields["municipality"].queryset.exists(),
        "gone": told_of_gone(request.user),
    }
    return render(request, "consultations/intake/my/ask.html", context, status=status)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def request_page(request: UserRequest, reference: str) -> HttpResponse:
    """One request: how it is going, what was said, and a box to reply in."""
    case = _case(request, reference)
    if request.method == "POST":
        return _reply(request, case)
    return _request_page(request, case, ReplyForm())


def _reply(request: UserRequest, case: SupportRequest) -> HttpResponse:
    first = requester.find_reply(case, form_keys.sent_key(request.POST))
    form = ReplyForm(request.POST, request.FILES)
    if first and form.says_no_more_than(first):
        return redirect(f"{first.request.get_my_url()}?sent=1")
    return run_verb(
        request,
        lambda: requester.reply(case, by=request.user, **form.to_reply(first)),
        to=lambda contact: f"{contact.request.get_my_url()}?sent=1",
        show=partial(_request_page, request, case, form),
        form=form,
    )


def _request_page(
    request: UserRequest, case: SupportRequest, form: ReplyForm, status: int = 200
) -> HttpResponse:
    current = case.survivor()
    as_told(current)

    def file_url(file: Any) -> str:
        return reverse("my-request-file", args=[case.reference, file.pk])

    context = {
        "case": case,
        "current": current,
        "sentence": state_sentence(current),
        "said": conversation(current, file_url=file_url, reader=request.user),
        "form": form,
        "is_sent": "sent" in request.GET,
        "is_received": "received" in request.GET,
        "is_again": "again" in request.GET,
        "is_corrected": "corrected" in request.GET,
        "against_replying": requester.reasons_against_replying(current),
        "begins_anew": requester.begins_anew(current),
        "parts": split_off(case, reader=request.user),
        "can_withdraw": not requester.reasons_against_withdrawing(current),
        **rating_part(
            case, reverse("my-request-rating", args=[case.reference]), is_rated="rated" in request.GET
        ),
    }
    return render(request, "consultations/intake/my/request.html", context, status=status)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def withdraw(request: UserRequest, reference: str) -> HttpResponse:
    """Ask whether the request is really to be withdrawn, and do it."""
    case = _case(request, reference)
    reasons = requester.reasons_against_withdrawing(case.survivor())
    context = {"case": case, "reasons": reasons}
    show = template_page(request, "consultations/intake/my/withdraw.html", context)
    verb = partial(requester.withdraw, case, by=request.user)
    return run_verb(request, verb, to=case.get_my_url(), show=show)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def request_file(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """One file of the conversation."""
    found = get_object_or_404(files_for_requester(_case(request, reference).survivor()), pk=pk)
    return attachments.serve(found.attachment, request)


def _case(request: UserRequest, reference: str) -> SupportRequest:
    rows = SupportRequest.objects.visible_to(request.user).with_reference(reference)
    return get_object_or_404(
        rows.select_related("requester", "municipality__region", "topic", "follows", "rating")
    )
