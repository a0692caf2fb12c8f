"""What is like a request: fetched by its page when it stands already, and a page of its own."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from consultations.intake.similar import Alike
from consultations.models import SupportRequest
from consultations.prepared.insertions import summary_for


@requires(Permission.VIEW_REQUESTS)
@require_safe
def similar(request: UserRequest, reference: str) -> HttpResponse:
    """Past requests, published answers and the municipality's last contacts; a part of the request's page."""
    rows = SupportRequest.objects.visible_to(request.user).select_related("municipality")
    case = get_object_or_404(rows.with_reference(reference))
    alike = Alike(case, reader=request.user)
    may_answer = request.user.has(Permission.ANSWER_REQUEST)
    answers = [(edition, summary_for(case, edition) if may_answer else None) for edition in alike.answers]
    context = {"case": case, "alike": alike, "answers": answers}
    if request.htmx:
        return render(request, "consultations/desk/similar.html", context)
    return render(request, "consultations/desk/similar_page.html", context)
