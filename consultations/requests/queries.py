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

from accounts.models import User
from consultations.choices import ACTIVE, ON_US, Channel, HomeLoss, RequesterKind, State
from consultations.models import Person, SupportRequest, Topic, TopicWatch, Watch
from core.templatetags.ui import icon, mask_email, status, tone_of

# What is seen of a row before it is read, each a shape with a name.
MARKS: dict[str, tuple[str, Promise]] = {
    "risk": ("flag", gettext_lazy("home at risk")),
    "late": ("hourglass", gettext_lazy("overdue")),
    "unread": ("mail", gettext_lazy("new message")),
}
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


def list_rows(requests: Iterable[SupportRequest]) -> list[dict[str, Any]]:
    """Return the cells of the desk's list, each a ready string."""
    today = timezone.localdate()
    marks = {name: icon(shape, str(label)) for name, (shape, label) in MARKS.items()}
    words = {str(state): str(label) for state, label in State.choices}
    return [_cells(request, marks, words, today) for request in requests]


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
        "topic": str(request.topic or ""),
        "state": states[request.state],
        "assignee": request.assignee.name if request.assignee else "",
        "received": short_day(timezone.localdate(request.received_at)),
        "due": short_day(request.due_on) if is_on_us and request.due_on else "",
        "is_late": bool(is_on_us and request.due_on and request.due_on < today),
        "asked": short_day(timezone.localdate(request.asked_back_at))
        if request.asked_back_at and request.state == State.WAITING_REQUESTER
        else "",
        "risk": risk_mark(request),
        "is_unread": request.has_unread,
        "aside": short_day(request.snoozed_until) if request.snoozed_until and request.is_snoozed else "",
        "aside_reason": request.snooze_reason,
        "priority": request.get_priority_display() if request.priority and is_active else "",
        "waiting": _days_since(request.waiting_since, today) if request.waiting_since else "",
    }


def _cells(
    request: SupportRequest, marks: dict[str, SafeString], words: dict[str, str], today: date
) -> dict[str, Any]:
    due = request.due_on if request.state in ON_US else None
    is_late, is_asked = bool(due and due < today), request.state == State.WAITING_REQUESTER
    found = {"risk": request.is_home_at_risk, "late": is_late, "unread": request.has_unread}
    first = short_day(due) if due else ""
    if request.asked_back_at and is_asked:
        first = _("asked %(day)s") % {"day": short_day(timezone.localdate(request.asked_back_at))}
    return {
        "pk": str(request.pk),
        "reference": request.reference,
        "subject": request.subject,
        "municipality": request.municipality.name if request.municipality else "",
        "topic": str(request.topic or ""),
        "state": words[request.state],
        "tone": tone_of(request.state),
        "assignee": request.assignee.name if request.assignee else "",
        "priority": _("priority: %(priority)s") % {"priority": request.get_priority_display()}
        if request.priority and request.state in ACTIVE
        else "",
        "marks": SafeString("".join(marks[name] for name, is_so in found.items() if is_so)),
        "is_unread": request.has_unread,
        "is_late": is_late,
        "due": first,
        "day": _day_line(request, is_late=is_late),
    }


def _day_line(request: SupportRequest, *, is_late: bool) -> str:
    """Return what stands under the day on which an answer is due: the weightiest of what is known."""
    if request.snoozed_until and request.is_snoozed:
        return _("put aside until %(day)s") % {"day": short_day(request.snoozed_until)}
    if request.home_at_risk_by and request.is_home_at_risk:
        return _("at risk by %(day)s") % {"day": short_day(request.home_at_risk_by)}
    if request.is_home_at_risk:
        return risk_words(request)
    if is_late:
        return _("overdue")
    return _("received %(day)s") % {"day": short_day(timezone.localdate(request.received_at))}


def merged_with(request: SupportRequest) -> set[int]:
    """Return the numbers of a request and of all that were merged into it, at first or second hand."""
    found, latest = {request.pk}, {request.pk}
    while latest:
        rows = SupportRequest.objects.filter(duplicate_of__in=latest, is_merged=True)
        latest = set(rows.values_list("pk", flat=True)) - found
        found |= latest
    return found


def watchers_of(request: SupportRequest) -> list[User]:
    """Return who watches a request, by name."""
    watches = Watch.objects.filter(request=request).values("user")
    return list(User.objects.staff().filter(pk__in=watches))


def topic_watchers(topic: Topic | None) -> list[User]:
    """Return who wants to be told of new requests on a topic, by name."""
    watches = TopicWatch.objects.filter(topic=topic).values("user")
    return list(User.objects.staff().filter(pk__in=watches)) if topic else []


def knows_page(request: SupportRequest) -> bool:
    """Tell whether the requester has the way to their page: by the web, by mail, an account, a short code."""
    came_by_itself = Channel(request.channel).is_carried
    return came_by_itself or request.is_official or getattr(request, "short_code", None) is not None


def carrier_of(request: SupportRequest) -> Channel:
    """Return how what we write reaches the requester: by e-mail, on a page that they know, else by a call."""
    if request.requester.email:
        return Channel.EMAIL
    return Channel.WEB if knows_page(request) else Channel.PHONE_OUT


def reasons_against_carrying(request: SupportRequest) -> list[str]:
    """Return why the portal cannot bring the requester what we write; empty when it can."""
    if carrier_of(request).is_carried:
        return []
    return [_("They gave no e-mail and do not know their page. Answer them by phone, on the request.")]


def reached_by(request: SupportRequest) -> str:
    """Say how a requester without an e-mail address can be reached, "" where there is one."""
    if request.requester.email:
        return ""
    if knows_page(request):
        return _("They left no e-mail. What we write waits on their private page.")
    if request.requester.phone:
        return _("They can only be called: they do not know their private page.")
    return _("We cannot reach them. If they call again, give them a short code.")


def risk_mark(request: SupportRequest) -> SafeString | str:
    """Return the mark of a request whose requester loses their home, "" until and once there is no danger."""
    return status(risk_words(request), "at_risk") if request.is_home_at_risk else ""


def risk_words(request: SupportRequest) -> str:
    """Say how a home is at risk: lost already, by a day, or at some time."""
    if request.home_loss == HomeLoss.LOST:
        return _("without a home")
    if request.home_at_risk_by:
        return _("home at risk by %(day)s") % {"day": short_day(request.home_at_risk_by)}
    return _("home at risk")


def known_by(person: Person) -> str:
    """Return by what one knows a requester again in a list that others may glance at."""
    if person.organisation:
        return person.organisation
    return mask_email(person.email) if person.email else masked_phone(person.phone)


def masked_reach(person: Person) -> str:
    """Return enough of an address and number to know them again, not enough for whoever looks on."""
    return ", ".join(filter(None, [person.email and mask_email(person.email), masked_phone(person.phone)]))


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
