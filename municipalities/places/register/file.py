"""Reading a table of the register, and one of what became of municipalities that it no longer holds.

Every fault is told with its line, and nothing is guessed. What is read here is only looked at; what it would
change, and the changing, is in municipalities/places/register/actions.py.
"""

import codecs
import csv
import hashlib
import io
import re
import unicodedata
from _csv import Reader
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from municipalities.choices import Fate

FIRST_YEAR, FIRST_DAY = 1990, date(1990, 1, 1)
MOST_BYTES = 20_000_000
MOST_INHABITANTS = 5_000_000
# The country's outermost points, with a little air.
LATITUDES = (Decimal("48.5"), Decimal("51.1"))
LONGITUDES = (Decimal("12.0"), Decimal("18.9"))

PLACE_COLUMNS = (
    "lau2_code", "name", "district_code", "district_cs", "nuts3", "region_cs", "latitude", "longitude",
)  # fmt: skip
CHANGE_COLUMNS = ("on", "fate", "before", "after", "source")
_POPULATION = re.compile(r"population_([0-9]{4})")
_CODE = re.compile(r"[0-9]{6}")
_DISTRICT = re.compile(r"CZ[0-9A-Z]{4}")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_DEGREES = re.compile(r"-?[0-9]{1,3}([.,][0-9]{1,12})?")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]")
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_HYPHENS = re.compile("[\u2010\u2011]")


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong in a file, and on which line (0 where it is the file as a whole)."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}" if self.line else self.text


class BrokenFile(Exception):
    """A file that cannot be used; `faults` holds all that is wrong with it, in the order of its lines."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("; ".join(map(str, self.faults[:5])))


@dataclass(frozen=True)
class Row:
    """One municipality as the file has it. A position that the file does not tell is None."""

    line: int
    code: str
    name: str
    district_code: str
    district: str
    region_id: str
    latitude: Decimal | None
    longitude: Decimal | None
    populations: dict[int, int]


@dataclass(frozen=True)
class Reading:
    """A whole file of the register, sound in itself."""

    digest: str
    years: tuple[int, ...]
    rows: list[Row]


@dataclass
class Table:
    """The lines of a CSV file under their column names, and the faults met on the way."""

    columns: list[str]
    lines: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, line: int, *texts: str) -> None:
        self.faults += [Fault(line, text) for text in texts]

    def refuse(self) -> None:
        if self.faults:
            raise BrokenFile(self.faults)


def read_table(data: bytes, *, columns: tuple[str, ...], more: re.Pattern[str] | None = None) -> Table:
    """Take a CSV file apart: UTF-8 or UTF-16, commas, semicolons or tabs, every line as long as the first.

    Texts come in one form, whatever their letters and spaces were put together from. All `columns` have to
    be there, and no others but those like `more`. Raises BrokenFile when the file cannot be read by lines.
    """
    text = _text(data)
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names = [name.strip().lower() for name in next(reader, [])]
    unknown = [name for name in names if name not in columns and not (more and more.fullmatch(name))]
    table = Table(names)
    table.blame(1, *(f"column {name!r} stands there twice" for name in {*names} if names.count(name) > 1))
    table.blame(1, *(f"column {name!r} is missing" for name in columns if name not in names))
    table.blame(1, *(f"column {name[:40]!r} is unknown; remove it" for name in unknown))
    if table.faults:
        return table
    try:
        _fill(table, reader)
    except csv.Error as error:
        table.blame(reader.line_num, f"cannot be read as CSV ({error})")
        raise BrokenFile(table.faults) from error
    if not text.endswith(("\n", "\r")):
        table.blame(text.count("\n") + 1, "has no end of line: the file may have been cut off here")
    return table


def _text(data: bytes) -> str:
    """Return the text with composed letters, plain spaces and hyphens, as the portal keeps its names."""
    if not data.strip():
        raise BrokenFile([Fault(0, "the file is empty")])
    if len(data) > MOST_BYTES:
        raise BrokenFile([Fault(0, f"the file is larger than {MOST_BYTES // 1_000_000} MB")])
    text = _HYPHENS.sub("-", _SPACES.sub(" ", unicodedata.normalize("NFC", _decoded(data))))
    broken = [number for number, line in enumerate(text.split("\n"), start=1) if "\0" in line]
    if broken:
        raise BrokenFile([Fault(number, "holds a NUL character") for number in broken])
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # What is broken in it becomes a character that is refused wherever it stands.
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenFile([Fault(line, "is not UTF-8 (is the file in Windows-1250?)")]) from error


def _fill(table: Table, reader: Reader) -> None:
    width = len(table.columns)
    for values in filter(None, reader):
        if len(values) == width:
            cells = (value.strip() for value in values)
            table.lines.append((reader.line_num, dict(zip(table.columns, cells, strict=True))))
        else:
            table.blame(reader.line_num, f"has {len(values)} values, the first line has {width} columns")
    if not table.lines and not table.faults:
        table.blame(0, "the file holds no municipality, only the names of the columns")


def read_register(data: bytes, *, regions: dict[str, str], last_year: int) -> Reading:
    """Read a table of the register; raises BrokenFile with all that is wrong.

    `regions` are the known ones, name by code; no number may be of a year after `last_year`.
    """
    table = read_table(data, columns=PLACE_COLUMNS, more=_POPULATION)
    years = tuple(sorted(int(found[1]) for found in map(_POPULATION.fullmatch, table.columns) if found))
    if not years:
        table.blame(1, "there is no column 'population_<year>'")
    impossible = [year for year in years if not FIRST_YEAR <= year <= last_year]
    table.blame(1, *(f"column 'population_{year}' is of no possible year" for year in impossible))
    for line, cells in table.lines:
        table.blame(line, *_faults(cells, years, regions))
    _compare(table)
    table.refuse()
    rows = [_row(line, cells, years) for line, cells in table.lines]
    return Reading(hashlib.sha256(data).hexdigest(), years, rows)


def _row(line: int, cells: dict[str, str], years: tuple[int, ...]) -> Row:
    numbers = {year: cells[f"population_{year}"] for year in years}
    return Row(
        line=line,
        code=cells["lau2_code"],
        name=cells["name"],
        district_code=cells["district_code"],
        district=cells["district_cs"],
        region_id=cells["nuts3"],
        latitude=_degrees(cells["latitude"]),
        longitude=_degrees(cells["longitude"]),
        populations={year: int(number) for year, number in numbers.items() if number},
    )


def _degrees(value: str) -> Decimal | None:
    return Decimal(value.replace(",", ".")).quantize(Decimal("0.0001")) if value else None


def _faults(cells: dict[str, str], years: tuple[int, ...], regions: dict[str, str]) -> Iterator[str]:
    code, latitude, longitude = cells["lau2_code"], cells["latitude"], cells["longitude"]
    if not _CODE.fullmatch(code):
        yield f"lau2_code {code[:20]!r} is not six digits"
    yield from _faults_of_text("name", cells["name"], 80)
    yield from _faults_of_text("district_cs", cells["district_cs"], 60)
    yield from _faults_of_place(cells, regions)
    yield from _faults_of_degrees("latitude", latitude, LATITUDES)
    yield from _faults_of_degrees("longitude", longitude, LONGITUDES)
    if bool(latitude) != bool(longitude):
        yield "has only one half of a position"
    for name in (f"population_{year}" for year in years):
        number = cells[name] or "0"
        if not _NUMBER.fullmatch(number):
            yield f"{name} {number[:20]!r} is not a whole number"
        elif int(number) < 0:
            yield f"{name} {number} is negative"
        elif int(number) > MOST_INHABITANTS:
            yield f"{name} {number} is more than any municipality has"


def _faults_of_text(name: str, value: str, most: int) -> Iterator[str]:
    if not value:
        yield f"{name} is empty"
    elif len(value) > most:
        yield f"{name} is longer than {most} characters"
    elif _UNSEEN.search(value):
        yield f"{name} holds a character that cannot be seen"


def _faults_of_place(cells: dict[str, str], regions: dict[str, str]) -> Iterator[str]:
    nuts3, district = cells["nuts3"], cells["district_code"]
    if nuts3 not in regions:
        yield f"region {nuts3[:20]!r} is unknown"
    elif cells["region_cs"] != regions[nuts3]:
        yield f"region {nuts3} is called {regions[nuts3]!r}, not {cells['region_cs'][:60]!r}"
    if not _DISTRICT.fullmatch(district):
        yield f"district_code {district[:20]!r} is none"
    elif not district.startswith(nuts3):
        yield f"district {district} does not lie in region {nuts3[:20]}"


def _faults_of_degrees(name: str, value: str, bounds: tuple[Decimal, Decimal]) -> Iterator[str]:
    if value and not _DEGREES.fullmatch(value):
        yield f"{name} {value[:20]!r} is not a number of degrees"
    elif (found := _degrees(value)) is not None and not bounds[0] <= found <= bounds[1]:
        yield f"{name} {found} lies outside the country ({bounds[0]} to {bounds[1]})"


def _compare(table: Table) -> None:
    """Note codes that stand there twice, and districts that the file describes in two ways."""
    codes: dict[str, int] = {}
    districts: dict[str, tuple[str, int]] = {}
    for line, cells in table.lines:
        code, district, name = cells["lau2_code"], cells["district_code"], cells["district_cs"]
        first = codes.setdefault(code, line)
        if first != line:
            table.blame(line, f"code {code[:20]} stands on line {first} already")
        other, first = districts.setdefault(district, (name, line))
        if name != other:
            table.blame(line, f"district {district[:20]} is called {other[:60]!r} on line {first}")


@dataclass(frozen=True)
class Change:
    """One line: on a day, `before` became a part of `after`, or gave rise to it."""

    line: int
    on: date
    fate: str
    before: str
    after: str
    source: str


def read_changes(data: bytes, *, known: dict[str, str], rows: list[Row], year: int) -> list[Change]:
    """Read what changed before 1 January of a year, one line for each municipality that an area went to.

    `known` are the municipalities that the portal has, name by code; `rows` those of the new register.
    Raises BrokenFile with all that is wrong.
    """
    table = read_table(data, columns=CHANGE_COLUMNS)
    held = {row.code for row in rows}
    changes = []
    for line, cells in table.lines:
        faults = list(_faults_of_change(cells, known, held, date(year, 1, 1)))
        table.blame(line, *faults)
        if not faults:
            others = [cells[name] for name in CHANGE_COLUMNS[1:]]
            changes.append(Change(line, date.fromisoformat(cells["on"]), *others))
    _compare_changes(changes, table)
    table.refuse()
    return changes


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _faults_of_change(
    cells: dict[str, str], known: dict[str, str], held: set[str], last_day: date
) -> Iterator[str]:
    fate, before, after, on = cells["fate"], cells["before"], cells["after"], _day(cells["on"])
    if on is None or not FIRST_DAY <= on <= last_day:
        yield f"on {cells['on'][:20]!r} is no day up to {last_day}, written YYYY-MM-DD"
    if fate not in Fate.values:
        yield f"fate {fate[:20]!r} is none of {', '.join(Fate.values)}"
    if before not in known:
        yield f"before {before[:20]!r} is no municipality that the portal has"
    elif fate == Fate.MERGED and before in held:
        yield f"before {before} ({known[before]}) is still in the new register, so it did not merge"
    elif fate == Fate.SPLIT and before not in held:
        yield f"before {before} ({known[before]}) is gone; write what became of it as merged"
    if after not in held:
        yield f"after {after[:20]!r} is not in the new register"
    if before == after:
        yield "before and after are the same"
    if not cells["source"]:
        yield "source is empty"


def _compare_changes(changes: list[Change], table: Table) -> None:
    """Note lines that say one thing twice, and ends of one municipality on several days."""
    pairs: dict[tuple[str, str], int] = {}
    ends: dict[str, set[date]] = defaultdict(set)
    for change in changes:
        first = pairs.setdefault((change.before, change.after), change.line)
        if first != change.line:
            table.blame(change.line, f"says again what line {first} says")
        if change.fate == Fate.MERGED:
            ends[change.before].add(change.on)
            if len(ends[change.before]) > 1:
                table.blame(change.line, f"lets {change.before} end on another day than the lines before")
