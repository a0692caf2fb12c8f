"""What requests add to a municipality's timeline: everything that was said on them, in order."""

from datetime import datetime
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from consultations.choices import Direction
from consultations.models import Contact
from municipalities.models import Municipality
from municipalities.timeline import Entry

KIND = "requests"
EXCERPT = 240


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return up to `limit` contacts before a moment, newest first, that the reader may see.

    The desk sees internal notes, too; officials see the requests of those
    municipalities that they speak for, without notes.
    """
    contacts = (
        Contact.objects.visible_to(reader)
        .filter(request__municipality=municipality, took_place_at__lt=before)
        .select_related("request__requester", "person", "logged_by", "spoken_by")
        .order_by("-took_place_at", "-pk")
    )
    is_desk = reader.has(Permission.VIEW_REQUESTS)
    return [_entry(contact, is_desk) for contact in contacts[:limit]]


def _entry(contact: Contact, is_desk: bool) -> Entry:
    request = contact.request
    return Entry(
        at=contact.took_place_at,
        kind=KIND,
        title=f"{request.reference}: {request.subject}",
        text=Truncator(contact.text).chars(EXCERPT),
        url=request.get_desk_url() if is_desk else request.get_my_url(),
        who=_who(contact, is_desk),
        direction=contact.direction,
        channel=contact.channel,
    )


def _who(contact: Contact, is_desk: bool) -> str:
    if contact.direction == Direction.INBOUND:
        return (contact.person or contact.request.requester).name or _("The requester")
    spoke = contact.spoken_by or contact.logged_by
    return spoke.name if is_desk and spoke else _("Contact Centre")
