"""How far the plan of thirteen materials has been found, and the library shelf by shelf."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import get_language

from core.loading import Source, sources_of
from studies.choices import Tie
from studies.loading import SHIPPED
from studies.models import Category, Document, Material


@dataclass(frozen=True)
class Plan:
    """The announced number of materials against those that were found."""

    claimed: int
    confirmed: int
    probable: int
    sources: list[Source]

    @property
    def found(self) -> int:
        """How many were found, surely or probably of the project."""
        return self.confirmed + self.probable

    @property
    def missing(self) -> int:
        """How many of the announced were not found, should all that were found belong to them."""
        return max(0, self.claimed - self.found)

    @property
    def segments(self) -> list[str]:
        """The progress line: "confirmed", "probable" or "missing" for each of the announced."""
        return ["confirmed"] * self.confirmed + ["probable"] * self.probable + ["missing"] * self.missing


def plan() -> Plan:
    """Return how many of the announced materials were found; one query."""
    counts = dict(Material.objects.order_by().values_list("tie").annotate(Count("pk")))
    meta = SHIPPED.records["meta"]
    return Plan(
        claimed=meta["claimed_total"],
        confirmed=counts.get(Tie.CONFIRMED, 0),
        probable=counts.get(Tie.PROBABLE, 0),
        sources=sources_of(meta["claimed_source"]),
    )


def announced() -> list[str]:
    """Return the kinds of materials that the project announced, in the reader's language; see `plan`."""
    kinds = [kind["text"] for kind in SHIPPED.records["meta"]["announced_kinds"]]
    return kinds if (get_language() or "").startswith("en") else [SHIPPED.in_czech(kind) for kind in kinds]


def library() -> list[tuple[Category | None, list[Document]]]:
    """Return the shelves of the library with their documents, at the end what stood on none; two queries."""
    held = defaultdict(list)
    for document in Document.objects.for_list().filter(in_library=True):
        held[document.category_id].append(document)
    loose: list[tuple[Category | None, list[Document]]] = [(None, held[None])] if held[None] else []
    shelves: Any = Category.objects.all()
    return [*((category, held[category.pk]) for category in shelves), *loose]
