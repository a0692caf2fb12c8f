"""How municipalities are found by the portal's search."""

from collections.abc import Iterable, Iterator

from core import search
from municipalities.models import Municipality, Programme

KIND = "municipality"


def index(codes: Iterable[str]) -> None:
    """Write anew how the municipalities with these codes are found."""
    wanted = set(codes)
    if not wanted:
        return
    texts = _texts()
    # What is written last is found first: pilots, then the biggest.
    rows = Municipality.objects.select_related("region").order_by("is_pilot", "population", "-pk")
    documents = (_document(row, texts.get(row.pk, "")) for row in rows if row.code in wanted)
    search.put_many(documents, scope=search.PUBLIC)


def _document(row: Municipality, text: str) -> search.Document:
    return search.Document(
        KIND,
        row.pk,
        url_name="municipality",
        url_arg=row.slug,
        title_cs=row.name,
        title_en=row.name_en or row.name,
        lead_cs=f"{row.district}, {row.region.name_cs}",
        lead_en=f"{row.district}, {row.region.name_en}",
        text=text,
        municipality_id=row.pk,
    )


def _texts() -> dict[int, str]:
    """Return all that is told of each municipality's programmes, in both languages."""
    programmes = Programme.objects.for_page()
    return {programme.municipality_id: "\n".join(_told(programme)) for programme in programmes}


def _told(programme: Programme) -> Iterator[str]:
    names = ("name", "flats_note", "concept_title", "concept_note")
    for language in ("cs", "en"):
        yield from (getattr(programme, f"{name}_{language}") or "" for name in names)
        yield from getattr(programme, f"target_groups_{language}") or ()
        yield from (getattr(fact, f"text_{language}") or "" for fact in programme.facts.all())
