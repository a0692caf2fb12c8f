"""Loading of the municipalities that the portal ships with; loading again changes nothing.

Three files in data/: the register (6,258 municipalities), the sixteen pilots
with their programmes and sources, and our Czech translation of the pilots'
English texts. Rows are compared in bulk, and only what differs is written.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import F, Max
from django.utils.text import slugify

from core.loading import Report, Shipped
from core.search.prefix import plain
from municipalities.models import Municipality, Population, Programme, ProgrammeFact, Region, RegisterEdition
from municipalities.models.programme import SHIPPED_KEY
from municipalities.places import search

DATA = Path(__file__).parent / "data"
SHIPPED = Shipped(DATA / "municipalities.yaml", DATA / "municipalities_cs.yaml")
YEARS = (2018, 2019, 2024)
BATCH = 500

# Keys of the pilots' file, all of which are read; an unknown one stops the loading, so that none is lost.
PILOT_KEYS = {
    "slug", "name", "name_en", "kind", "disambiguation", "region_cs", "region_en", "nuts3", "district_cs",
    "district_code", "orp", "lau2_code", "lau2_note", "city_district_code", "city_district_code_source",
    "population_2018", "population_2019", "latitude", "longitude", "website", "website_source", "programme",
    "unverified", "source",
}  # fmt: skip
PROGRAMME_KEYS = (
    "name", "registration_number", "start", "start_note", "end", "end_note", "total_cost_czk",
    "total_cost_note", "grant_czk", "eu_grant_czk", "national_public_czk", "own_share_czk", "own_share_note",
    "approaches", "target_groups", "flats_count", "flats_note", "households_supported", "concept_title",
    "concept_approved", "concept_note",
)  # fmt: skip


@dataclass(frozen=True)
class Data:
    """The rows to be loaded."""

    register: list[dict[str, str]]
    pilots: list[dict[str, Any]]


@lru_cache(maxsize=1)
def read() -> Data:
    """Read the files once."""
    with (DATA / "register.csv").open(encoding="utf-8", newline="") as file:
        return Data(list(csv.DictReader(file)), SHIPPED.records["municipalities"])


@transaction.atomic
def load(data: Data | None = None) -> Report:
    """Bring regions, municipalities, populations, programmes and the search in line with the files.

    What a register imported since has told of a place stays (municipalities.places.register.actions).
    Raises ValueError for a key that nobody loads and for a text without its Czech.
    """
    data = data or read()
    report, _changed = merge(Region, ["nuts3"], _regions(data))
    imported = RegisterEdition.objects.aggregate(year=Max("year"))["year"] or 0
    places = _with_own_websites(_municipalities(data))
    if imported >= YEARS[-1]:
        places = _kept_places(places)
    merged, changed = merge(Municipality, ["code"], places)
    report += merged
    ids = dict(Municipality.objects.values_list("code", "pk"))
    populations: Iterable[Mapping[str, Any]] = (
        {"municipality_id": ids[row["lau2_code"]], "year": year, "value": value}
        for row in data.register
        for year, value in _known_populations(row)
    )
    if imported:
        populations = _kept_populations(populations)
    report += merge(Population, ["municipality_id", "year"], populations)[0]
    told = _load_programmes(data, ids)
    codes = {code for (code,) in changed}
    if told.created or told.updated:
        codes |= {code_of(pilot) for pilot in data.pilots}
    search.index(codes)
    return report + told


# Rows as they should be


def _regions(data: Data) -> Iterator[dict[str, Any]]:
    english = SHIPPED.records["regions_en"]
    names = {row["nuts3"]: row["region_cs"] for row in data.register}
    for nuts3, name in sorted(names.items()):
        yield {"nuts3": nuts3, "slug": slugify(plain(name)), "name_cs": name, "name_en": english[nuts3]}


def code_of(row: Mapping[str, Any]) -> str:
    """Return the code of a row of a file: a Prague district's own one, else the register's."""
    return row.get("city_district_code") or row["lau2_code"]


def _municipalities(data: Data) -> Iterator[dict[str, Any]]:
    pilots = {code_of(pilot): pilot for pilot in data.pilots}
    # The register does not hold the districts of Prague.
    rows = [*data.register, *(pilot for pilot in data.pilots if pilot["city_district_code"])]
    slugs = _slugs(rows, {code: pilot["slug"] for code, pilot in pilots.items()})
    for row in rows:
        code = code_of(row)
        others = _pilot_fields(pilots[code]) if code in pilots else _other_fields(code)
        yield {"code": code, "slug": slugs[code], **_register_fields(row), **others}


def _with_own_websites(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the rows as they are, but for websites that municipalities have given themselves since."""
    given = dict(Municipality.objects.exclude(office_changed_at=None).values_list("code", "website"))
    for row in rows:
        website = given.get(row["code"], row["website"])
        if website != row["website"]:
            row = {**row, "website": website, **without_website(row["sources_cs"], row["sources_en"])}
        yield row


def without_website(*sources: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return the Czech and the English sources of a municipality without where its website is known from."""
    kept = [{key: text for key, text in one.items() if key != "website"} for one in sources]
    return dict(zip(("sources_cs", "sources_en"), kept, strict=True))


# What the register tells of a municipality; a later year of it may have told it anew.
REGISTER_FIELDS = (
    "lau2_code", "name", "search_name", "district", "district_code", "region_id", "latitude", "longitude",
    "population", "population_year",
)  # fmt: skip


def _register_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    populations = dict(_known_populations(row))
    year = max(populations, default=None)
    return {
        **{name: row[name] for name in ("lau2_code", "name", "district_code")},
        "search_name": plain(row["name"]),
        "district": row["district_cs"],
        "region_id": row["nuts3"],
        "latitude": Decimal(str(row["latitude"])),
        "longitude": Decimal(str(row["longitude"])),
        "population": year and populations[year],
        "population_year": year,
    }


def _known_populations(row: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    for year in YEARS:
        if value := row.get(f"population_{year}"):
            yield year, int(value)


def _kept_places(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Put what the portal already has of a place where the shipped register has something older."""
    stored = Municipality.objects.filter(code=F("lau2_code")).values("code", "slug", *REGISTER_FIELDS)
    known = {row["code"]: row for row in stored}
    taken = {row["slug"] for row in known.values()}
    for row in rows:
        if row["code"] in known:
            yield {**row, **known[row["code"]]}
        elif row["slug"] in taken:
            yield {**row, "slug": f"{row['slug'][:70]}-{row['code']}"}
        else:
            yield row


def _kept_populations(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    stored = Population.objects.filter(year__in=YEARS).values("municipality_id", "year", "value")
    known = {(row["municipality_id"], row["year"]): row for row in stored}
    return (known.get((row["municipality_id"], row["year"]), row) for row in rows)


def _slugs(rows: list[dict[str, Any]], given: dict[str, str]) -> dict[str, str]:
    """Return a slug for each code: the given one, or the first unique of name, name-district, name-code."""
    forms = {
        code_of(row): (
            slugify(plain(row["name"])),
            slugify(plain(f"{row['name']} {row['district_cs']}")),
            f"{slugify(plain(row['name']))}-{code_of(row)}",
        )
        for row in rows
    }
    met = Counter(form for three in forms.values() for form in set(three[:2]))
    met.update(given.values())
    chosen = {code: next(form for form in three if met[form] <= 1) for code, three in forms.items()}
    return chosen | given


def _other_fields(code: str) -> dict[str, Any]:
    name = SHIPPED.records["names_en"].get(code, "")
    register = {f"source_{language}": text for language, text in SHIPPED.records["register_source"].items()}
    return {
        "kind": None, "name_en": name, "search_name_en": plain(name), "orp": "", "website": "",
        "is_pilot": False, **register, "sources_cs": {}, "sources_en": {}, "note_cs": "", "note_en": "",
    }  # fmt: skip


def _pilot_fields(pilot: dict[str, Any]) -> dict[str, Any]:
    SHIPPED.refuse_unknown(pilot, PILOT_KEYS)
    meta, register = SHIPPED.records["meta"], SHIPPED.records["register_source"]
    has_figures = pilot["population_2019"] is not None
    sources = {
        "website": pilot["website_source"],
        "code": pilot.get("city_district_code_source") or meta["code_source"],
        "orp": meta["orp_source"] if pilot["orp"] else "",
        "position": meta["coordinate_source"],
        "population": meta["population_source"] if has_figures else "",
    }
    sources = {key: text for key, text in sources.items() if text}
    czech = {key: SHIPPED.texts.get(text, text) for key, text in sources.items()}
    name = pilot["name_en"] or ""
    return {
        "kind": pilot["kind"],
        "name_en": name,
        "search_name_en": plain(name),
        "orp": pilot["orp"] or "",
        "website": pilot["website"] or "",
        "is_pilot": True,
        "source_cs": pilot["source"],
        "source_en": pilot["source"],
        "sources_cs": {**czech, "register": register["cs"]} if has_figures else czech,
        "sources_en": {**sources, "register": register["en"]} if has_figures else sources,
        **SHIPPED.both("note", pilot.get("disambiguation") or pilot.get("lau2_note")),
    }


def _title(name: str, text: str | None) -> dict[str, str | None]:
    """Return a title, which is Czech unless it holds English words that we translate."""
    in_czech = SHIPPED.texts.get(text or "")
    return {f"{name}_cs": in_czech or text or "", f"{name}_en": in_czech and text}


def _programmes(data: Data, ids: dict[str, int]) -> Iterator[dict[str, Any]]:
    for pilot in data.pilots:
        found = pilot["programme"]
        yield {
            "municipality_id": ids[code_of(pilot)],
            "key": SHIPPED_KEY,
            "is_public": True,
            "source": pilot["source"],
            **SHIPPED.both("unverified", pilot.get("unverified")),
            **SHIPPED.columns(
                Programme,
                found,
                names=PROGRAMME_KEYS,
                taken=("facts",),
                **_title("name", found["name"]),
                **_title("concept_title", found["concept_title"]),
            ),
        }


def _facts(data: Data, ids: dict[str, int]) -> Iterator[dict[str, Any]]:
    programmes = dict(Programme.objects.filter(key=SHIPPED_KEY).values_list("municipality_id", "pk"))
    for pilot in data.pilots:
        for position, fact in enumerate(pilot["programme"]["facts"], start=1):
            yield {
                "programme_id": programmes[ids[code_of(pilot)]],
                "position": position,
                **SHIPPED.both("text", fact["text"]),
                "source_cs": SHIPPED.texts.get(fact["source"], fact["source"]),
                "source_en": fact["source"],
            }


# Comparing and writing


def _load_programmes(data: Data, ids: dict[str, int]) -> Report:
    """Write programmes and their facts, but none that a person has changed."""
    changed = Programme.objects.filter(key=SHIPPED_KEY).exclude(changed_at=None)
    theirs = dict(changed.values_list("municipality_id", "pk"))
    programmes = [row for row in _programmes(data, ids) if row["municipality_id"] not in theirs]
    report, _changed = merge(Programme, ["municipality_id", "key"], programmes)
    rows = [row for row in _facts(data, ids) if row["programme_id"] not in theirs.values()]
    kept = {(row["programme_id"], row["position"]) for row in rows}
    stored = ProgrammeFact.objects.filter(programme__key=SHIPPED_KEY, programme__changed_at=None)
    gone = [fact.pk for fact in stored if (fact.programme_id, fact.position) not in kept]
    ProgrammeFact.objects.filter(pk__in=gone).delete()
    facts, _changed = merge(ProgrammeFact, ["programme_id", "position"], rows)
    return report + facts + Report(updated=len(gone))


def merge(
    model: type[models.Model], keys: list[str], rows: Iterable[Mapping[str, Any]]
) -> tuple[Report, list[tuple[Any, ...]]]:
    """Write the rows that are missing or differ; return how many, and the keys of those written."""
    rows = list(rows)
    if not rows:
        return Report(), []

    def key(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(row[name] for name in keys)

    names = list(rows[0])
    stored = {key(row): row for row in model._base_manager.values("pk", *names)}
    new, other = [], []
    for row in rows:
        known = stored.get(key(row))
        if known is None:
            new.append(row)
        elif any(known[name] != row[name] for name in names):
            other.append({"pk": known["pk"], **row})
    model._base_manager.bulk_create([model(**row) for row in new], batch_size=BATCH)
    columns = [name.removesuffix("_id") for name in names if name not in keys]
    model._base_manager.bulk_update([model(**row) for row in other], columns, batch_size=BATCH)
    written = [key(row) for row in new + other]
    return Report(len(new), len(other), len(rows) - len(written)), written
