"""Writing down a call, visit or letter with which a request begins."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from consultations.choices import State
from consultations.intake.actions.log import log_request
from consultations.intake.actions.requester import find_received
from consultations.intake.corrections import correction
from consultations.intake.forms.log import LogForm, ReachForm
from consultations.models import SupportRequest
from consultations.requests import form_keys
from core.states import Refused
from core.views.verbs import UNPROCESSABLE

# What was sent could not be done as it stands.


@requires(Permission.LOG_REQUEST)
def log(request: HttpRequest) -> HttpResponse:
    """One screen for a whole call."""
    if request.method == "POST":
        return _save(request)
    return _page(request, LogForm(reader=request.user))


def _save(request: HttpRequest) -> HttpResponse:
    key = form_keys.read_key(request.POST.get("idempotency_key", ""))
    first = find_received(key.value) if key else None
    form = LogForm(request.POST, request.FILES, reader=request.user)
    if first and form.is_valid() and correction(form, first):
        messages.warning(request, _("What you have changed since then is not in it: write it into a note."))
    if first:
        return _to(request, first)
    if not form.is_valid():
        return _page(request, form, UNPROCESSABLE)
    clean = form.cleaned_data
    try:
        case = log_request(
            form.to_intake(),
            said=clean["said"],
            is_answered=clean["answered"],
            by=request.user,
        )
    except Refused as refusal:
        form.refuse(" ".join(refusal.reasons))
    except ValidationError as error:
        form.add_error("files", error)
    else:
        return _to(request, case)
    return _page(request, form, UNPROCESSABLE)


def _to(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    if case.state == State.ANSWERED:
        messages.success(
            request, _("%(reference)s is written down and answered.") % {"reference": case.reference}
        )
    else:
        messages.success(request, _("%(reference)s is written down.") % {"reference": case.reference})
    return redirect(case.get_desk_url())


def _page(request: HttpRequest, form: LogForm, status: int = 200) -> HttpResponse:
    return render(request, "consultations/intake/desk/log.html", {"form": form}, status=status)


@require_POST
@requires(Permission.LOG_REQUEST)
def log_people(request: HttpRequest) -> HttpResponse:
    """Offer the people whom a typed address or number belongs to, while the form is being filled in."""
    form = LogForm(reader=request.user)
    form.offer(ReachForm(request.POST).known())
    return render(request, "consultations/intake/desk/log_people.html", {"form": form, "known": form.known})
