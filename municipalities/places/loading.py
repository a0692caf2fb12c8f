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

import yaml
from django.db import models, transaction
from django.db.models import F, Max
from django.utils.text import slugify

from core.loading import Report
from core.search.prefix import plain
from municipalities.models import (
    Municipality,
    Population,
    Programme,
    ProgrammeFact,
    Region,
    RegisterEdition,
)
from municipalities.models.programme import SHIPPED_KEY
from municipalities.places import search

DATA = Path(__file__).parent / "data"
YEARS = (2018, 2019, 2024)
BATCH = 500

REGIONS_EN = {
    "CZ010": "Prague, the Capital City",
    "CZ020": "Central Bohemian Region",
    "CZ031": "South Bohemian Region",
    "CZ032": "Plzeň Region",
    "CZ041": "Karlovy Vary Region",
    "CZ042": "Ústí nad Labem Region",
    "CZ051": "Liberec Region",
    "CZ052": "Hradec Králové Region",
    "CZ053": "Pardubice Region",
    "CZ063": "Vysočina Region",
    "CZ064": "South Moravian Region",
    "CZ071": "Olomouc Region",
    "CZ072": "Zlín Region",
    "CZ080": "Moravian-Silesian Region",
}

# Keys of the pilots' file, all of which are read; an unknown one stops the loading, so that none is lost.
PILOT_KEYS = {
    "slug", "name", "name_en", "kind", "disambiguation", "region_cs", "region_en", "nuts3", "district_cs",
    "district_code", "orp", "lau2_code", "lau2_note", "city_district_code", "city_district_code_source",
    "population_2018", "population_2019", "latitude", "longitude", "website", "website_source", "programme",
    "unverified", "source",
}  # fmt: skip
PROGRAMME_KEYS = {
    "project_name_cs", "registration_number", "start", "start_year", "start_year_note", "end", "end_year",
    "end_year_note", "total_cost_czk", "total_cost_note", "grant_czk", "eu_grant_czk", "national_public_czk",
    "own_share_czk", "own_share_note", "approaches", "target_groups", "flats_count", "flats_note",
    "households_supported", "local_concept_title", "local_concept_approved", "local_concept_note", "facts",
}  # fmt: skip


@dataclass(frozen=True)
class Data:
    """What the three files hold."""

    register: list[dict[str, str]]
    pilots: list[dict[str, Any]]
    meta: dict[str, Any]
    czech: dict[str, str]

    def in_czech(self, text: str) -> str | None:
        """Return our translation of an English text of the pilots' file, or None when it has none."""
        return self.czech.get(text)


@lru_cache(maxsize=1)
def read() -> Data:
    """Read the files once; raises ValueError when the pilots' file has a key that is not loaded."""
    with (DATA / "register.csv").open(encoding="utf-8", newline="") as file:
        register = list(csv.DictReader(file))
    pilots = _yaml("municipalities.yaml")
    for pilot in pilots["municipalities"]:
        unknown = (set(pilot) - PILOT_KEYS) | (set(pilot["programme"]) - PROGRAMME_KEYS)
        if unknown:
            raise ValueError(f"{pilot['slug']}: nobody loads {sorted(unknown)}")
    return Data(register, pilots["municipalities"], pilots["meta"], _yaml("municipalities_cs.yaml")["texts"])


def _yaml(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


@transaction.atomic
def load(data: Data | None = None) -> Report:
    """Bring regions, municipalities, populations, programmes and the search in line with the files.

    What a register imported since has told of a place stays (municipalities.places.register.actions).
    """
    data = data or read()
    report, _changed = _merge(Region, ["nuts3"], _regions(data))
    imported = RegisterEdition.objects.aggregate(year=Max("year"))["year"] or 0
    places = _with_own_websites(_municipalities(data))
    if imported >= YEARS[-1]:
        places = _kept_places(places)
    merged, changed = _merge(Municipality, ["code"], places)
    report += merged
    ids = dict(Municipality.objects.values_list("code", "pk"))
    populations: Iterator[Mapping[str, Any]] = _populations(data, ids)
    if imported:
        populations = _kept_populations(populations)
    report += _merge(Population, ["municipality_id", "year"], populations)[0]
    told = _load_programmes(data, ids)
    codes = {code for (code,) in changed}
    if told.created or told.updated:
        codes |= {code_of(pilot) for pilot in data.pilots}
    search.index(codes)
    return report + told


# Rows as they should be


def _regions(data: Data) -> Iterator[dict[str, Any]]:
    names = {row["nuts3"]: row["region_cs"] for row in data.register}
    for nuts3, name in sorted(names.items()):
        yield {"nuts3": nuts3, "slug": slugify(plain(name)), "name_cs": name, "name_en": REGIONS_EN[nuts3]}


def code_of(pilot: dict[str, Any]) -> str:
    """Return a pilot's code: a Prague district's own one, else the register's."""
    return pilot["city_district_code"] or pilot["lau2_code"]


def _municipalities(data: Data) -> Iterator[dict[str, Any]]:
    pilots = {code_of(pilot): pilot for pilot in data.pilots}
    districts = [_as_register_row(pilot) for pilot in data.pilots if pilot["city_district_code"]]
    rows = [{**row, "code": row["lau2_code"]} for row in data.register] + districts
    slugs = _slugs(rows, {code: pilot["slug"] for code, pilot in pilots.items()})
    for row in rows:
        pilot = pilots.get(row["code"])
        yield {
            **_register_fields(row, data),
            "slug": slugs[row["code"]],
            **(_pilot_fields(pilot, data) if pilot else _other_fields(row["code"])),
        }


def _with_own_websites(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the rows as they are, but for websites that municipalities have given themselves since."""
    given = dict(Municipality.objects.exclude(office_changed_at=None).values_list("code", "website"))
    for row in rows:
        website = given.get(row["code"], row["website"])
        if website != row["website"]:
            row = {**row, "website": website, **_without_website(row)}
        yield row


def _without_website(row: dict[str, Any]) -> dict[str, dict[str, str]]:
    names = ("sources_cs", "sources_en")
    return {name: {key: text for key, text in row[name].items() if key != "website"} for name in names}


# What the register tells of a municipality; a later year of it may have told it anew.
REGISTER_FIELDS = (
    "lau2_code", "name", "search_name", "district", "district_code", "region_id", "latitude", "longitude",
    "population", "population_year",
)  # fmt: skip


def _as_register_row(pilot: dict[str, Any]) -> dict[str, Any]:
    same = ("lau2_code", "name", "district_code", "district_cs", "nuts3", "latitude", "longitude")
    return {
        "code": code_of(pilot),
        **{key: pilot[key] for key in same},
        **{f"population_{year}": pilot.get(f"population_{year}") for year in YEARS},
    }


def _register_fields(row: dict[str, Any], data: Data) -> dict[str, Any]:
    known = [(year, int(row[f"population_{year}"])) for year in YEARS if row[f"population_{year}"]]
    year, population = known[-1] if known else (None, None)
    return {
        "code": row["code"],
        "lau2_code": row["lau2_code"],
        "name": row["name"],
        "search_name": plain(row["name"]),
        "district": row["district_cs"],
        "district_code": row["district_code"],
        "region_id": row["nuts3"],
        "latitude": Decimal(str(row["latitude"])),
        "longitude": Decimal(str(row["longitude"])),
        "population": population,
        "population_year": year,
    }


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
        row["code"]: (
            slugify(plain(row["name"])),
            slugify(plain(f"{row['name']} {row['district_cs']}")),
            f"{slugify(plain(row['name']))}-{row['code']}",
        )
        for row in rows
    }
    met = Counter(form for three in forms.values() for form in set(three[:2]))
    met.update(given.values())
    chosen = {code: next(form for form in three if met[form] <= 1) for code, three in forms.items()}
    return chosen | given


REGISTER_SOURCES = {
    "source_cs": (
        "Český statistický úřad, počet obyvatel v obcích k 1. lednu 2018, 2019 a 2024; "
        "poloha: veřejný repozitář 33bcdd/souradnice-mest"
    ),
    "source_en": (
        "Czech Statistical Office, population of municipalities on 1 January 2018, 2019 and 2024; "
        "positions: public repository 33bcdd/souradnice-mest"
    ),
}
NO_PILOT: dict[str, Any] = {
    "kind": None,
    "orp": "",
    "website": "",
    "is_pilot": False,
    **REGISTER_SOURCES,
    "sources_cs": {},
    "sources_en": {},
    "note_cs": "",
    "note_en": "",
}

# English names of municipalities that are no pilots: the capital as in the name of its region (REGIONS_EN).
NAMES_EN = {"554782": "Prague"}


def _other_fields(code: str) -> dict[str, Any]:
    name = NAMES_EN.get(code, "")
    return {**NO_PILOT, "name_en": name, "search_name_en": plain(name)}


def _pilot_fields(pilot: dict[str, Any], data: Data) -> dict[str, Any]:
    has_figures = pilot["population_2019"] is not None
    sources = {
        "website": pilot["website_source"],
        "code": pilot.get("city_district_code_source") or data.meta["code_source"],
        "orp": data.meta["orp_source"] if pilot["orp"] else "",
        "position": data.meta["coordinate_source"],
        "population": data.meta["population_source"] if has_figures else "",
    }
    sources = {key: text for key, text in sources.items() if text}
    register_cs = {"register": REGISTER_SOURCES["source_cs"]} if has_figures else {}
    register_en = {"register": REGISTER_SOURCES["source_en"]} if has_figures else {}
    note = pilot.get("disambiguation") or pilot.get("lau2_note") or ""
    return {
        "kind": pilot["kind"],
        "name_en": pilot["name_en"] or "",
        "search_name_en": plain(pilot["name_en"] or ""),
        "orp": pilot["orp"] or "",
        "website": pilot["website"] or "",
        "is_pilot": True,
        "source_cs": pilot["source"],
        "source_en": pilot["source"],
        "sources_cs": {key: data.in_czech(text) or text for key, text in sources.items()} | register_cs,
        "sources_en": sources | register_en,
        **_both("note", note, data),
    }


def _both(name: str, text: str | None, data: Data) -> dict[str, str | None]:
    """Return an English text in both languages; without a translation the Czech one stays unknown."""
    if not text:
        return {f"{name}_cs": "", f"{name}_en": ""}
    return {f"{name}_cs": data.in_czech(text), f"{name}_en": text}


def _title(name: str, text: str | None, data: Data) -> dict[str, str | None]:
    """Return a title, which is Czech unless it holds English words that we translate."""
    if text in data.czech:
        return _both(name, text, data)
    return {f"{name}_cs": text or "", f"{name}_en": None}


def _populations(data: Data, ids: dict[str, int]) -> Iterator[dict[str, Any]]:
    for row in data.register:
        for year in YEARS:
            if row[f"population_{year}"]:
                value = int(row[f"population_{year}"])
                yield {"municipality_id": ids[row["lau2_code"]], "year": year, "value": value}


def _programmes(data: Data, ids: dict[str, int]) -> Iterator[dict[str, Any]]:
    for pilot in data.pilots:
        found = pilot["programme"]
        groups = found["target_groups"]
        yield {
            "municipality_id": ids[code_of(pilot)],
            "key": SHIPPED_KEY,
            **_title("name", found["project_name_cs"], data),
            "registration_number": found["registration_number"] or "",
            "start": _partial(found["start"], found["start_year"]),
            **_both("start_note", found.get("start_year_note"), data),
            "end": _partial(found["end"], found.get("end_year")),
            **_both("end_note", found.get("end_year_note"), data),
            **_amounts(found),
            **_both("total_cost_note", found.get("total_cost_note"), data),
            **_both("own_share_note", found.get("own_share_note"), data),
            "approaches": found["approaches"],
            "target_groups_cs": [data.in_czech(group) or group for group in groups],
            "target_groups_en": groups,
            "flats_count": found["flats_count"],
            **_both("flats_note", found["flats_note"], data),
            "households_supported": found["households_supported"],
            **_title("concept_title", found["local_concept_title"], data),
            "concept_approved": found["local_concept_approved"] or "",
            **_both("concept_note", found.get("local_concept_note"), data),
            **_both("unverified", pilot.get("unverified"), data),
            "source": pilot["source"],
            "is_public": True,
        }


def _partial(found: str | None, year: int | None) -> str:
    return found or (str(year) if year else "")


def _amounts(found: dict[str, Any]) -> dict[str, Decimal | None]:
    names = ("total_cost_czk", "grant_czk", "eu_grant_czk", "national_public_czk", "own_share_czk")
    values = {name: found.get(name) for name in names}
    return {name: None if value is None else Decimal(str(value)) for name, value in values.items()}


def _facts(data: Data, ids: dict[str, int]) -> Iterator[dict[str, Any]]:
    programmes = dict(Programme.objects.filter(key=SHIPPED_KEY).values_list("municipality_id", "pk"))
    for pilot in data.pilots:
        for position, fact in enumerate(pilot["programme"]["facts"], start=1):
            yield {
                "programme_id": programmes[ids[code_of(pilot)]],
                "position": position,
                **_both("text", fact["text"], data),
                "source_cs": data.in_czech(fact["source"]) or fact["source"],
                "source_en": fact["source"],
            }


# Comparing and writing


def _load_programmes(data: Data, ids: dict[str, int]) -> Report:
    """Write programmes and their facts, but none that a person has changed."""
    changed = Programme.objects.filter(key=SHIPPED_KEY).exclude(changed_at=None)
    theirs = dict(changed.values_list("municipality_id", "pk"))
    programmes = [row for row in _programmes(data, ids) if row["municipality_id"] not in theirs]
    report, _changed = _merge(Programme, ["municipality_id", "key"], programmes)
    rows = [row for row in _facts(data, ids) if row["programme_id"] not in theirs.values()]
    kept = {(row["programme_id"], row["position"]) for row in rows}
    stored = ProgrammeFact.objects.filter(programme__key=SHIPPED_KEY, programme__changed_at=None)
    places = stored.values_list("pk", "programme_id", "position")
    gone = [pk for pk, *place in places if tuple(place) not in kept]
    if gone:
        ProgrammeFact.objects.filter(pk__in=gone).delete()
    facts, _changed = _merge(ProgrammeFact, ["programme_id", "position"], rows)
    return report + facts + Report(updated=len(gone))


def _merge(
    model: type[models.Model], keys: list[str], rows: Iterable[Mapping[str, Any]]
) -> tuple[Report, list[tuple[Any, ...]]]:
    """Write the rows that are missing or differ; return how many, and the keys of those written."""
    rows = list(rows)
    if not rows:
        return Report(), []
    names = list(rows[0])
    stored = {_key(row, keys): row for row in model._base_manager.values("pk", *names)}
    new, other = [], []
    for row in rows:
        known = stored.get(_key(row, keys))
        if known is None:
            new.append(row)
        elif any(known[name] != row[name] for name in names):
            other.append({"pk": known["pk"], **row})
    model._base_manager.bulk_create([model(**row) for row in new], batch_size=BATCH)
    columns = [name.removesuffix("_id") for name in names if name not in keys]
    model._base_manager.bulk_update([model(**row) for row in other], columns, batch_size=BATCH)
    written = [_key(row, keys) for row in new + other]
    return Report(len(new), len(other), len(rows) - len(written)), written


def _key(row: Mapping[str, Any], keys: list[str]) -> tuple[Any, ...]:
    return tuple(row[key] for key in keys)
