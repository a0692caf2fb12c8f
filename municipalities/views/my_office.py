"""How one's own municipal office is reached."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import requires
from accounts.permissions import Permission
from municipalities.views import office_page
from municipalities.views.programme_pages import MY
from municipalities.views.shown import own_municipalities


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def office(request: HttpRequest) -> HttpResponse:
    """Write the contact of the office; `?municipality=` says of which one."""
    own, chosen = own_municipalities(request)
    if chosen is None:
        return render(request, "municipalities/programmes/nobody.html")
    return office_page.page(request, MY, chosen, f"{reverse('my-office')}?municipality={chosen.slug}", own)
