"""How a municipal office is reached, at the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.access import requires
from accounts.permissions import Permission
from municipalities.models import Municipality
from municipalities.programmes.views import office as views_office
from municipalities.programmes.views.pages import DESK


@requires(Permission.EDIT_MUNICIPALITY)
def office(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the contact of a municipal office."""
    row = get_object_or_404(Municipality.objects.select_related("region"), slug=slug)
    return views_office.page(request, DESK, row, reverse("desk-municipality", args=[row.slug]))
