"""How many of the partners are known by name."""

from dataclasses import dataclass

from core.loading import Source, sources_of
from visits.loading import SHIPPED


@dataclass(frozen=True)
class Partners:
    """The number of partners that the project gave, and where the names that we know come from."""

    claimed: int
    source: Source
    names_source: Source


def partners() -> Partners:
    """Return what the project said of its partners; nothing is asked of the database."""
    meta = SHIPPED.records["meta"]
    return Partners(
        claimed=meta["partners_claimed"],
        source=sources_of(meta["partners_claimed_source"])[0],
        names_source=sources_of(meta["missing_source"])[0],
    )
