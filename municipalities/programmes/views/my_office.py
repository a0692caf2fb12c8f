"""How one's own municipal office is reached."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from municipalities.places.queries import own_municipalities
from municipalities.programmes.views import office as views_office
from municipalities.programmes.views.pages import MY


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def office(request: UserRequest) -> HttpResponse:
    """Write the contact of the office; `?municipality=` says of which one."""
    own, chosen = own_municipalities(request)
    if chosen is None:
        return render(request, "municipalities/programmes/nobody.html")
    return views_office.page(request, MY, chosen, f"{reverse('my-office')}?municipality={chosen.slug}", own)
