"""One timeline for each municipality, over whatever is added by `hooks.add_timeline`."""

import heapq
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone

from municipalities.hooks import Entry, timeline_sources
from municipalities.models import Municipality

PER_PAGE = 30
# The project began then; what is older is on the timeline, but not offered as a year.
FIRST_YEAR = 2016


def entries(
    municipality: Municipality, *, reader: Any, before: datetime, limit: int, kind: str = ""
) -> list[Entry]:
    """Return up to `limit` entries before a moment, newest first, of one kind or of all."""
    told = [source(municipality, reader, before, limit) for source in timeline_sources(kind)]
    return list(islice(heapq.merge(*told, key=lambda entry: entry.at, reverse=True), limit))


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
    before = before if year is None else min(before, _new_year(year + 1))
    told = entries(municipality, reader=reader, before=before, limit=per_page + 1, kind=kind)
    shown = [entry for entry in told if year is None or entry.at >= _new_year(year)]
    if len(shown) <= per_page:
        return Page(shown, None)
    whole = [entry for entry in shown if entry.at > shown[-1].at]
    if not whole:
        return page(municipality, reader=reader, before=before, kind=kind, year=year, per_page=2 * per_page)
    return Page(whole, whole[-1].at)


def _new_year(year: int) -> datetime:
    return timezone.make_aware(datetime(year, 1, 1))
