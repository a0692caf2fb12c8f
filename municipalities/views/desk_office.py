"""How a municipal office is reached, at the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.access import requires
from accounts.permissions import Permission
from municipalities.models import Municipality
from municipalities.views import office_page
from municipalities.views.programme_pages import DESK


@requires(Permission.EDIT_MUNICIPALITY)
def office(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the contact of a municipal office."""
    row = get_object_or_404(Municipality.objects.select_related("region"), slug=slug)
    return office_page.page(request, DESK, row, reverse("desk-municipality", args=[row.slug]))
