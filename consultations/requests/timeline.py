"""What requests add to a municipality's timeline: everything that was said on them, in order.

Contacts and plans keep where they stand and for whom (consultations.models.placed), so each
of these reads one stretch of an index. What is found there is fetched once more through
`visible_to`, which has the last word.
"""

from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from consultations.choices import Direction
from consultations.models import OFFICIALS, Contact, PeerQuestion, SupportPlan, SupportRequest, only
from municipalities.hooks import Entry
from municipalities.models import Municipality

KIND = "requests"
SUPPORT_KIND = "support"
HELP_KIND = "help"
EXCERPT = 240


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return up to `limit` contacts before a moment, newest first, that the reader may see.

    What came of a step of in-depth support is told by `support_entries`. The desk sees internal notes, too;
    officials see the requests of those municipalities that they speak for, without notes.
    """
    is_desk = _is_desk(reader)
    return [
        Entry(
            kind=KIND,
            title=f"{contact.request.reference}: {contact.request.subject}",
            url=contact.request.get_desk_url() if is_desk else contact.request.get_my_url(),
            who=_who(contact, is_desk),
            **_said(contact),
        )
        for contact in _contacts(municipality, reader, before, limit, is_step=False)
    ]


def _is_desk(reader: Any) -> bool:
    return reader.has(Permission.VIEW_REQUESTS)


def _contacts(
    municipality: Municipality, reader: Any, before: datetime, limit: int, *, is_step: bool
) -> list[Contact]:
    # Written as IN, a condition on a yes-or-no column is one that SQLite looks up in an index.
    rows = Contact.objects.filter(municipality=municipality, is_step__in=[is_step])
    if not _is_desk(reader):
        rows = rows.for_requester()
    chosen = _newest(rows, "took_place_at", reader, before, limit)
    if not chosen:
        return []
    found = (
        Contact.objects.visible_to(reader)
        .filter(pk__in=chosen)
        .select_related("request__requester", "person", "logged_by", "spoken_by", "step__plan", "step__who")
        .defer("quoted", "request__sensitive_note", "request__link_token")
    )
    return sorted(found, key=lambda contact: (contact.took_place_at, contact.pk), reverse=True)


def _newest(rows: QuerySet[Any], column: str, reader: Any, before: datetime, limit: int) -> list[int]:
    """Return the numbers of the newest rows before a moment, of the reader's stretches of the index."""
    readers = [OFFICIALS, only(reader.pk)]
    stretches = [rows] if _is_desk(reader) else [rows.filter(readers=who) for who in readers]
    parts = [
        stretch.filter(**{f"{column}__lt": before})
        .order_by(f"-{column}", "-pk")
        .values_list(column, "pk")[:limit]
        for stretch in stretches
    ]
    return [pk for _at, pk in islice(merge(*parts, reverse=True), limit)]


def _said(contact: Contact) -> dict[str, Any]:
    return {
        "at": contact.took_place_at,
        "text": Truncator(contact.letter).chars(EXCERPT),
        "direction": contact.direction,
        "channel_icon": contact.channel_icon,
        "channel_label": contact.get_channel_display(),
    }


def _who(contact: Contact, is_desk: bool) -> str:
    if contact.direction == Direction.INBOUND:
        return (contact.person or contact.request.requester).name or _("The requester")
    spoke = contact.spoken_by or contact.logged_by
    return spoke.name if is_desk and spoke else _("Contact Centre")


# How a plan begins and ends in words, by the column that says when.
_WORDS = {
    "opened_at": gettext_lazy("In-depth support begins"),
    "closed_at": gettext_lazy("In-depth support ends"),
}


def support_entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return up to `limit` beginnings, ends and steps of in-depth support before a moment, newest first.

    Officials see those of the requests that they may see, and only steps that were done together with them.
    """
    is_desk = _is_desk(reader)
    told = [
        _support_entry(
            contact.request,
            _("In-depth support: %(kind)s") % {"kind": contact.step.get_kind_display()},
            is_desk,
            who=contact.step.who.name if is_desk else _("Contact Centre"),
            **_said(contact),
        )
        for contact in _contacts(municipality, reader, before, limit, is_step=True)
    ]
    for column, words in _WORDS.items():
        rows = SupportPlan.objects.filter(municipality=municipality)
        if chosen := _newest(rows, column, reader, before, limit):
            plans = SupportPlan.objects.visible_to(reader).filter(pk__in=chosen).select_related("request")
            told += [
                _support_entry(row.request, str(words), is_desk, at=getattr(row, column)) for row in plans
            ]
    return sorted(told, key=lambda entry: entry.at, reverse=True)[:limit]


def _support_entry(request: SupportRequest, words: str, is_desk: bool, **more: Any) -> Entry:
    return Entry(
        kind=SUPPORT_KIND,
        title=f"{words}, {request.reference}",
        url=reverse("desk-plan", args=[request.reference]) if is_desk else request.get_my_url(),
        **more,
    )


def help_entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return up to `limit` questions of others that the municipality has answered, newest first.

    The desk and the municipality's officials see them; nothing of them tells who had asked.
    """
    rows = PeerQuestion.objects.visible_to(reader).answered()
    rows = rows.filter(municipality=municipality, settled_at__lt=before).select_related("settled_by")
    is_desk = _is_desk(reader)
    return [
        Entry(
            at=row.settled_at,
            kind=HELP_KIND,
            title=_("Helped others with a question"),
            text=Truncator(row.question).chars(EXCERPT),
            url=row.get_desk_url() if is_desk else row.get_my_url(),
            who=row.settled_by.name,
            direction="inbound" if is_desk else "outbound",
        )
        for row in rows.order_by("-settled_at", "-pk")[:limit]
        if row.settled_at
    ]
