"""Programmes of municipalities at the desk."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.views.paging import page_of
from municipalities.models import Programme
from municipalities.places.queries import municipality_of
from municipalities.programmes.views import pages, phases
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
    row = municipality_of(slug)
    return pages.new(request, DESK, row)


def _of_programme(page: pages.Page) -> Any:
    """Return the desk's view of a page of one programme."""

    def view(request: UserRequest, slug: str, pk: int, **more: int) -> HttpResponse:
        return page(request, DESK, pages.programme_of(request, pk, municipality__slug=slug), **more)

    return view


programme = requires(Permission.VIEW_DESK)(require_safe(_of_programme(pages.show)))
edit = requires(Permission.EDIT_MUNICIPALITY)(_of_programme(pages.edit))
discard = requires(Permission.EDIT_MUNICIPALITY)(_of_programme(pages.discard))
publish = requires(Permission.EDIT_MUNICIPALITY)(require_POST(_of_programme(pages.publish)))
unpublish = requires(Permission.EDIT_MUNICIPALITY)(_of_programme(pages.unpublish))
new_phase = requires(Permission.EDIT_MUNICIPALITY)(_of_programme(phases.new))
phase = requires(Permission.EDIT_MUNICIPALITY)(_of_programme(phases.change))
remove_phase = requires(Permission.EDIT_MUNICIPALITY)(_of_programme(phases.remove))
