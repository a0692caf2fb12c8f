"""What pages of municipalities have in common."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from municipalities import timeline
from municipalities.forms.timeline import TimelineForm
from municipalities.models import Municipality
from municipalities.places.successions import addresses


def own_municipalities(request: HttpRequest) -> tuple[list[Municipality], Municipality | None]:
    """Return those that the reader speaks for, and the one that `?municipality=` chooses, else the first.

    Raises Http404 for one that they do not speak for.
    """
    own = list(Municipality.objects.spoken_for_by(request.user).for_list())
    slug = request.GET.get("municipality")
    chosen = next((municipality for municipality in own if slug in (municipality.slug, None, "")), None)
    if slug and chosen is None:
        raise Http404
    return own, chosen


def timeline_address(municipality: Municipality, reader: Any) -> str:
    """Return where somebody who may reads a municipality's timeline; "" for everybody else."""
    address = addresses([municipality], reader)[municipality.pk]
    return "" if address == municipality.get_absolute_url() else address


def timeline_context(municipality: Municipality, request: HttpRequest) -> dict[str, Any]:
    """Return what templates/municipalities/timeline.html reads, for the part that the address asks for."""
    form = TimelineForm(request.GET)
    page = timeline.page(
        municipality, reader=request.user, before=_moment(request.GET.get("before", "")), **form.wanted()
    )
    return {"timeline_form": form, "timeline": page, "older": page.older.isoformat() if page.older else ""}


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        return timezone.now()
    return found if timezone.is_aware(found) else timezone.make_aware(found)
