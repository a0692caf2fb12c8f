"""What requests add to a municipality's timeline: everything that was said on them, in order.

Contacts and plans keep where they stand and for whom (consultations.models.placed), so each
of these reads one stretch of an index. What is found there is fetched once more through
`visible_to`, which has the last word.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from consultations.choices import Direction
from consultations.models import OFFICIALS, Contact, PeerQuestion, SupportPlan, SupportRequest, only
from municipalities.hooks import Entry
from municipalities.models import Municipality

KIND = "requests"
SUPPORT_KIND = "support"
HELP_KIND = "help"
EXCERPT = 240

Told = tuple[datetime, int]


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return up to `limit` contacts before a moment, newest first, that the reader may see.

    What came of a step of in-depth support is told by `support_entries`.
    The desk sees internal notes, too; officials see the requests of those
    municipalities that they speak for, without notes.
    """
    is_desk = reader.has(Permission.VIEW_REQUESTS)
    found = _contacts(municipality, reader, before, limit, is_step=False)
    return [_entry(contact, is_desk) for contact in found]


def _stretches(municipality: Municipality, reader: Any, *, is_step: bool) -> list[QuerySet[Contact]]:
    """Return the stretches of the index in which the reader's contacts lie."""
    # Written as IN, a condition on a yes-or-no column is one that SQLite looks up in an index.
    rows = Contact.objects.filter(municipality=municipality, is_step__in=[is_step])
    if reader.has(Permission.VIEW_REQUESTS):
        return [rows]
    return [rows.filter(readers=who).for_requester() for who in _names_of(reader)]


def _names_of(reader: Any) -> list[str]:
    return [OFFICIALS, only(reader.pk)]


def _contacts(
    municipality: Municipality, reader: Any, before: datetime, limit: int, *, is_step: bool
) -> list[Contact]:
    stretches = _stretches(municipality, reader, is_step=is_step)
    chosen = _newest([(rows, "took_place_at") for rows in stretches], before, limit)
    if not chosen:
        return []
    found = (
        Contact.objects.visible_to(reader)
        .filter(pk__in=[pk for _at, pk in chosen])
        .select_related("request__requester", "person", "logged_by", "spoken_by", "step__plan", "step__who")
        .defer("quoted", "request__sensitive_note", "request__link_token")
    )
    return sorted(found, key=lambda contact: (contact.took_place_at, contact.pk), reverse=True)


def _newest(stretches: Iterable[tuple[QuerySet, str]], before: datetime, limit: int) -> list[Told]:
    """Return when and what the newest rows before a moment are, of several stretches together."""
    parts = [
        rows.filter(**{f"{column}__lt": before})
        .order_by(f"-{column}", "-pk")
        .values_list(column, "pk")[:limit]
        for rows, column in stretches
    ]
    return list(islice(merge(*parts, reverse=True), limit))


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
        channel_icon=contact.channel_icon,
        channel_label=contact.get_channel_display(),
    )


def _who(contact: Contact, is_desk: bool) -> str:
    if contact.direction == Direction.INBOUND:
        return (contact.person or contact.request.requester).name or _("The requester")
    spoke = contact.spoken_by or contact.logged_by
    return spoke.name if is_desk and spoke else _("Contact Centre")


# In-depth support --------------------------------------------------------------


def support_entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return up to `limit` beginnings, ends and steps of in-depth support before a moment, newest first.

    Officials see those of the requests that they may see, and only steps that
    were done together with them.
    """
    is_desk = reader.has(Permission.VIEW_REQUESTS)
    told = [
        *_plan_entries(municipality, reader, before, limit, column="opened_at"),
        *_plan_entries(municipality, reader, before, limit, column="closed_at"),
        *(
            _step_entry(contact, is_desk)
            for contact in _contacts(municipality, reader, before, limit, is_step=True)
        ),
    ]
    return sorted(told, key=lambda entry: entry.at, reverse=True)[:limit]


def _plan_stretches(municipality: Municipality, reader: Any) -> list[QuerySet[SupportPlan]]:
    rows = SupportPlan.objects.filter(municipality=municipality)
    if reader.has(Permission.VIEW_REQUESTS):
        return [rows]
    return [rows.filter(readers=who) for who in _names_of(reader)]


# How a plan begins and ends in words, by the column that says when.
_WORDS: dict[str, Callable[[], str]] = {
    "opened_at": lambda: _("In-depth support begins"),
    "closed_at": lambda: _("In-depth support ends"),
}


def _plan_entries(
    municipality: Municipality, reader: Any, before: datetime, limit: int, *, column: str
) -> list[Entry]:
    stretches = [(rows, column) for rows in _plan_stretches(municipality, reader)]
    chosen = _newest(stretches, before, limit)
    if not chosen:
        return []
    plans = SupportPlan.objects.visible_to(reader).filter(pk__in=[pk for _at, pk in chosen])
    is_desk = reader.has(Permission.VIEW_REQUESTS)
    return [
        _support_entry(plan.request, getattr(plan, column), _WORDS[column](), is_desk)
        for plan in plans.select_related("request")
    ]


def _support_entry(request: SupportRequest, at: datetime, words: str, is_desk: bool, **more: str) -> Entry:
    return Entry(
        at=at,
        kind=SUPPORT_KIND,
        title=f"{words}, {request.reference}",
        url=reverse("desk-plan", args=[request.reference]) if is_desk else request.get_my_url(),
        **more,
    )


def _step_entry(contact: Contact, is_desk: bool) -> Entry:
    words = _("In-depth support: %(kind)s") % {"kind": contact.step.get_kind_display()}
    return _support_entry(
        contact.request,
        contact.took_place_at,
        words,
        is_desk,
        who=contact.step.who.name if is_desk else _("Contact Centre"),
        text=Truncator(contact.text).chars(EXCERPT),
        direction=contact.direction,
        channel_icon=contact.channel_icon,
        channel_label=contact.get_channel_display(),
    )


# Help to others -----------------------------------------------------------------


def help_entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return up to `limit` questions of others that the municipality has answered, newest first.

    The desk and the municipality's officials see them; nothing of them tells who had asked.
    """
    rows = PeerQuestion.objects.visible_to(reader).answered()
    rows = rows.filter(municipality=municipality, settled_at__lt=before).select_related("settled_by")
    is_desk = reader.has(Permission.VIEW_REQUESTS)
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
