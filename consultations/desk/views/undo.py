"""Taking back what was sent a moment ago."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from consultations.models import Contact, SupportRequest
from consultations.requests.actions.undo import undo_answer
from core.states import Conflict, Refused


@requires(Permission.ANSWER_REQUEST)
@require_POST
def undo(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take back an answer or a question whose mail still waits, and go back to the page."""
    case = get_object_or_404(SupportRequest.objects.visible_to(request.user).with_reference(reference))
    contact = Contact.objects.filter(request=case, pk=pk).select_related("sent_as", "request").first()
    try:
        if contact is None:
            raise Refused([_("It has been taken back already.")])
        undo_answer(contact, by=request.user)
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.warning(request, reason)
    except Conflict:
        messages.warning(request, _("Somebody else has changed the request meanwhile. Look at it again."))
    else:
        messages.success(request, _("It is taken back. The text is your draft again; add the files anew."))
    return redirect(f"{case.get_desk_url()}#words")
