"""What officials see of the municipalities that they speak for."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.loading.sources import Sources
from municipalities.places import profile
from municipalities.places.queries import own_municipalities
from municipalities.places.successions import turns_of
from municipalities.timeline.page import timeline_context


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def my_timeline(request: UserRequest) -> HttpResponse:
    """Show everything with one of one's municipalities in order; `?municipality=` says which."""
    own, chosen = own_municipalities(request)
    context: dict[str, Any] = {"municipalities": own, "municipality": chosen}
    if chosen:
        context |= {
            "facts": [*profile.place_facts(chosen), profile.population_fact(chosen)],
            "sources": Sources(),
            "turns": turns_of(chosen, request.user),
            **timeline_context(chosen, request),
        }
    return render(request, "municipalities/timeline/my_timeline.html", context)
