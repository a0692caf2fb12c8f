"""Where the parts of a chart stand: geometry only, in whole numbers. Templates draw it.

Across, everything is in percent of the width that the page gives, so that texts keep their size
on a telephone; down, in pixels. What is not known has no mark: it is never drawn as a zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

# The longest bar leaves room for the number behind it, in percent.
LONGEST = 70
NAME_ROW, BAR_ROW, GROUP_GAP, AXIS_ROW = 22, 22, 10, 26
# The field of a chart over years: left and right edge in percent, top, bottom and height in pixels.
LEFT, RIGHT, TOP, BOTTOM, TALL = 14, 94, 24, 264, 300
MOST_SERIES = 6
# So many values at least make a chart; fewer are better said in words.
FEWEST = 3
LETTERS = "ABCDEF"
# Letters at the end of lines keep this far apart.
LETTER_ROW = 16
TICKS = 4


class Reading(NamedTuple):
    """One value as a chart shows it: None draws nothing, and `text` says why ("–", "fewer than 5")."""

    value: Decimal | None
    text: str


class Group(NamedTuple):
    """What stands in one row of a chart of bars, or what one line shows: a name and its readings."""

    name: str
    readings: Sequence[Reading]


class Bar(NamedTuple):
    """One bar: its top, its length in percent (None without a mark), its series, and what it says."""

    y: int
    length: int | None
    series: int
    text: str
    label: str


class Row(NamedTuple):
    """One group of bars under its name."""

    name: str
    y: int
    bars: list[Bar]


class Mark(NamedTuple):
    """One known value on a line: where it stands, in percent and pixels."""

    x: int
    y: int


class Line(NamedTuple):
    """One series over the years: marks, the pieces between neighbouring years, and its letter."""

    name: str
    letter: str
    series: int
    marks: list[Mark]
    pieces: list[tuple[Mark, Mark]]
    letter_y: int | None


@dataclass(frozen=True)
class _Chart:
    """What every chart has: its names, its columns (series or years) and its groups.

    `ident` tells the charts of a page apart; `unit` is written at the axis; `with_table` is False
    where the same table stands open beside the chart.
    """

    ident: str
    title: str
    unit: str
    row_title: str
    columns: Sequence[str]
    groups: Sequence[Group]
    source: str = ""
    with_table: bool = True

    @property
    def _known(self) -> list[Decimal]:
        readings = (reading for group in self.groups for reading in group.readings)
        return [reading.value for reading in readings if reading.value is not None]

    @property
    def is_drawn(self) -> bool:
        """Whether there is enough to draw."""
        return len(self._known) >= FEWEST

    @cached_property
    def _numbers(self) -> list[Decimal]:
        return numbers_of_axis(self._known)

    @property
    def ticks(self) -> list[tuple[Decimal, int]]:
        """The numbers of the axis, and where they stand."""
        return [(number, self._place(number)) for number in self._numbers]

    def _place(self, value: Decimal) -> int:
        raise NotImplementedError


class BarChart(_Chart):
    """Horizontal bars: each group has one bar for each column."""

    template = "municipalities/figures/charts/bars.html"

    def _place(self, value: Decimal) -> int:
        return round(value / self._numbers[-1] * LONGEST)

    @property
    def rows(self) -> list[Row]:
        rows, y = [], 0
        for group in self.groups:
            y += NAME_ROW
            bars = [self._bar(y, series, reading) for series, reading in enumerate(group.readings)]
            rows.append(Row(group.name, y - 6, bars))
            y += len(bars) * BAR_ROW + GROUP_GAP
        return rows

    def _bar(self, top: int, series: int, reading: Reading) -> Bar:
        length = None if reading.value is None else self._place(reading.value)
        label = self.columns[series] if len(self.columns) > 1 else ""
        return Bar(top + series * BAR_ROW, length, series % 3, reading.text, label)

    @property
    def bottom(self) -> int:
        """Where the bars end and the axis is."""
        return sum(NAME_ROW + len(group.readings) * BAR_ROW + GROUP_GAP for group in self.groups)

    @property
    def height(self) -> int:
        return self.bottom + 2 * AXIS_ROW


class LineChart(_Chart):
    """Lines over years: each group is one series, each column a year. At most six series."""

    template = "municipalities/figures/charts/lines.html"
    height, left, right, bottom = TALL, LEFT, RIGHT, BOTTOM

    def _place(self, value: Decimal) -> int:
        return round(BOTTOM - value / self._numbers[-1] * (BOTTOM - TOP))

    @property
    def lines(self) -> list[Line]:
        """The series, each with marks where it is known; a year that is not known is a gap."""
        tracks = [self._track(group) for group in self.groups[:MOST_SERIES]]
        known = [[mark for mark in track if mark] for track in tracks]
        ends = _apart([marks[-1].y if marks else None for marks in known])
        pieces = [[(one, two) for one, two in pairwise(track) if one and two] for track in tracks]
        return [
            Line(self.groups[series].name, LETTERS[series], series, known[series], pieces[series], end)
            for series, end in enumerate(ends)
        ]

    def _track(self, group: Group) -> list[Mark | None]:
        return [
            None if reading.value is None else Mark(self._x(index), self._place(reading.value))
            for index, reading in enumerate(group.readings)
        ]

    def _x(self, index: int) -> int:
        return round(LEFT + 4 + index * (RIGHT - LEFT - 10) / max(len(self.columns) - 1, 1))

    @property
    def years(self) -> list[tuple[str, int]]:
        return [(name, self._x(index)) for index, name in enumerate(self.columns)]


def points_of(values: Sequence[Decimal]) -> str:
    """Return the points of a small line without axes, in a box of 100 by 30, lowest to highest."""
    low, high = min(values), max(values)
    wide, tall = 100 / max(1, len(values) - 1), 28 / float(high - low or 1)
    return " ".join(
        f"{number * wide:.1f},{29 - float(value - low) * tall:.1f}" for number, value in enumerate(values)
    )


def numbers_of_axis(values: Sequence[Decimal]) -> list[Decimal]:
    """Return round numbers, 1, 2 or 5 times a power of ten apart, that reach beyond the highest value."""
    highest = max(values, default=Decimal(0)) or Decimal(1)
    rough = highest / TICKS
    power = Decimal(10) ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    return [step * count for count in range(ceil(highest / step) + 1)]


def _apart(ends: list[int | None]) -> list[int | None]:
    """Return the ends of lines, moved down so far that their letters do not cover each other."""
    placed = list(ends)
    last = -LETTER_ROW
    for y, index in sorted((y, index) for index, y in enumerate(ends) if y is not None):
        placed[index] = last = max(y, last + LETTER_ROW)
    return placed
