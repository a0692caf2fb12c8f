"""What requests add to a municipality's timeline: everything that was said on them, in order."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from consultations.choices import Direction
from consultations.models import Contact, PeerQuestion, PlanStep, SupportPlan, SupportRequest
from municipalities.models import Municipality
from municipalities.timeline import Entry

KIND = "requests"
SUPPORT_KIND = "support"
HELP_KIND = "help"
EXCERPT = 240


def entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return up to `limit` contacts before a moment, newest first, that the reader may see.

    What came of a step of in-depth support is told by `support_entries`.
    The desk sees internal notes, too; officials see the requests of those
    municipalities that they speak for, without notes.
    """
    contacts = (
        Contact.objects.visible_to(reader)
        .filter(request__municipality=municipality, took_place_at__lt=before, step=None)
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


# In-depth support --------------------------------------------------------------


def support_entries(municipality: Municipality, reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return up to `limit` beginnings, ends and steps of in-depth support before a moment, newest first.

    Officials see those of the requests that they may see, and only steps that
    were done together with them.
    """
    is_desk = reader.has(Permission.VIEW_REQUESTS)
    requests = SupportRequest.objects.visible_to(reader).filter(municipality=municipality)
    plans = SupportPlan.objects.filter(request__in=requests).select_related("request")
    steps = PlanStep.objects.filter(plan__request__in=requests, done_at__lt=before)
    steps = steps.select_related("plan__request", "contact", "who").order_by("-done_at", "-pk")
    if not is_desk:
        steps = steps.exclude(contact__direction=Direction.NOTE)
    begun = plans.filter(opened_at__lt=before).order_by("-opened_at")[:limit]
    ended = plans.filter(closed_at__lt=before).order_by("-closed_at")[:limit]
    told = [
        *(
            _support_entry(plan.request, plan.opened_at, _("In-depth support begins"), is_desk)
            for plan in begun
        ),
        *(
            _support_entry(plan.request, plan.closed_at, _("In-depth support ends"), is_desk)
            for plan in ended
        ),
        *(_step_entry(step, is_desk) for step in steps[:limit]),
    ]
    return sorted(told, key=lambda entry: entry.at, reverse=True)[:limit]


def _support_entry(request: SupportRequest, at: datetime, words: str, is_desk: bool, **more: str) -> Entry:
    return Entry(
        at=at,
        kind=SUPPORT_KIND,
        title=f"{words}, {request.reference}",
        url=reverse("desk-plan", args=[request.reference]) if is_desk else request.get_my_url(),
        **more,
    )


def _step_entry(step: PlanStep, is_desk: bool) -> Entry:
    words = _("In-depth support: %(kind)s") % {"kind": step.get_kind_display()}
    more: dict[str, str] = {"who": step.who.name if is_desk else _("Contact Centre")}
    if step.contact:
        more |= {
            "text": Truncator(step.contact.text).chars(EXCERPT),
            "direction": step.contact.direction,
            "channel": step.contact.channel,
        }
    return _support_entry(step.plan.request, step.done_at, words, is_desk, **more)


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
    ]
