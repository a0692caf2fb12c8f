"""Municipalities like mine, in public: the way in, and the page of one municipality's matches."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.access import public
from core.loading.sources import Sources
from municipalities.models import Municipality
from municipalities.places.forms import AlikeFilterForm, LikeMineForm
from municipalities.places.queries import municipality_of, register_page
from municipalities.places.similar import Alike
from municipalities.places.successions import turns_of

TOP = 3


@public
@require_safe
def like_mine(request: HttpRequest) -> HttpResponse:
    """Ask which municipality is meant, and lead to those like it."""
    form = LikeMineForm(request.GET if "municipality" in request.GET else None)
    if form.is_valid():
        return redirect("municipality-like", form.cleaned_data["municipality"].slug)
    return render(request, "municipalities/places/similar_to_mine.html", {"form": form})


@public
@require_safe
def like(request: HttpRequest, slug: str) -> HttpResponse:
    """Show those with experience, ranked, and the nearest in size."""
    row, form = municipality_of(slug), AlikeFilterForm(request.GET)
    alike = Alike(row, **form.wanted())
    context = {
        "municipality": row,
        "filter_form": form,
        "page": register_page(alike.experienced, request),
        "neighbours": alike.neighbours,
        "turns": turns_of(row, request.user),
        "sources": Sources(),
    }
    return render(request, "municipalities/places/similar.html", context)


def part(row: Municipality) -> dict[str, Any] | None:
    """Return the part of a municipality's public page: the best three, and the way to the rest."""
    top = Alike(row).experienced[:TOP]
    return {"municipality": row, "matches": top} if top else None
