"""Programmes of one's own municipality."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from municipalities.models import Programme
from municipalities.places.queries import own_municipalities
from municipalities.programmes.actions import programmes as actions
from municipalities.programmes.views import pages, phases
from municipalities.programmes.views.pages import MY

# More than any municipality has.
MOST = 50


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Show the programmes of one of one's municipalities; `?municipality=` says which."""
    own, chosen = own_municipalities(request)
    rows = Programme.objects.visible_to(request.user).filter(municipality=chosen).in_order()[:MOST]
    context = {"municipalities": own, "municipality": chosen, "programmes": list(rows) if chosen else []}
    return render(request, "municipalities/programmes/my_list.html", context)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a programme of one's municipality."""
    _own, chosen = own_municipalities(request)
    if chosen is None:
        raise Http404
    return pages.new(request, MY, chosen)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_safe
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how one programme stands."""
    return pages.show(request, MY, pages.programme_of(request, pk))


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on a programme."""
    return pages.edit(request, MY, pages.programme_of(request, pk))


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    return pages.discard(request, MY, pages.programme_of(request, pk))


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the Contact Centre to make a programme public."""
    row = pages.programme_of(request, pk)
    return pages.do(
        request,
        MY,
        row,
        lambda seen: actions.ask_publishing(row, version=seen, by=request.user),
        _("The Contact Centre is asked. When the programme is public, we write to you."),
    )


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the wish for publishing back."""
    row = pages.programme_of(request, pk)
    return pages.do(
        request,
        MY,
        row,
        lambda seen: actions.take_back_asking(row, version=seen, by=request.user),
        _("You no longer ask for publishing."),
    )


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def new_phase(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a phase."""
    return phases.new(request, MY, pages.programme_of(request, pk))


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def phase(request: HttpRequest, pk: int, phase: int) -> HttpResponse:
    """Change a phase."""
    return phases.change(request, MY, pages.programme_of(request, pk), phase)


@requires(Permission.SPEAK_FOR_MUNICIPALITY)
def remove_phase(request: HttpRequest, pk: int, phase: int) -> HttpResponse:
    """Take a phase out."""
    return phases.remove(request, MY, pages.programme_of(request, pk), phase)
