"""Programmes and offices of municipalities at the desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.paging import page_of
from municipalities.models import Programme
from municipalities.places.queries import municipality_of
from municipalities.programmes.views import pages
from municipalities.programmes.views.office import office_page
from municipalities.programmes.views.pages import DESK


@requires(Permission.VIEW_DESK)
@require_safe
def asked(request: UserRequest) -> HttpResponse:
    """Programmes that officials ask to be made public, the newest wish first."""
    page = page_of(Programme.objects.visible_to(request.user).asked(), request, order="publish_asked_at")
    return render(request, "municipalities/programmes/desk_asked.html", {"page": page})


@requires(Permission.EDIT_MUNICIPALITY)
def new(request: UserRequest, slug: str) -> HttpResponse:
    """Begin a programme of a municipality."""
    return pages.new(request, DESK, municipality_of(slug))


@requires(Permission.EDIT_MUNICIPALITY)
def office(request: UserRequest, slug: str) -> HttpResponse:
    """Write the contact of a municipal office."""
    row = municipality_of(slug)
    return office_page(request, DESK, row, reverse("desk-municipality", args=[row.slug]))
