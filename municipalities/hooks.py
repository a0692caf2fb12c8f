"""What other capabilities and apps add to the municipalities' pages. Each is added in an app's `ready()`:

- entries of a municipality's timeline: `add_timeline("requests", entries, label=_("Requests"))`
- parts of its public page: `add_part("visits", joined, template="….html", position=50)`
- parts of the page of a practice: `add_practice_part("lessons", of_practice, template="….html")`
- what a new practice may be born from: `add_origin("lesson", origin)`
- what waits for its officials: `add_tasks(returns_wanted)`
- what is to come for them, on their overview: `add_next(next_visits)`
- what waits for a decision at the desk: `add_decisions(Permission.MANAGE_RETURNS, returns_to_accept)`
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from core.notices import counts
from municipalities.models import Municipality, Practice


@dataclass(frozen=True)
class Entry:
    """One thing that happened with a municipality."""

    at: datetime
    kind: str
    title: str
    text: str = ""
    url: str = ""
    who: str = ""
    direction: str = "system"
    channel_icon: str = ""
    channel_label: str = ""
    # The date in words where the day is not known; then it is shown, and `at` only puts it in order.
    when: str = ""

    @property
    def kind_label(self) -> Any:
        return timeline_kinds().get(self.kind, self.kind)

    @property
    def is_said(self) -> bool:
        """Whether somebody said it to somebody, so that it went in one direction."""
        return self.direction != "system"

    @property
    def moment(self) -> datetime | None:
        """When it was, or None where the day is not known."""
        return None if self.when else self.at


def morning(day: date) -> datetime:
    """Return the moment at which what happened on a day stands on a timeline."""
    return timezone.make_aware(datetime.combine(day, time()))


def newest(told: Iterable[Entry], before: datetime, limit: int) -> list[Entry]:
    """Return the newest entries before a moment."""
    earlier = [entry for entry in told if entry.at < before]
    return sorted(earlier, key=lambda entry: entry.at, reverse=True)[:limit]


# The municipality, its reader, the moment before which entries are wanted, how many at most.
EntrySource = Callable[[Municipality, Any, datetime, int], Iterable[Entry]]

_timeline: dict[str, tuple[EntrySource, Any]] = {}


def add_timeline(kind: str, source: EntrySource, *, label: Any = "") -> None:
    """Let `source` tell the entries of a kind; a second call for the same kind replaces the first.

    It returns entries, newest first, only those that the reader may see, and must read one stretch of an
    index, however much there is. `label` names the kind in the filter.
    """
    _timeline[kind] = (source, label or kind)


def timeline_kinds() -> dict[str, Any]:
    """Return the kinds of entries there are, with the words that name them."""
    return {kind: label for kind, (_source, label) in sorted(_timeline.items())}


def timeline_sources(kind: str = "") -> list[EntrySource]:
    """Return the sources of one kind of entries, or of all."""
    return [source for name, (source, _label) in sorted(_timeline.items()) if kind in ("", name)]


PartSource = Callable[[Municipality], dict[str, Any] | None]


@dataclass(frozen=True)
class Part:
    """One part of a page, ready to be drawn: `{% include part.template with part=part.context only %}`."""

    key: str
    template: str
    title: Any
    context: dict[str, Any]


_parts: dict[str, tuple[int, PartSource, Part]] = {}


def add_part(key: str, source: PartSource, *, template: str, position: int, title: Any = "") -> None:
    """Let `source` fill a part; parts stand in the order of `position`. A second call replaces the first.

    It returns what the template reads, or None when there is nothing to show. With a `title` the part
    stands among what is "on this page".
    """
    _parts[key] = (position, source, Part(key, template, title, {}))


def parts_of(municipality: Municipality) -> list[Part]:
    """Return the parts of a municipality's public page, in order."""
    keys = sorted(_parts, key=lambda key: (_parts[key][0], key))
    return [part for key in keys if (part := part_of(key, municipality))]


def part_of(key: str, municipality: Municipality) -> Part | None:
    """Return a single part, for a page that shows no others; None when there is nothing to show."""
    if key not in _parts:
        return None
    _position, source, part = _parts[key]
    context = source(municipality)
    return None if context is None else replace(part, context=context)


# The practice; the edition that is read is its published one.
PracticePartSource = Callable[[Practice], dict[str, Any] | None]

_practice_parts: dict[str, tuple[PracticePartSource, str]] = {}


def add_practice_part(key: str, source: PracticePartSource, *, template: str) -> None:
    """Let `source` fill a part of the public page of a practice; a second call replaces the first.

    It returns what the template reads as `part`, or None when there is nothing to show.
    """
    _practice_parts[key] = (source, template)


def practice_parts_of(practice: Practice) -> list[Part]:
    """Return the parts of the page of a practice."""
    told = ((key, source(practice), template) for key, (source, template) in sorted(_practice_parts.items()))
    return [Part(key, template, "", context) for key, context, template in told if context is not None]


@dataclass(frozen=True)
class Origin:
    """What a new practice is born from: how it is called, where it is read, with which words it begins."""

    title: str
    url: str
    words: dict[str, Any]
    # What follows once the practice is there.
    after: Callable[[Practice, Any], None]


# Its reader, and the number in the address.
OriginSource = Callable[[Any, int], Origin | None]

_origins: dict[str, OriginSource] = {}


def add_origin(name: str, source: OriginSource) -> None:
    """Let a practice be born from what `?name=number` in the address of a new one says."""
    _origins[name] = source


def origins() -> dict[str, OriginSource]:
    """Return what a practice may be born from, by the word in the address."""
    return dict(_origins)


@dataclass(frozen=True)
class Task:
    """One thing that waits for an official: what it is, where it is done, by when or since when."""

    title: str
    url: str
    due_on: date | None = None
    note: str = ""
    since: datetime | None = None


TaskSource = Callable[[User, list[Municipality]], Iterable[Task]]

_tasks: list[TaskSource] = []


def add_tasks(source: TaskSource) -> None:
    """Let `source` say what waits, bounded, for an account and the municipalities that it speaks for."""
    if source not in _tasks:
        _tasks.append(source)


def tasks_of(user: User, municipalities: list[Municipality]) -> list[Task]:
    """Return all that waits for an official: the soonest first, then what has no day, the longest first."""
    return (
        in_order(task for source in _tasks for task in source(user, municipalities)) if municipalities else []
    )


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """Return what waits: the soonest first, then what has no day, the longest first."""
    now = timezone.now()
    return sorted(tasks, key=lambda task: (task.due_on or date.max, task.since or now, task.title))


_next: list[TaskSource] = []


def add_next(source: TaskSource) -> None:
    """Let `source` say what is to come, bounded, for an account and the municipalities that it speaks for."""
    if source not in _next:
        _next.append(source)


def next_of(user: User, municipalities: list[Municipality]) -> list[Task]:
    """Return what is to come for an official, the soonest first."""
    found = [task for source in _next for task in source(user, municipalities)] if municipalities else []
    return sorted(found, key=lambda task: (task.due_on or date.max, task.title))


# Where counting what waits at the desk stops.
COUNT = 100


@dataclass(frozen=True)
class Waiting:
    """Several things of one kind that wait: what they are, where they are, how many."""

    title: str
    url: str
    count: int

    @property
    def count_label(self) -> str:
        return f"{COUNT}+" if self.count > COUNT else str(self.count)


DecisionSource = Callable[[User], tuple[str, str, QuerySet[Any]]]

_decisions: dict[DecisionSource, Permission] = {}


def add_decisions(permission: Permission, source: DecisionSource, *, menu: str = "") -> None:
    """Let `source` say what waits for those with a permission: its title, its address, its rows.

    They are counted in the desk's menu, too, where `menu` names the address of an entry.
    """
    _decisions[source] = permission
    if menu:
        counts.add(menu, lambda reader: source(reader)[2], permission=permission)


def decisions_for(reader: User) -> list[Waiting]:
    """Return what the reader may decide on, kinds with nothing in them left out; one query a kind.

    Whoever may not decide is told nothing, and nothing is counted for them.
    """
    told = [source(reader) for source, permission in _decisions.items() if reader.has(permission)]
    return [found for title, url, rows in told if (found := counted(title, url, rows))]


def counted(title: str, url: str, rows: QuerySet[Any]) -> Waiting | None:
    """Return how many rows wait, or None when none does."""
    count = rows.order_by()[: COUNT + 1].count()
    return Waiting(title, url, count) if count else None
