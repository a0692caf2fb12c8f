"""What a request was asked about, as other apps tell it: each calls `add` in its `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from consultations.models import SupportRequest


@dataclass(frozen=True)
class Origin:
    """What a request was asked about: a term, and pages that lead there, each with its words and address."""

    term: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Kind:
    """One kind of origins: its rows for a request, what is fetched of them, and how one is told."""

    rows: Callable[[SupportRequest], "QuerySet[Any]"]
    columns: tuple[str, ...]
    told: Callable[[dict[str, Any]], Origin]


KINDS: dict[str, Kind] = {}


def add(
    name: str,
    rows: Callable[[SupportRequest], "QuerySet[Any]"],
    columns: tuple[str, ...],
    told: Callable[[dict[str, Any]], Origin],
) -> None:
    """Let a request's page at the desk lead to what it was asked about.

    `rows(request)` is asked with all else that stands on the page, whoever reads it; `told` gets the named
    columns of one row.
    """
    KINDS[name] = Kind(rows, columns, told)
