"""How many of the partners are known by name."""

from core.loading import Source, sources_of
from visits.loading import SHIPPED


def partners() -> dict[str, int | Source]:
    """Return what the project said of its partners, and where the names that we know come from."""
    meta = SHIPPED.records["meta"]
    (source,), (names_source,) = map(sources_of, (meta["partners_claimed_source"], meta["missing_source"]))
    return {"claimed": meta["partners_claimed"], "source": source, "names_source": names_source}
