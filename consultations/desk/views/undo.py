"""Taking back what was sent a moment ago."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.models import Contact, SupportRequest
from consultations.requests.actions.undo import undo_answer
from core.states import Refused
from core.views.verbs import back_to, run_verb


@requires(Permission.ANSWER_REQUEST)
@require_POST
def undo(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Take back an answer or a question whose mail still waits, and go back to the page."""
    case = get_object_or_404(SupportRequest.objects.visible_to(request.user).with_reference(reference))
    contact = Contact.objects.filter(request=case, pk=pk).select_related("sent_as", "request").first()

    def verb() -> None:
        if contact is None:
            raise Refused([_("It has been taken back already.")])
        undo_answer(contact, by=request.user)

    page = f"{case.get_desk_url()}#words"
    return run_verb(
        request,
        verb,
        to=page,
        show=back_to(request, page, level=messages.WARNING),
        done=_("It is taken back. The text is your draft again; add the files anew."),
        changed=_("Somebody else has changed the request meanwhile. Look at it again."),
    )
