"""The public pages of municipalities."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import public
from core.loading.sources import Sources
from municipalities import hooks
from municipalities.models import Municipality, Programme
from municipalities.places import maps, picker, profile
from municipalities.places.filters import PublicMunicipalityFilter
from municipalities.places.offices.queries import offices_near
from municipalities.places.queries import municipality_of, register_page, timeline_address
from municipalities.places.successions import turns_of


@public
@require_safe
def options(request: HttpRequest) -> HttpResponse:
    """Offer municipalities for the letters typed into a combobox, as list items."""
    offers = picker.offers(request.GET.get("q", "")[:80])
    return render(request, "municipalities/places/options.html", {"offers": offers})


@public
@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    """Show the register, the sixteen of the project first, on a map and in a list that filter together."""
    found = PublicMunicipalityFilter(request.GET, queryset=Municipality.objects.for_list())
    pilots = list(Municipality.objects.pilots().for_list())
    context = {
        "filter": found,
        "page": register_page(found.qs, request),
        "map": maps.of_list(found.qs, pilots, chosen=found.chosen),
    }
    return render(request, "municipalities/timeline/list.html", context)


@public
@require_safe
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is known of one municipality, with sources."""
    row = municipality_of(slug)
    programmes = [
        profile.programme_page(programme)
        for programme in Programme.objects.filter(municipality=row).published().for_page()
    ]
    facts = [*profile.place_facts(row), profile.population_fact(row)]
    codes, office, parts = profile.place_codes(row), profile.office_facts(row), hooks.parts_of(row)
    figures = {"term": _("Figures"), "value": any(part.key == "figures" for part in parts) or ""}
    context = {
        "municipality": row,
        "timeline_url": timeline_address(row, request.user),
        "facts": facts,
        "codes": codes,
        "office": office,
        "near": offices_near(row),
        "note": profile.local_text(row, "note"),
        "programmes": programmes,
        "unknown": [
            *facts,
            *codes,
            *office,
            figures,
            *(fact for one in programmes for fact in one["unknown"]),
        ],
        "sources": Sources(),
        "turns": turns_of(row),
        "parts": parts,
    }
    return render(request, "municipalities/timeline/municipality.html", context)
