"""The parts of a municipality's public page that come from other subjects and other apps.

An app adds a part by one function, registered when the app is ready:

    parts.add("visits", joined, template="visits/of_municipality.html", position=50, title=_("Visits"))

The function takes the municipality and returns what its template reads, or None when there is
nothing to show. With a `title` the part stands among what is "on this page".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from municipalities.models import Municipality

Source = Callable[[Municipality], dict[str, Any] | None]


@dataclass(frozen=True)
class Part:
    """One part of a page, ready to be drawn: `{% include part.template with part=part.context only %}`."""

    key: str
    template: str
    context: dict[str, Any]
    title: Any = ""


_sources: dict[str, tuple[int, Source, str, Any]] = {}


def add(key: str, source: Source, *, template: str, position: int, title: Any = "") -> None:
    """Let `source` fill a part; parts stand in the order of `position`. A second call replaces the first."""
    _sources[key] = (position, source, template, title)


def of(municipality: Municipality) -> list[Part]:
    """Return the parts of a municipality's public page, in order."""
    ordered = sorted(_sources.items(), key=lambda item: (item[1][0], item[0]))
    filled = ((key, template, source(municipality), title) for key, (_at, source, template, title) in ordered)
    return [Part(key, template, found, title) for key, template, found, title in filled if found is not None]


def one(key: str, municipality: Municipality) -> Part | None:
    """Return a single part, for a page that shows no others; None when there is nothing to show."""
    if key not in _sources:
        return None
    _position, source, template, title = _sources[key]
    context = source(municipality)
    return None if context is None else Part(key, template, context, title)
