"""The municipality that a sender's address suggests: confirmed or dropped by one button."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, View, requires
from accounts.permissions import Permission
from consultations.models import SupportRequest
from consultations.requests.actions import details
from core.views.verbs import back_to, run_verb


def _view_of(verb: Callable[..., None], done: Promise) -> View:
    @requires(Permission.ANSWER_REQUEST)
    @require_POST
    def view(request: UserRequest, reference: str) -> HttpResponse:
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

    return view


confirm = _view_of(details.confirm_guess, _("The municipality is confirmed."))
drop = _view_of(details.drop_guess, _("The guess is forgotten."))
