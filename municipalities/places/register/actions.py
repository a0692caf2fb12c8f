"""A new year of the register: what it would change, and the changing, all or nothing.

`prepare()` compares a file with what the portal has and returns a Plan, writing nothing;
`apply()` does the same inside its transaction and writes it. Slugs never change, so that
addresses stay alive; a municipality that is gone keeps its page and its history.
"""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery
from django.utils import timezone
from django.utils.text import slugify

from core import audit
from core.search.prefix import plain
from municipalities.choices import Fate
from municipalities.models import Municipality, Population, Region, RegisterEdition, Succession
from municipalities.places import search
from municipalities.places.register import file
from municipalities.places.register.file import BrokenFile, Change, Fault, Reading, Row

# A file with fewer municipalities than this share of the portal's own is taken for a broken one.
LEAST_SHARE = 0.95
BATCH = 500
# What a register tells of a place. A position that it does not tell stays.
PLACE_FIELDS = ("name", "district", "district_code", "region_id", "latitude", "longitude")


@dataclass(frozen=True)
class Upload:
    """What is to be imported: the files' bytes, and what was said about them."""

    register: bytes
    changes: bytes | None = None
    year: int | None = None
    source: str = ""
    allow_fewer: bool = False


@dataclass
class Plan:
    """What an import would change. Rows of the portal are dicts of their values."""

    year: int
    source: str
    reading: Reading
    # An older year than the newest known one only adds numbers of inhabitants.
    is_older: bool
    known: dict[str, dict[str, Any]]
    new: list[Row] = field(default_factory=list)
    gone: list[dict[str, Any]] = field(default_factory=list)
    returned: list[dict[str, Any]] = field(default_factory=list)
    places: dict[int, dict[str, Any]] = field(default_factory=dict)
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    moved: list[tuple[str, str, str]] = field(default_factory=list)
    populations: list[tuple[str, int, int]] = field(default_factory=list)
    corrected: int = 0
    # How the number of inhabitants of each changes: its name, before, after.
    jumps: list[tuple[str, int, int]] = field(default_factory=list)
    sums: tuple[int, int] = (0, 0)
    changes: list[Change] = field(default_factory=list)
    # Codes of an older year that the portal does not have; nothing is made of them.
    unknown: list[Row] = field(default_factory=list)
    # Whether this very reading has been imported already.
    is_known: bool = False

    @property
    def is_empty(self) -> bool:
        parts = (self.new, self.gone, self.returned, self.places, self.populations, self.changes)
        return self.is_known and not any(parts)


def prepare(upload: Upload) -> Plan:
    """Compare the files with the portal; raises BrokenFile with all that is wrong with them."""
    regions = dict(Region.objects.values_list("nuts3", "name_cs"))
    if not regions:
        raise BrokenFile([Fault(0, "the portal has no regions yet; run `manage.py setup` first")])
    reading = file.read_register(upload.register, regions=regions, last_year=timezone.localdate().year)
    plan = _begin(upload, reading)
    _check(plan, upload)
    changes = _read_changes(plan, upload)
    if plan.is_older:
        plan.unknown = [row for row in reading.rows if row.code not in plan.known]
    else:
        _compare_places(plan)
        _compare_ends(plan, changes)
    _compare_populations(plan)
    return plan


def _begin(upload: Upload, reading: Reading) -> Plan:
    year = upload.year or reading.years[-1]
    if year != reading.years[-1]:
        text = f"the newest column is population_{reading.years[-1]}, so the file is not of {year}"
        raise BrokenFile([Fault(1, text)])
    names = ("pk", "code", "slug", "dissolved_on", "population", "population_year", *PLACE_FIELDS)
    rows = Municipality.objects.filter(code=F("lau2_code")).values(*names)
    newest = Population.objects.aggregate(year=Max("year"))["year"] or 0
    edition = RegisterEdition.objects.filter(year=year).first()
    default = f"Český statistický úřad, počet obyvatel v obcích k 1. lednu {year}"
    source = upload.source or (edition and edition.source) or default
    is_known = edition is not None and (edition.digest, edition.source) == (reading.digest, source)
    known = {row["code"]: row for row in rows}
    return Plan(year, source, reading, year < newest, known, is_known=is_known)


def _check(plan: Plan, upload: Upload) -> None:
    """Raise BrokenFile for what is wrong beside the portal's own rows."""
    faults = []
    districts = dict(Municipality.objects.exclude(code=F("lau2_code")).values_list("code", "name"))
    existing = sum(row["dissolved_on"] is None for row in plan.known.values())
    for row in plan.reading.rows:
        if row.code in districts:
            faults.append(Fault(row.line, f"{row.code} is the city district {districts[row.code]}"))
        elif plan.year not in row.populations:
            faults.append(Fault(row.line, f"population_{plan.year} of {row.name} is empty"))
    told = len(plan.reading.rows)
    if told < existing * LEAST_SHARE and not upload.allow_fewer:
        text = (
            f"the file has {told} municipalities, the portal {existing}; if that is right, say --allow-fewer"
        )
        faults.append(Fault(0, text))
    if faults:
        raise BrokenFile(faults)


def _read_changes(plan: Plan, upload: Upload) -> list[Change]:
    if upload.changes is None:
        return []
    if plan.is_older:
        text = f"{plan.year} is not the newest year; then changes of municipalities cannot be told"
        raise BrokenFile([Fault(0, text)])
    known = {code: row["name"] for code, row in plan.known.items()}
    return file.read_changes(upload.changes, known=known, rows=plan.reading.rows, year=plan.year)


def _compare_places(plan: Plan) -> None:
    for row in plan.reading.rows:
        stored = plan.known.get(row.code)
        if stored is None:
            plan.new.append(row)
            continue
        if stored["dissolved_on"]:
            plan.returned.append(stored)
        told = {name: getattr(row, name) for name in PLACE_FIELDS}
        differs = {name: value for name, value in told.items() if value not in (None, stored[name])}
        if differs:
            plan.places[stored["pk"]] = differs
        if "name" in differs:
            plan.renamed.append((row.code, stored["name"], row.name))
        if differs.keys() & {"district_code", "region_id"}:
            plan.moved.append((row.name, stored["district"], row.district))


def _compare_ends(plan: Plan, changes: list[Change]) -> None:
    """Find what is gone; raises BrokenFile with the names of those of which nobody says what they became."""
    held = {row.code for row in plan.reading.rows}
    merged = {change.before: change for change in changes if change.fate == Fate.MERGED}
    for code, row in plan.known.items():
        end = merged.get(code)
        if code not in held and (row["dissolved_on"] is None or (end and end.on != row["dissolved_on"])):
            plan.gone.append({**row, "on": end and end.on})
    silent = [row for row in plan.gone if row["on"] is None]
    if silent:
        gone = "gone from the file: {code} {name} ({district})"
        faults = [Fault(0, gone.format(**row)) for row in silent]
        raise BrokenFile([*faults, Fault(0, "say in --changes what became of each")])
    rows = Succession.objects.values_list("before__code", "after__code", "fate", "on", "source")
    stored = set(rows)
    told = attrgetter("before", "after", "fate", "on", "source")
    plan.changes = [change for change in changes if told(change) not in stored]


def _compare_populations(plan: Plan) -> None:
    rows = Population.objects.filter(year__in=plan.reading.years)
    found = rows.values_list("municipality__code", "year", "value")
    stored = {(code, year): value for code, year, value in found}
    before, after = sum(row["population"] or 0 for row in plan.gone), 0
    for row in plan.reading.rows:
        if plan.is_older and row.code not in plan.known:
            continue
        for year, value in row.populations.items():
            known = stored.get((row.code, year))
            if known != value:
                plan.populations.append((row.code, year, value))
                plan.corrected += known is not None
        last = plan.known.get(row.code, {}).get("population") or 0
        before, after = before + last, after + row.populations[plan.year]
        if last:
            plan.jumps.append((row.name, last, row.populations[plan.year]))
    plan.sums = (before, after)
    plan.jumps.sort(key=lambda jump: (-abs(jump[2] - jump[1]) / jump[1], jump[0]))


# Writing


@transaction.atomic
def apply(upload: Upload) -> Plan:
    """Import the files all or nothing, and return what was changed; raises BrokenFile and writes nothing."""
    # Two imports at once: the second one waits and sees what the first has written.
    list(Region.objects.select_for_update().order_by("pk"))
    plan = prepare(upload)
    if plan.is_empty:
        return plan
    _create(plan)
    _write_places(plan)
    ids = dict(Municipality.objects.filter(code=F("lau2_code")).values_list("code", "pk"))
    _write_populations(plan, ids)
    _write_ends(plan, ids)
    edition, _created = RegisterEdition.objects.update_or_create(
        year=plan.year,
        defaults={"source": plan.source, "digest": plan.reading.digest, "imported_at": timezone.now()},
    )
    _index(plan)
    audit.record(
        "import_register", edition, by=None, year=plan.year, new=len(plan.new), gone=len(plan.gone),
        renamed=len(plan.renamed), moved=len(plan.moved), populations=len(plan.populations),
    )  # fmt: skip
    return plan


def _create(plan: Plan) -> None:
    taken = set(Municipality.objects.values_list("slug", flat=True))
    texts = {"source_cs": plan.source, "source_en": plan.source, "sources_cs": {}, "sources_en": {}}
    texts |= {"note_cs": "", "note_en": ""}
    rows = []
    for row in plan.new:
        slug = _free_slug(row, taken)
        taken.add(slug)
        told = {name: getattr(row, name) for name in PLACE_FIELDS}
        told |= {"code": row.code, "lau2_code": row.code, "slug": slug, "search_name": plain(row.name)}
        rows.append(Municipality(**told, **texts))
    Municipality.objects.bulk_create(rows, batch_size=BATCH)


def _free_slug(row: Row, taken: set[str]) -> str:
    name = slugify(plain(row.name))
    forms = (name, slugify(plain(f"{row.name} {row.district}")), f"{name}-{row.code}")
    return next(form[-80:] for form in forms if form and form[-80:] not in taken)


def _write_places(plan: Plan) -> None:
    """Write what differs; few municipalities change their name, district or position in a year."""
    for pk, differs in plan.places.items():
        if "name" in differs:
            differs = {**differs, "search_name": plain(differs["name"])}
        Municipality.objects.filter(pk=pk).update(**differs)


def _write_populations(plan: Plan, ids: dict[str, int]) -> None:
    rows = [
        Population(municipality_id=ids[code], year=year, value=value)
        for code, year, value in plan.populations
    ]
    keys, columns = ["municipality", "year"], ["value"]
    Population.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, update_fields=columns, unique_fields=keys
    )
    newest = Population.objects.filter(municipality=OuterRef("pk")).order_by("-year")
    years = {year for _code, year, _value in plan.populations}
    Municipality.objects.filter(populations__year__in=years).update(
        population=Subquery(newest.values("value")[:1]), population_year=Subquery(newest.values("year")[:1])
    )


def _write_ends(plan: Plan, ids: dict[str, int]) -> None:
    back = [row["pk"] for row in plan.returned]
    Municipality.objects.filter(pk__in=back).update(dissolved_on=None)
    Succession.objects.filter(before__in=back, fate=Fate.MERGED).delete()
    for row in plan.gone:
        Municipality.objects.filter(pk=row["pk"]).update(dissolved_on=row["on"])
    for change in plan.changes:
        Succession.objects.update_or_create(
            before_id=ids[change.before],
            after_id=ids[change.after],
            defaults={"fate": change.fate, "on": change.on, "source": change.source},
        )


def _index(plan: Plan) -> None:
    """Write anew how those are found whose name, place or fate changed."""
    told_anew = (code for code, row in plan.known.items() if row["pk"] in plan.places)
    fates = (row["code"] for row in plan.gone + plan.returned)
    search.index([*told_anew, *(row.code for row in plan.new), *fates])
