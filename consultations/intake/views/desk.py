"""Writing down a call, visit or letter with which a request begins."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.choices import State
from consultations.intake.actions.log import log_request
from consultations.intake.actions.requester import find_received
from consultations.intake.corrections import correction
from consultations.intake.forms.log import LogForm, ReachForm
from consultations.models import SupportRequest
from consultations.requests import form_keys
from core.views.verbs import run_verb, template_page


@requires(Permission.LOG_REQUEST)
def log(request: UserRequest) -> HttpResponse:
    """One screen for a whole call."""
    first = find_received(form_keys.sent_key(request.POST))
    form = LogForm(request.POST or None, request.FILES or None, reader=request.user)
    if first and form.is_valid() and correction(form, first):
        messages.warning(request, _("What you have changed since then is not in it: write it into a note."))
    if first:
        return _to(request, first)

    def verb() -> SupportRequest:
        intake, said = form.to_intake(), form.cleaned_data
        return log_request(intake, said=said["said"], is_answered=said["answered"], by=request.user)

    page = template_page(request, "consultations/intake/desk/log.html", {"form": form})
    return run_verb(request, verb, to=partial(_to, request), show=page, form=form)


def _to(request: UserRequest, case: SupportRequest) -> HttpResponse:
    if case.state == State.ANSWERED:
        messages.success(
            request, _("%(reference)s is written down and answered.") % {"reference": case.reference}
        )
    else:
        messages.success(request, _("%(reference)s is written down.") % {"reference": case.reference})
    return redirect(case.get_desk_url())


@require_POST
@requires(Permission.LOG_REQUEST)
def log_people(request: UserRequest) -> HttpResponse:
    """Offer the people whom a typed address or number belongs to, while the form is being filled in."""
    form = LogForm(reader=request.user)
    form.offer(ReachForm(request.POST).known())
    return render(request, "consultations/intake/desk/log_people.html", {"form": form, "known": form.known})
