"""How municipalities are found by the portal's search."""

from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from core import search
from core.templatetags.ui import day
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
        lead_cs=_lead(row, "cs"),
        lead_en=_lead(row, "en"),
        text=text,
        municipality_id=row.pk,
    )


def _lead(row: Municipality, language: str) -> str:
    place = f"{row.district}, {getattr(row.region, f'name_{language}')}"
    if row.dissolved_on is None:
        return place
    with translation.override(language):
        return _("%(place)s, until %(day)s") % {"place": place, "day": day(row.dissolved_on)}


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
