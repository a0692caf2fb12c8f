"""Reading a table of the register: every fault with its line, and nothing is guessed.

The columns are those of data/register.csv. What is read here is only looked at; what it would
change, and the changing, is in municipalities/places/register/actions.py.
"""

import codecs
import csv
import hashlib
import io
import re
import unicodedata
from _csv import Reader
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

FIRST_YEAR = 1990
MOST_BYTES = 20_000_000
MOST_INHABITANTS = 5_000_000
# The country's outermost points, with a little air.
LATITUDES = (Decimal("48.5"), Decimal("51.1"))
LONGITUDES = (Decimal("12.0"), Decimal("18.9"))

PLACE_COLUMNS = (
    "lau2_code",
    "name",
    "district_code",
    "district_cs",
    "nuts3",
    "region_cs",
    "latitude",
    "longitude",
)
_POPULATION = re.compile(r"population_([0-9]{4})")
_CODE = re.compile(r"[0-9]{6}")
_DISTRICT = re.compile(r"CZ[0-9A-Z]{4}")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")
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
    nuts3: str
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

    columns: list[str] = field(default_factory=list)
    lines: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, line: int, text: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(line, text))


def read_table(data: bytes, *, wanted: Callable[[list[str]], Iterator[str]]) -> Table:
    """Take a CSV file apart: UTF-8 or UTF-16, commas, semicolons or tabs, every line as long as the first.

    Texts come in one form, whatever their letters and spaces were put together from.

    `wanted` says what is wrong with the names of the columns. Raises BrokenFile when the file
    cannot be read line by line at all.
    """
    text = _text(data)
    header, _end, _rest = text.partition("\n")
    separator = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    table = Table(columns=[name.strip().lower() for name in next(reader, [])])
    faults = [Fault(1, f"column {name!r} stands there twice") for name in _twice(table.columns)]
    faults += [Fault(1, fault) for fault in wanted(table.columns)]
    if faults:
        raise BrokenFile(faults)
    try:
        _fill(table, reader)
    except csv.Error as error:
        table.blame(reader.line_num, f"cannot be read as CSV ({error})")
        raise BrokenFile(table.faults) from error
    if not text.endswith(("\n", "\r")):
        table.blame(text.count("\n") + 1, "has no end of line: the file may have been cut off here")
    return table


def _text(data: bytes) -> str:
    if not data.strip():
        raise BrokenFile([Fault(0, "the file is empty")])
    if len(data) > MOST_BYTES:
        raise BrokenFile([Fault(0, f"the file is larger than {MOST_BYTES // 1_000_000} MB")])
    text = _in_one_form(_decoded(data))
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


def _in_one_form(text: str) -> str:
    """Return text with composed letters, plain spaces and plain hyphens, as the portal keeps its names."""
    return _HYPHENS.sub("-", _SPACES.sub(" ", unicodedata.normalize("NFC", text)))


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _fill(table: Table, reader: Reader) -> None:
    width = len(table.columns)
    for values in reader:
        line = reader.line_num
        if not values:
            continue
        if len(values) != width:
            table.blame(line, f"has {len(values)} values, the first line has {width} columns")
        else:
            cells = (value.strip() for value in values)
            table.lines.append((line, dict(zip(table.columns, cells, strict=True))))
    if not table.lines and not table.faults:
        table.blame(0, "the file holds no municipality, only the names of the columns")


def read_register(data: bytes, *, regions: dict[str, str], last_year: int) -> Reading:
    """Read a table of the register; raises BrokenFile with all that is wrong.

    `regions` are the known ones, name by code; no number may be of a year after `last_year`.
    """
    table = read_table(data, wanted=lambda columns: _wrong_columns(columns, last_year))
    years = tuple(sorted(year for name in table.columns if (year := _year(name))))
    rows = [_row(line, cells, years, table, regions) for line, cells in table.lines]
    _compare(rows, table)
    if table.faults:
        raise BrokenFile(table.faults)
    return Reading(hashlib.sha256(data).hexdigest(), years, rows)


def _year(column: str) -> int | None:
    found = _POPULATION.fullmatch(column)
    return int(found[1]) if found else None


def _wrong_columns(columns: list[str], last_year: int) -> Iterator[str]:
    yield from (f"column {name!r} is missing" for name in PLACE_COLUMNS if name not in columns)
    years = [year for name in columns if (year := _year(name))]
    if not years:
        yield "there is no column 'population_<year>'"
    yield from (
        f"column 'population_{year}' is of no possible year"
        for year in years
        if not FIRST_YEAR <= year <= last_year
    )
    unknown = [name for name in columns if name not in PLACE_COLUMNS and not _year(name)]
    yield from (f"column {name[:40]!r} is unknown; remove it" for name in unknown)


def _row(
    line: int, cells: dict[str, str], years: tuple[int, ...], table: Table, regions: dict[str, str]
) -> Row:
    def blame(text: str) -> None:
        table.blame(line, text)

    if not _CODE.fullmatch(cells["lau2_code"]):
        blame(f"lau2_code {cells['lau2_code'][:20]!r} is not six digits")
    _check_text("name", cells["name"], 80, blame)
    _check_text("district_cs", cells["district_cs"], 60, blame)
    _check_place(cells, regions, blame)
    latitude = _degrees("latitude", cells["latitude"], LATITUDES, blame)
    longitude = _degrees("longitude", cells["longitude"], LONGITUDES, blame)
    if bool(cells["latitude"]) != bool(cells["longitude"]):
        blame("has only one half of a position")
    return Row(
        line=line,
        code=cells["lau2_code"],
        name=cells["name"],
        district_code=cells["district_code"],
        district=cells["district_cs"],
        nuts3=cells["nuts3"],
        latitude=latitude,
        longitude=longitude,
        populations=dict(_populations(cells, years, blame)),
    )


Blame = Callable[[str], None]


def _check_text(name: str, value: str, most: int, blame: Blame) -> None:
    if not value:
        blame(f"{name} is empty")
    elif len(value) > most:
        blame(f"{name} is longer than {most} characters")
    elif _UNSEEN.search(value):
        blame(f"{name} holds a character that cannot be seen")


def _check_place(cells: dict[str, str], regions: dict[str, str], blame: Blame) -> None:
    nuts3, district = cells["nuts3"], cells["district_code"]
    if nuts3 not in regions:
        blame(f"region {nuts3[:20]!r} is unknown")
    elif cells["region_cs"] != regions[nuts3]:
        blame(f"region {nuts3} is called {regions[nuts3]!r}, not {cells['region_cs'][:60]!r}")
    if not _DISTRICT.fullmatch(district):
        blame(f"district_code {district[:20]!r} is none")
    elif not district.startswith(nuts3):
        blame(f"district {district} does not lie in region {nuts3[:20]}")


def _degrees(name: str, value: str, bounds: tuple[Decimal, Decimal], blame: Blame) -> Decimal | None:
    if not value:
        return None
    if not _DEGREES.fullmatch(value.replace(",", ".")):
        blame(f"{name} {value[:20]!r} is not a number of degrees")
        return None
    found = Decimal(value.replace(",", ".")).quantize(Decimal("0.0001"))
    if not bounds[0] <= found <= bounds[1]:
        blame(f"{name} {found} lies outside the country ({bounds[0]} to {bounds[1]})")
    return found


def _populations(cells: dict[str, str], years: tuple[int, ...], blame: Blame) -> Iterator[tuple[int, int]]:
    for year in years:
        value = cells[f"population_{year}"]
        if not value:
            continue
        if not _NUMBER.fullmatch(value):
            blame(f"population_{year} {value[:20]!r} is not a whole number")
        elif int(value) < 0:
            blame(f"population_{year} {value} is negative")
        elif int(value) > MOST_INHABITANTS:
            blame(f"population_{year} {value} is more than any municipality has")
        else:
            yield year, int(value)


def _compare(rows: list[Row], table: Table) -> None:
    """Note codes that stand there twice, and districts that the file describes in two ways."""
    codes: dict[str, int] = {}
    districts: dict[str, tuple[str, int]] = {}
    for row in rows:
        first = codes.setdefault(row.code, row.line)
        if first != row.line:
            table.blame(row.line, f"code {row.code[:20]} stands on line {first} already")
        name, line = districts.setdefault(row.district_code, (row.district, row.line))
        if name != row.district:
            table.blame(row.line, f"district {row.district_code[:20]} is called {name[:60]!r} on line {line}")
