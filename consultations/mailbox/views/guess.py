"""The municipality that a sender's address suggests: confirmed or dropped by one button."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.models import SupportRequest
from consultations.requests.actions import details
from core.views.verbs import back_to, run_verb


@requires(Permission.ANSWER_REQUEST)
@require_POST
def confirm(request: UserRequest, reference: str) -> HttpResponse:
    """Make the guess the request's municipality."""
    return _decide(request, reference, details.confirm_guess, _("The municipality is confirmed."))


@requires(Permission.ANSWER_REQUEST)
@require_POST
def drop(request: UserRequest, reference: str) -> HttpResponse:
    """Forget the guess."""
    return _decide(request, reference, details.drop_guess, _("The guess is forgotten."))


def _decide(request: UserRequest, reference: str, verb: Callable[..., None], done: str) -> HttpResponse:
    visible = SupportRequest.objects.visible_to(request.user).select_related("guessed_municipality")
    case = get_object_or_404(visible.with_reference(reference))
    return run_verb(
        request,
        partial(verb, case, by=request.user),
        to=case.get_desk_url(),
        show=back_to(request, case.get_desk_url()),
        done=done,
        changed=_("Somebody else has changed the request meanwhile."),
    )
