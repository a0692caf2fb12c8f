"""What pages of municipalities have in common."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.access import UserRequest
from municipalities.models import Municipality
from municipalities.timeline import queries
from municipalities.timeline.forms import TimelineForm


def timeline_context(municipality: Municipality, request: UserRequest) -> dict[str, Any]:
    """Return what templates/municipalities/timeline.html reads, for the part that the address asks for."""
    form = TimelineForm(request.GET)
    page = queries.page(
        municipality, reader=request.user, before=_moment(request.GET.get("before", "")), **form.wanted()
    )
    return {"timeline_form": form, "timeline": page, "older": page.older.isoformat() if page.older else ""}


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text) or timezone.now()
    except ValueError:
        return timezone.now()
    return found if timezone.is_aware(found) else timezone.make_aware(found)
