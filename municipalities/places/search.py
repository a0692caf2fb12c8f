"""How municipalities are found by the portal's search."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from core import search
from core.templatetags.ui import day
from municipalities.models import Municipality, MunicipalityQuerySet, Programme

KIND = "municipality"
# More codes than this are no longer named to the database one by one.
MOST_NAMED = 500


def index(codes: Iterable[str]) -> None:
    """Write anew how the municipalities with these codes are found."""
    wanted = set(codes)
    if not wanted:
        return
    # What is written last is found first: pilots, then the biggest.
    rows = Municipality.objects.select_related("region").order_by("is_pilot", "population", "-pk")
    if len(wanted) <= MOST_NAMED:
        rows = rows.filter(code__in=wanted)
    texts = _texts(rows)
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


def _texts(municipalities: MunicipalityQuerySet) -> dict[int, str]:
    """Return all that is told in public of the programmes of some municipalities, in both languages."""
    told: defaultdict[int, list[str]] = defaultdict(list)
    for programme in Programme.objects.published().filter(municipality__in=municipalities).for_page():
        told[programme.municipality_id] += _told(programme)
    return {pk: "\n".join(texts) for pk, texts in told.items()}


def _lead(row: Municipality, language: str) -> str:
    place = row.whereabouts_in(getattr(row.region, f"name_{language}"))
    if row.dissolved_on is None:
        return place
    with translation.override(language):
        return _("%(place)s, until %(day)s") % {"place": place, "day": day(row.dissolved_on)}


def _told(programme: Programme) -> Iterator[str]:
    names = ("name", "flats_note", "concept_title", "concept_note", "public_text")
    for language in ("cs", "en"):
        yield from (getattr(programme, f"{name}_{language}") or "" for name in names)
        for name in ("target_groups", "partners"):
            yield from getattr(programme, f"{name}_{language}") or ()
        for phase in programme.phases.all():
            yield getattr(phase, f"title_{language}") or ""
            yield getattr(phase, f"text_{language}") or ""
        yield from (getattr(fact, f"text_{language}") or "" for fact in programme.facts.all())
