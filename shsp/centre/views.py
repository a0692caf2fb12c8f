"""The hub of what is kept seldom."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from shsp.centre.hub import groups_for


@requires(Permission.VIEW_DESK)
@require_safe
def hub(request: UserRequest) -> HttpResponse:
    """All that can be kept here, as far as the reader may."""
    return render(request, "centre/hub.html", {"groups": list(groups_for(request.user))})
