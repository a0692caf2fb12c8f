"""How many of the partners are known by name."""

from core.loading import Source, sources_of
from visits.hosts.loading import SHIPPED


def partners() -> dict[str, int | list[Source]]:
    """Return how many partners the project spoke of, and where that and the names that we know come from."""
    meta = SHIPPED.records["meta"]
    sources = [*sources_of(meta["partners_claimed_source"]), *sources_of(meta["missing_source"])]
    return {"claimed": meta["partners_claimed"], "sources": sources}
