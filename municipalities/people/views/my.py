"""Who speaks for one's municipality, now and before."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.paging import page_of
from municipalities.people.queries import people_now, people_once
from municipalities.places.queries import own_municipalities


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def people(request: UserRequest) -> HttpResponse:
    """Show who speaks for one of one's municipalities, and who did before; `?municipality=` says which."""
    own, chosen = own_municipalities(request)
    context: dict[str, Any] = {"municipalities": own, "municipality": chosen}
    if chosen:
        context |= {"now": people_now(chosen), "once": page_of(people_once(chosen), request, order="ends_on")}
    return render(request, "municipalities/people/my_people.html", context)
