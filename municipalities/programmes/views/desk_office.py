"""How a municipal office is reached, at the desk."""

from django.http import HttpResponse
from django.urls import reverse

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from municipalities.places.queries import municipality_of
from municipalities.programmes.views import office as views_office
from municipalities.programmes.views.pages import DESK


@requires(Permission.EDIT_MUNICIPALITY)
def office(request: UserRequest, slug: str) -> HttpResponse:
    """Write the contact of a municipal office."""
    row = municipality_of(slug)
    return views_office.page(request, DESK, row, reverse("desk-municipality", args=[row.slug]))
