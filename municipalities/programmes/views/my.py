"""Programmes of one's own municipality."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from municipalities.models import Programme
from municipalities.places.queries import own_municipalities
from municipalities.programmes.views import pages, phases
from municipalities.programmes.views.pages import MY

# More than any municipality has.
MOST = 50


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def programmes(request: UserRequest) -> HttpResponse:
    """Show the programmes of one of one's municipalities; `?municipality=` says which."""
    own, chosen = own_municipalities(request)
    rows = Programme.objects.visible_to(request.user).filter(municipality=chosen).in_order()[:MOST]
    context = {"municipalities": own, "municipality": chosen, "programmes": list(rows) if chosen else []}
    return render(request, "municipalities/programmes/my_list.html", context)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def new(request: UserRequest) -> HttpResponse:
    """Begin a programme of one's municipality."""
    _own, chosen = own_municipalities(request)
    if chosen is None:
        raise Http404
    return pages.new(request, MY, chosen)


def _of_programme(page: pages.Page) -> Any:
    """Return the officials' view of a page of one programme."""

    def view(request: UserRequest, pk: int, **more: int) -> HttpResponse:
        return page(request, MY, pages.programme_of(request, pk), **more)

    return view


programme = requires(Permission.SPEAK_FOR_MUNICIPALITY)(require_safe(_of_programme(pages.show)))
edit = requires(Permission.SPEAK_FOR_MUNICIPALITY)(_of_programme(pages.edit))
discard = requires(Permission.SPEAK_FOR_MUNICIPALITY)(_of_programme(pages.discard))
ask = requires(Permission.SPEAK_FOR_MUNICIPALITY)(require_POST(_of_programme(pages.ask)))
take_back = requires(Permission.SPEAK_FOR_MUNICIPALITY)(require_POST(_of_programme(pages.take_back)))
new_phase = requires(Permission.SPEAK_FOR_MUNICIPALITY)(_of_programme(phases.new))
phase = requires(Permission.SPEAK_FOR_MUNICIPALITY)(_of_programme(phases.change))
remove_phase = requires(Permission.SPEAK_FOR_MUNICIPALITY)(_of_programme(phases.remove))
