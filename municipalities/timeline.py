"""One timeline for each municipality, over whatever the apps above have to tell.

An app adds to it by one function, registered when the app is ready:

    timeline.add("requests", entries_of_requests)

The function takes the municipality, the reader, the moment before which
entries are wanted and how many at most; it returns entries, newest first, and
only those that the reader may see.
"""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

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


Source = Callable[[Municipality, Any, datetime, int], Iterable[Entry]]

_sources: dict[str, Source] = {}


def add(kind: str, source: Source) -> None:
    """Let `source` tell its entries; a second call for the same kind replaces the first."""
    _sources[kind] = source


def kinds() -> list[str]:
    """Return the kinds of entries there are."""
    return sorted(_sources)


def entries(municipality: Municipality, *, reader: Any, before: datetime, limit: int, kind: str = "") -> list[Entry]:
    """Return up to `limit` entries before a moment, newest first, of one kind or of all."""
    sources = [source for name, source in sorted(_sources.items()) if kind in ("", name)]
    told = [source(municipality, reader, before, limit) for source in sources]
    merged = heapq.merge(*told, key=lambda entry: entry.at, reverse=True)
    return list(islice(merged, limit))
