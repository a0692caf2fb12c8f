"""One timeline for each municipality, over whatever the apps above have to tell.

An app adds to it by one function, registered when the app is ready:

    timeline.add("requests", entries_of_requests, label=_("Requests"))

The function takes the municipality, the reader, the moment before which
entries are wanted and how many at most; it returns entries, newest first, and
only those that the reader may see. `label` names the kind in the filter. It must
read one stretch of an index, however much there is.
"""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone

from municipalities.models import Municipality


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
    channel: str = ""
    channel_label: str = ""
    # The date in words where the day is not known; then it is shown, and `at` only puts it in order.
    when: str = ""

    @property
    def kind_label(self) -> Any:
        """The words that name its kind."""
        return _labels.get(self.kind, self.kind)

    @property
    def is_said(self) -> bool:
        """Whether somebody said it to somebody, so that it went in one direction."""
        return self.direction != "system"

    @property
    def moment(self) -> datetime | None:
        """When it was, or None where the day is not known."""
        return None if self.when else self.at


Source = Callable[[Municipality, Any, datetime, int], Iterable[Entry]]

PER_PAGE = 30
# The project began then; what is older is on the timeline, but not offered as a year.
FIRST_YEAR = 2016

_sources: dict[str, Source] = {}
_labels: dict[str, Any] = {}


def add(kind: str, source: Source, *, label: Any = "") -> None:
    """Let `source` tell its entries; a second call for the same kind replaces the first."""
    _sources[kind] = source
    _labels[kind] = label or kind


def remove(kind: str) -> None:
    """Let the entries of a kind no longer be told."""
    _sources.pop(kind, None)
    _labels.pop(kind, None)


def kinds() -> dict[str, Any]:
    """Return the kinds of entries there are, with the words that name them."""
    return {kind: _labels[kind] for kind in sorted(_sources)}


def entries(
    municipality: Municipality, *, reader: Any, before: datetime, limit: int, kind: str = ""
) -> list[Entry]:
    """Return up to `limit` entries before a moment, newest first, of one kind or of all."""
    sources = [source for name, source in sorted(_sources.items()) if kind in ("", name)]
    told = [source(municipality, reader, before, limit) for source in sources]
    merged = heapq.merge(*told, key=lambda entry: entry.at, reverse=True)
    return list(islice(merged, limit))


def all_years() -> list[int]:
    """Return the years that may be asked for, oldest first."""
    return list(range(FIRST_YEAR, timezone.localdate().year + 1))


@dataclass(frozen=True)
class Page:
    """A stretch of a timeline, newest first. `older` is the moment before which it goes on, or None."""

    entries: list[Entry]
    older: datetime | None


def page(
    municipality: Municipality,
    *,
    reader: Any,
    before: datetime,
    kind: str = "",
    year: int | None = None,
    per_page: int = PER_PAGE,
) -> Page:
    """Return the newest `per_page` entries before a moment, of one year or of all.

    What happened at the same moment stays on one page, since the next one begins before a moment.
    """
    since = None
    if year is not None:
        since = _new_year(year)
        before = min(before, _new_year(year + 1))
    told = entries(municipality, reader=reader, before=before, limit=per_page + 1, kind=kind)
    shown = [entry for entry in told if since is None or entry.at >= since]
    if len(shown) <= per_page:
        return Page(shown, None)
    whole = [entry for entry in shown if entry.at > shown[-1].at]
    if not whole:
        return page(municipality, reader=reader, before=before, kind=kind, year=year, per_page=2 * per_page)
    return Page(whole, whole[-1].at)


def _new_year(year: int) -> datetime:
    return timezone.make_aware(datetime(year, 1, 1))
