"""Programmes and the office of one's own municipality."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from municipalities.models import Programme
from municipalities.places.queries import own_municipalities
from municipalities.programmes.views import pages
from municipalities.programmes.views.office import office_page
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


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def office(request: UserRequest) -> HttpResponse:
    """Write the contact of the office; `?municipality=` says of which one."""
    own, chosen = own_municipalities(request)
    if chosen is None:
        return render(request, "municipalities/programmes/nobody.html")
    return office_page(request, MY, chosen, f"{reverse('my-office')}?municipality={chosen.slug}", own)
