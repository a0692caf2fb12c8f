"""Loading of the hosts and study visits that the portal ships with; loading again changes nothing.

Two files in data/: the records with their sources, and our Czech translation
of their English texts. What the files no longer have stays.

A partner whose name nobody has found is no host: such a record says only that
there is one, which the count of partners tells, and a guess that visitors are
not to see.
"""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from core import search
from core.loading import Report, Shipped, bring, partial
from municipalities.models import Municipality
from visits.models import Host, StudyVisit

DATA = Path(__file__).parent / "data"
SHIPPED = Shipped(DATA / "hosts.yaml", DATA / "hosts_cs.yaml")

HOST_KEYS = {
    "slug", "name", "name_en", "country", "country_code", "city", "region", "kind", "description_en",
    "founded", "homes", "website", "website_source", "topics", "topics_note", "source",
}  # fmt: skip
VISIT_KEYS = {
    "slug", "title_en", "host", "hosts", "organiser", "country", "places", "date_from", "date_to",
    "date_text", "year", "month", "participants", "participants_count", "topics", "figures", "programme",
    "published", "published_what", "note", "source",
}  # fmt: skip
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
    named = [record for record in shipped.records["hosts"] if record["name"]]
    for position, record in enumerate(named, start=1):
        shipped.refuse_unknown(record, HOST_KEYS)
        row = Host.objects.filter(slug=record["slug"]).first() or Host()
        report += bring(row, _host(record, position, shipped))
    hosts = {row.slug: row for row in Host.objects.all()}
    # The files tell the visits in the order of time; those of others came before.
    visits = [*shipped.records["related_visits"], *shipped.records["study_visits"]]
    for position, record in enumerate(visits, start=1):
        report += _load_visit(record, position, hosts, shipped)
    search.put_many(documents(), scope=search.PUBLIC)
    return report


def _host(record: dict[str, Any], position: int, shipped: Shipped) -> dict[str, Any]:
    return {
        "slug": record["slug"],
        "position": position,
        "name": record["name"],
        "name_english": record.get("name_en") or "",
        **shipped.both("country", record["country"]),
        "country_code": record["country_code"],
        **shipped.both("city", record["city"]),
        **shipped.both("region", record["region"]),
        **shipped.both("kind", record["kind"]),
        **shipped.both("description", record["description_en"]),
        "founded": record["founded"],
        "homes": record["homes"],
        "website": record["website"] or "",
        **shipped.both("website_source", record.get("website_source")),
        **shipped.both_lists("topics", record["topics"]),
        **shipped.both("topics_note", record.get("topics_note")),
        "source": record["source"],
    }


def _load_visit(record: dict[str, Any], position: int, hosts: dict[str, Host], shipped: Shipped) -> Report:
    shipped.refuse_unknown(record, VISIT_KEYS)
    row = StudyVisit.objects.filter(slug=record["slug"]).first() or StudyVisit()
    host = hosts[record["host"]] if "host" in record else None
    report = bring(row, {"host_id": host and host.pk, **_visit(record, position, shipped)})
    slugs = [FROM_MUNICIPALITIES[who] for who in record["participants"] if who in FROM_MUNICIPALITIES]
    row.municipalities.set(Municipality.objects.filter(slug__in=slugs))
    return report


def _visit(record: dict[str, Any], position: int, shipped: Shipped) -> dict[str, Any]:
    starts_on, precision = partial(record.get("date_from") or record.get("month") or record.get("year"))
    figures = record.get("figures", [])
    return {
        "slug": record["slug"],
        "position": position,
        **shipped.both("title", record.get("title_en")),
        **shipped.both_lists("host_names", record.get("hosts")),
        "organiser": record.get("organiser") or "",
        **shipped.both("country", record.get("country")),
        **shipped.both_lists("places", record["places"]),
        "starts_on": starts_on,
        "starts_precision": precision,
        "ends_on": partial(record.get("date_to"))[0],
        **shipped.both("date_text", record["date_text"]),
        **shipped.both_lists("participants", record["participants"]),
        "participants_count": record.get("participants_count"),
        **shipped.both_lists("topics", record["topics"]),
        "figures_cs": [{**figure, "text": shipped.in_czech(figure["text"])} for figure in figures],
        "figures_en": figures,
        **shipped.both_lists("programme", record.get("programme")),
        "is_published": record.get("published"),
        **shipped.both("published_what", record.get("published_what")),
        **shipped.both("note", record.get("note")),
        "source": record["source"],
    }


def documents() -> list[search.Document]:
    """Return how hosts and visits are found; what is written last is found first."""
    visits = StudyVisit.objects.for_list().reverse()
    return [*map(_found_host, Host.objects.for_list()), *map(_found_visit, visits)]


def _found_host(host: Host) -> search.Document:
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


def _found_visit(visit: StudyVisit) -> search.Document:
    names = {}
    for language in ("cs", "en"):
        with translation.override(language):
            names[language] = visit.name
    lists = ("places", "participants", "topics", "programme", "host_names")
    texts = [text for name in lists for end in ("cs", "en") for text in getattr(visit, f"{name}_{end}")]
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
