"""The palette of the desk: one field from which one goes anywhere."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from shsp.palette import offers_for

LONGEST = 200


@requires(Permission.VIEW_REQUESTS)
@require_safe
def palette(request: UserRequest) -> HttpResponse:
    """What the words in the address find: a page, or for a script only the offers."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    context = {"asked": asked, "offers": offers_for(asked, request.user)}
    is_script = request.headers.get("X-Requested-With") == "fetch"
    return render(request, "search/palette_offers.html" if is_script else "search/palette.html", context)
