"""Loading of the hosts and study visits that the portal ships with; loading again changes nothing.

Two files in data/: the records with their sources, and our Czech translation
of their English texts. What the files no longer have stays.

A partner whose name nobody has found holds a place without a name, which the
desk may fill in. A guess of who it might be is not loaded.
"""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from core import search
from core.audit.words import OwnWords
from core.loading import Report, Shipped, bring, by_slug, partial
from municipalities.models import Municipality
from visits.choices import VisitState
from visits.models import Host, ProgrammeItem, StudyVisit

DATA = Path(__file__).parent / "data"
SHIPPED = Shipped(DATA / "hosts.yaml", DATA / "hosts_cs.yaml")

HOST_COLUMNS = [
    field.name
    for field in Host._meta.concrete_fields
    if field.name not in {"id", *(kept.name for kept in OwnWords._meta.fields)}
]
# What the records tell of a visit; the rest is kept here.
VISIT_COLUMNS = [
    "slug", "position", "state", "title", "host", "host_names", "organiser", "country", "places", "starts_on",
    "starts_precision", "ends_on", "date_text", "participants", "participants_count", "topics", "figures",
    "is_published", "published_what", "note", "source",
]  # fmt: skip
# Who an unknown partner might be, which nobody has verified.
GUESSES = ("probable_country", "probability_note")

# The participants that are a municipality's people, and its slug.
FROM_MUNICIPALITIES = {
    "staff of the City of Ostrava": "ostrava",
    "officials of Kadaň": "kadan",
    "officials of Most": "most",
    "officials of Chomutov": "chomutov",
}


@transaction.atomic
def load(shipped: Shipped = SHIPPED) -> Report:
    """Bring hosts and visits in line with the files; municipalities must be there already.

    Raises ValueError for a value that nobody loads and for a text without its Czech.
    """
    report = Report()
    hosts: dict[str, int] = {}
    for position, record in enumerate(shipped.records["hosts"], start=1):
        values = shipped.columns(Host, record, names=HOST_COLUMNS, taken=GUESSES, position=position)
        host = _host_of(record["slug"])
        report += bring(host, values)
        hosts[record["slug"]] = host.pk
    # The files tell the visits in the order of time; those of others came before.
    visits = [*shipped.records["related_visits"], *shipped.records["study_visits"]]
    for position, record in enumerate(visits, start=1):
        report += _load_visit(record, position, hosts, shipped)
    search.put_many(documents(), scope=search.PUBLIC)
    return report


def _host_of(slug: str) -> Host:
    """Return the host of a record, also one that got another address when it was named here, or a new one."""
    return Host.objects.filter(shipped__slug=slug).first() or by_slug(Host, slug)


def _load_visit(record: dict[str, Any], position: int, hosts: dict[str, int], shipped: Shipped) -> Report:
    starts_on, precision = partial(record.get("date_from") or record.get("month") or record.get("year"))
    figures = record.get("figures", [])
    values = shipped.columns(
        StudyVisit,
        record,
        names=VISIT_COLUMNS,
        taken=("date_from", "date_to", "month", "year", "programme"),
        position=position,
        state=VisitState.ARCHIVED,
        host_id=hosts[record["host"]] if "host" in record else None,
        starts_on=starts_on,
        starts_precision=precision,
        ends_on=partial(record.get("date_to"))[0],
        figures_cs=[{**figure, "text": shipped.in_czech(figure["text"])} for figure in figures],
        figures_en=figures,
    )
    row = by_slug(StudyVisit, record["slug"])
    report = bring(row, values)
    if report.created:
        _begin(row, record, shipped)
    return report


def _begin(row: StudyVisit, record: dict[str, Any], shipped: Shipped) -> None:
    """Write what stands in other tables, once: from then on it is kept here."""
    slugs = [FROM_MUNICIPALITIES[who] for who in record["participants"] if who in FROM_MUNICIPALITIES]
    row.municipalities.set(Municipality.objects.filter(slug__in=slugs))
    items = [shipped.both("title", text) for text in record.get("programme", [])]
    row.programme.bulk_create(
        ProgrammeItem(visit=row, position=number, **item) for number, item in enumerate(items, start=1)
    )


def documents() -> list[search.Document]:
    """Return how hosts and visits are found; what is written last is found first."""
    visits = StudyVisit.objects.published().for_list().prefetch_related("programme").reverse()
    return [*map(found_host, Host.objects.for_list()), *map(found_visit, visits)]


def found_host(host: Host) -> search.Document:
    """Return how a host is found."""
    texts = [host.name_english, host.country_cs, host.country_en, host.city_cs, host.city_en]
    return search.Document(
        "host",
        host.pk,
        url_name="host",
        url_arg=host.slug,
        title_cs=host.name,
        title_en=host.name,
        lead_cs=host.description_cs,
        lead_en=host.description_en,
        text="\n".join(filter(None, [*texts, *host.topics_cs, *host.topics_en])),
    )


def found_visit(visit: StudyVisit) -> search.Document:
    """Return how a visit is found."""
    names = {}
    for language in ("cs", "en"):
        with translation.override(language):
            names[language] = visit.name
    lists, programme = ("places", "participants", "topics", "host_names"), visit.programme.all()
    texts = [text for name in lists for end in ("cs", "en") for text in getattr(visit, f"{name}_{end}")]
    texts += [text for item in programme for text in (item.title_cs, item.title_en) if text]
    return search.Document(
        "visit",
        visit.pk,
        url_name="visit",
        url_arg=visit.slug,
        title_cs=names["cs"],
        title_en=names["en"],
        lead_cs=visit.date_text_cs,
        lead_en=visit.date_text_en,
        text="\n".join([visit.host.name if visit.host else "", *texts]),
    )
