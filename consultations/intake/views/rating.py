"""Rating our help: behind the private link, and on the official's page."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import public, requires
from accounts.permissions import Permission
from consultations.intake.actions.rating import rate
from consultations.intake.forms.rating import RatingForm
from consultations.intake.views.public import behind_link
from consultations.models import SupportRequest
from core.views import limits
from core.views.verbs import run_verb


@public
@require_POST
@behind_link
def request_rating(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    """Keep what the requester says."""
    if not limits.take(f"rate:{case.pk}", request, settings.REPLIES_PER_HOUR):
        return render(request, "429.html", status=429)
    return _rate(request, case, case.get_link())


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def my_request_rating(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep what the official says."""
    rows = SupportRequest.objects.visible_to(request.user).with_reference(reference)
    case = get_object_or_404(rows)
    return _rate(request, case, case.get_my_url())


def _rate(request: HttpRequest, case: SupportRequest, page: str) -> HttpResponse:
    form = RatingForm(request.POST)
    by = request.user if request.user.is_authenticated else None
    if not form.is_valid():
        return redirect(f"{page}#rating")
    # Refused, the page says in what state the request is now, and offers what can be done.
    return run_verb(
        request,
        partial(rate, case, by=by, **form.said()),
        to=f"{page}?rated=1#rating",
        show=lambda **_why: redirect(page),
    )
