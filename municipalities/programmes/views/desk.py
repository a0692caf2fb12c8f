"""Programmes of municipalities at the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.views.paging import page_of
from municipalities.models import Municipality, Programme
from municipalities.programmes.actions import programmes as actions
from municipalities.programmes.views import pages, phases
from municipalities.programmes.views.pages import DESK


def _programme(request: HttpRequest, slug: str, pk: int) -> Programme:
    return pages.programme_of(request, pk, municipality__slug=slug)


@requires(Permission.VIEW_DESK)
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Programmes that officials ask to be made public, the newest wish first."""
    page = page_of(Programme.objects.visible_to(request.user).asked(), request, order="publish_asked_at")
    return render(request, "municipalities/programmes/desk_asked.html", {"page": page})


@requires(Permission.EDIT_MUNICIPALITY)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a programme of a municipality."""
    row = get_object_or_404(Municipality.objects.select_related("region"), slug=slug)
    return pages.new(request, DESK, row)


@requires(Permission.VIEW_DESK)
@require_safe
def programme(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show how one programme stands."""
    return pages.show(request, DESK, _programme(request, slug, pk))


@requires(Permission.EDIT_MUNICIPALITY)
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write on a programme."""
    return pages.edit(request, DESK, _programme(request, slug, pk))


@requires(Permission.EDIT_MUNICIPALITY)
def discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Throw a draft away."""
    return pages.discard(request, DESK, _programme(request, slug, pk))


@requires(Permission.EDIT_MUNICIPALITY)
@require_POST
def publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make a programme public."""
    row = _programme(request, slug, pk)
    return pages.do(
        request,
        DESK,
        row,
        lambda seen: actions.publish(row, version=seen, by=request.user),
        _("The programme is public now."),
    )


@requires(Permission.EDIT_MUNICIPALITY)
def unpublish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask whether a programme is to be taken back from the public, and do it."""
    row = _programme(request, slug, pk)
    return pages.confirm(
        request,
        DESK,
        row,
        title=_("Take the programme back from the public?"),
        text=_("It goes from the municipality's page and from search at once, and stays here as a draft."),
        label=_("Take it back from the public"),
        reasons=actions.reasons_against_unpublishing(row, by=request.user),
        verb=lambda seen: actions.unpublish(row, version=seen, by=request.user),
        done=_("The programme is a draft again."),
        to=DESK.url(row),
    )


@requires(Permission.EDIT_MUNICIPALITY)
def new_phase(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Add a phase."""
    return phases.new(request, DESK, _programme(request, slug, pk))


@requires(Permission.EDIT_MUNICIPALITY)
def phase(request: HttpRequest, slug: str, pk: int, phase: int) -> HttpResponse:
    """Change a phase."""
    return phases.change(request, DESK, _programme(request, slug, pk), phase)


@requires(Permission.EDIT_MUNICIPALITY)
def remove_phase(request: HttpRequest, slug: str, pk: int, phase: int) -> HttpResponse:
    """Take a phase out."""
    return phases.remove(request, DESK, _programme(request, slug, pk), phase)
