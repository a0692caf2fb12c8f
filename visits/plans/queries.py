"""Reads of visits at the desk: their list, their history, and what of a programme overlaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.utils.dateparse import parse_date, parse_time
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.audit import entries_of, words
from core.templatetags import ui
from visits.choices import InvitationState, VisitState
from visits.models import ProgrammeItem, StudyVisit
from visits.models.visit import StudyVisitQuerySet

# What a verb did, behind who did it.
DONE = {
    "visit.copy": gettext_lazy("planned it as a copy of another visit"),
    f"visit.{VisitState.OPEN}": gettext_lazy("opened sign-up"),
    f"visit.{VisitState.CLOSED}": gettext_lazy("closed sign-up"),
    # By itself, once its moment had passed.
    "visit.close": gettext_lazy("closed sign-up"),
    f"visit.{VisitState.UNDER_WAY}": gettext_lazy("let the visit begin"),
    f"visit.{VisitState.REPORTING}": gettext_lazy("let the report be written"),
    f"visit.{VisitState.REPORTED}": gettext_lazy("published the report"),
    f"visit.{VisitState.ARCHIVED}": gettext_lazy("put the visit away"),
    f"visit.{VisitState.CANCELLED}": gettext_lazy("called the visit off"),
    f"visit.{VisitState.PLANNED}": gettext_lazy("planned the visit again"),
    "visit.item_add": gettext_lazy("added to the programme"),
    "visit.item_change": gettext_lazy("changed the programme"),
    "visit.item_remove": gettext_lazy("took off the programme"),
    "visit.item_move": gettext_lazy("put the programme in another order"),
}


@dataclass(frozen=True)
class Line:
    """One line of a history: who did what, the words before and after, whether they can be put back."""

    entry: Any
    actor: str
    done: str
    words: list[dict[str, Any]]
    can_be_put_back: bool = False
    # Whom or what else it was about.
    of: str = ""


def for_desk() -> StudyVisitQuerySet:
    """Return what the desk's list shows: each visit with its host and how many municipalities said what."""
    said = {
        f"{name}_count": Count("invitations", filter=Q(invitations__state=state), distinct=True)
        for name, state in (("coming", InvitationState.COMING), ("declined", InvitationState.DECLINED))
    }
    invited = Count("invitations", distinct=True)
    return StudyVisit.objects.select_related("host").annotate(invited_count=invited, **said)


def history(visit: StudyVisit) -> list[Line]:
    """Return what was done to a visit, newest first, in a number of queries that does not grow with it."""
    lines = [
        Line(change.entry, change.actor, change.done, _dates_in_words(change.words), change.is_change)
        for change in words.history(visit)
        if change.entry.verb.startswith("words.")
    ]
    entries = list(entries_of(visit).filter(verb__in=DONE))
    users = get_user_model().objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    for entry in entries:
        actor = users.get(entry.actor_id) if entry.actor_id else None
        lines.append(Line(entry, str(actor.name) if actor else "", str(DONE[entry.verb]), _of_item(entry)))
    return sorted(lines, key=lambda line: line.entry.pk, reverse=True)


def _dates_in_words(changed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say how much of the first day is known as people say it."""
    names = {"day": _("the day"), "month": _("the month"), "year": _("the year")}
    for word in changed:
        if word["name"] == "starts_precision":
            word |= {side: names.get(str(word[side]).lower(), "") for side in ("old", "new")}
    return changed


def _of_item(entry: Any) -> list[dict[str, Any]]:
    old, new = entry.details.get("old", {}), entry.details.get("new", {})
    labels = {
        "title_cs": _("Title in Czech"),
        "title_en": _("Title in English"),
        "on": capfirst(_("day")),
        "starts_at": _("From"),
        "ends_at": pgettext("a time", "To"),
        "place": _("Place"),
    }
    return [
        {"label": label, "old": _in_words(name, old.get(name)), "new": _in_words(name, new.get(name))}
        for name, label in labels.items()
        if old.get(name) != new.get(name)
    ]


def _in_words(name: str, word: str | None) -> str:
    if not word:
        return ""
    if name == "on":
        return ui.day(parse_date(word))
    return time_format(parse_time(word) or "") if name.endswith("_at") else word


def by_day(items: Iterable[ProgrammeItem]) -> list[tuple[Any, list[ProgrammeItem]]]:
    """Return a programme by its days, each in order; what has no day stands last."""
    days: dict[Any, list[ProgrammeItem]] = {}
    for item in items:
        days.setdefault(item.on, []).append(item)
    dated = sorted(day for day in days if day)
    return [*((day, days[day]) for day in dated), *([(None, days[None])] if None in days else [])]


def overlaps(items: Iterable[ProgrammeItem]) -> list[tuple[ProgrammeItem, ProgrammeItem]]:
    """Return the pairs of items of one day whose times overlap; without an end an item takes a moment."""
    timed = [item for item in items if item.on and item.starts_at]
    return [
        (one, other)
        for one, other in combinations(sorted(timed, key=lambda item: (item.on, item.starts_at)), 2)
        if one.on == other.on and _meet(one, other)
    ]


def _meet(one: Any, later: Any) -> bool:
    """Tell whether the later of two items begins while the other one still goes on."""
    return later.starts_at == one.starts_at or bool(one.ends_at and later.starts_at < one.ends_at)
