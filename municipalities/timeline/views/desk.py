"""The desk's pages of municipalities."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, requires
from accounts.permissions import Permission
from core.loading.sources import Sources
from municipalities import hooks
from municipalities.models import Programme
from municipalities.people.actions import memberships as actions
from municipalities.people.queries import people_now, people_once
from municipalities.places import profile
from municipalities.places.filters import DeskMunicipalityFilter
from municipalities.places.offices.queries import offices_near
from municipalities.places.queries import for_desk, municipality_of, open_invitations, register_page
from municipalities.places.successions import turns_of
from municipalities.timeline.page import timeline_context

# Of those who spoke for a municipality before.
SHOWN = 30


@requires(Permission.VIEW_DESK)
@require_safe
def municipalities(request: UserRequest) -> HttpResponse:
    """Show the register with the number of people who speak for each municipality."""
    found = DeskMunicipalityFilter(request.GET, queryset=for_desk())
    asked = Programme.objects.visible_to(request.user).asked().count()
    context = {"filter": found, "page": register_page(found.qs, request), "asked": asked}
    return render(request, "municipalities/timeline/desk_list.html", context)


@requires(Permission.VIEW_DESK)
@require_safe
def municipality(request: UserRequest, slug: str) -> HttpResponse:
    """Show everything with one municipality in order, its facts and its people."""
    row = municipality_of(slug)
    context = {
        "municipality": row,
        "facts": [*profile.place_facts(row), profile.population_fact(row)],
        "codes": profile.place_codes(row),
        "office": profile.office_facts(row),
        "sources": Sources(),
        "near": offices_near(row),
        "programmes": list(Programme.objects.visible_to(request.user).filter(municipality=row).in_order()),
        "may_edit": request.user.has(Permission.EDIT_MUNICIPALITY),
        "people": [*people_now(row), *people_once(row)[:SHOWN]],
        "invitations": open_invitations(row),
        "may_invite": request.user.has(Permission.INVITE_USER),
        "reasons": actions.reasons_against_managing(by=request.user),
        "against_adding": actions.reasons_against_new_people(row, by=request.user),
        "help": hooks.part_of("help", row),
        "turns": turns_of(row, request.user),
        **timeline_context(row, request),
    }
    return render(request, "municipalities/timeline/desk_municipality.html", context)
