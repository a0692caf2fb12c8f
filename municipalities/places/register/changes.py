"""Reading what became of municipalities that a new register no longer holds: `import_register --changes`.

The columns are on, fate, before, after, source; one line for each municipality that an area went to.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from municipalities.choices import Fate
from municipalities.places.register.file import Row, Table, read_table

COLUMNS = ("on", "fate", "before", "after", "source")
FIRST_DAY = date(1990, 1, 1)


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
    """Read the changes before 1 January of a year; raises BrokenFile with all that is wrong.

    `known` are the municipalities that the portal has, name by code; `rows` those of the new register.
    """
    table = read_table(data, columns=COLUMNS)
    held = {row.code for row in rows}
    changes = []
    for line, cells in table.lines:
        faults = list(_faults(cells, known, held, date(year, 1, 1)))
        table.blame(line, *faults)
        if not faults:
            others = [cells[name] for name in COLUMNS[1:]]
            changes.append(Change(line, date.fromisoformat(cells["on"]), *others))
    _compare(changes, table)
    table.refuse()
    return changes


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _faults(cells: dict[str, str], known: dict[str, str], held: set[str], last_day: date) -> Iterator[str]:
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


def _compare(changes: list[Change], table: Table) -> None:
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
