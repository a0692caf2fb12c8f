"""The outbox on the desk: what was sent, what waits, what failed."""

import re
from collections.abc import Sequence
from functools import partial

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.outbox import mail
from core.outbox.mail import OutgoingMail, State
from core.views.paging import page_of
from core.views.verbs import run_verb

ADDRESS = re.compile(r"(https?://[^/\s]+)/\S*")


class OutboxFilter(forms.Form):
    """Which messages to list."""

    choices = [("", gettext_lazy("all messages")), *State.choices]
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=choices)


@requires(Permission.VIEW_OUTBOX)
@require_safe
def outbox(request: UserRequest) -> HttpResponse:
    """All messages, newest first."""
    form = OutboxFilter(request.GET)
    rows = OutgoingMail.objects.for_list()
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    context = {"form": form, "page": page_of(rows, request), "all_to": settings.MAIL_ALL_TO}
    return render(request, "outbox/list.html", context)


@requires(Permission.VIEW_OUTBOX)
@require_safe
def message(request: UserRequest, pk: int) -> HttpResponse:
    """One message: how its sending went, and its text for those who read requests."""
    found = get_object_or_404(OutgoingMail, pk=pk)
    return render(request, "outbox/message.html", _context(request, found))


@requires(Permission.RESEND_MAIL)
@require_POST
def send_again(request: UserRequest, pk: int) -> HttpResponse:
    """Put a message that failed back into the queue."""
    found = get_object_or_404(OutgoingMail, pk=pk)

    def show(*, reasons: list[str], status: int) -> HttpResponse:
        found.refresh_from_db()
        return render(request, "outbox/message.html", _context(request, found, reasons), status=status)

    return run_verb(
        request,
        partial(mail.send_again, found, by=request.user),
        to=reverse("outbox-message", args=[pk]),
        show=show,
        done=_("The message is in the queue again."),
        changed=_("Somebody was quicker."),
    )


def _context(request: UserRequest, found: OutgoingMail, refused: Sequence[str] = ()) -> dict[str, object]:
    user, reasons = request.user, mail.reasons_against_sending_again(found, by=request.user)
    return {
        "mail": found,
        "text": without_links(found.text) if user.has(Permission.VIEW_REQUESTS) else "",
        "may_resend": user.has(Permission.RESEND_MAIL) and not reasons,
        "refused": refused,
    }


def without_links(text: str) -> str:
    """Cut the addresses in a message down to their host: behind many of them one needs no other key."""
    return ADDRESS.sub(r"\1/…", text)
