"""Rows of the desk's lists."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from consultations.choices import ACTIVE, ON_US, RequesterKind, State
from consultations.models import Person, SupportRequest
from core.templatetags.ui import mask_email, status

SHORT_KINDS: dict[str, Promise] = {
    RequesterKind.PERSON: gettext_lazy("person"),
    RequesterKind.MUNICIPALITY: gettext_lazy("municipality"),
    RequesterKind.PROVIDER: gettext_lazy("provider"),
    RequesterKind.LABOUR_OFFICE: gettext_lazy("Labour Office"),
    RequesterKind.OWNER: gettext_lazy("owner"),
    RequesterKind.RESEARCHER: gettext_lazy("researcher"),
    RequesterKind.OTHER: gettext_lazy("other"),
}


def rows_of(requests: Iterable[SupportRequest]) -> list[dict[str, Any]]:
    """Return what a list shows of each request, as ready strings: the template is what costs."""
    today = timezone.localdate()
    states: dict[str, SafeString] = {}
    return [_row(request, states, today) for request in requests]


def _row(request: SupportRequest, states: dict[str, SafeString], today: date) -> dict[str, Any]:
    if request.state not in states:
        states[request.state] = status(request.get_state_display(), request.state)
    is_on_us, is_active = request.state in ON_US, request.state in ACTIVE
    about = [request.reference, str(SHORT_KINDS[request.requester_kind]), known_by(request.requester)]
    return {
        "pk": str(request.pk),
        "reference": request.reference,
        "url": request.get_desk_url(),
        "subject": request.subject,
        "about": " · ".join(part for part in about if part),
        "municipality": request.municipality.name if request.municipality else "",
        "topic": request.topic.name if request.topic else "",
        "state": states[request.state],
        "assignee": request.assignee.name if request.assignee else "",
        "received": short_day(timezone.localdate(request.received_at)),
        "due": short_day(request.due_on) if is_on_us and request.due_on else "",
        "is_late": bool(is_on_us and request.due_on and request.due_on < today),
        "asked": short_day(timezone.localdate(request.asked_back_at))
        if request.asked_back_at and request.state == State.WAITING_REQUESTER
        else "",
        "risk": short_day(request.home_at_risk_by) if request.home_at_risk_by and is_active else "",
        "priority": request.get_priority_display() if request.priority and is_active else "",
        "waiting": _days_since(request.waiting_since, today) if request.waiting_since else "",
    }


def known_by(person: Person) -> str:
    """Return by what one knows a requester again in a list that others may glance at."""
    if person.organisation:
        return person.organisation
    return mask_email(person.email) if person.email else masked_phone(person.phone)


def short_day(value: date) -> str:
    """Return a date as tables have it: "3. 12. 2026" or "3 Dec 2026"."""
    if get_language() == "cs":
        return f"{value.day}.\u00a0{value.month}.\u00a0{value.year}"
    return f"{value:%-d}\u00a0{value:%b}\u00a0{value:%Y}"


def _days_since(moment: datetime, today: date) -> str:
    days = (today - timezone.localdate(moment)).days
    if days < 1:
        return _("since today")
    return ngettext("%(days)s day", "%(days)s days", days) % {
        "days": number_format(days, force_grouping=True)
    }


def masked_phone(number: str) -> str:
    """Show the end of a number, by which one knows it again: "… 456"."""
    return f"…\u00a0{number[-3:]}" if number else ""
