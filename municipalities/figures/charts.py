"""Where the parts of a chart stand: geometry only, in whole numbers. Templates draw it.

Across, everything is in percent of the width that the page gives, so that texts keep their size
on a telephone; down, in pixels. What is not known has no mark: it is never drawn as a zero.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from math import ceil, floor, log10

# The longest bar leaves room for the number behind it, in percent.
LONGEST = 70
NAME_ROW, BAR_ROW, GROUP_GAP, AXIS_ROW, BAR = 22, 22, 10, 26, 16
# The field of a chart over years: left and right edge in percent, top, bottom and height in pixels.
LEFT, RIGHT, TOP, BOTTOM, TALL = 14, 94, 24, 264, 300
MOST_SERIES = 6
LETTERS = "ABCDEF"
# Letters at the end of lines keep this far apart.
LETTER_ROW = 16
TICKS = 4


@dataclass(frozen=True)
class Reading:
    """One value as a chart shows it: None draws nothing, and `text` says why ("–", "fewer than 5")."""

    value: Decimal | None
    text: str


@dataclass(frozen=True)
class Group:
    """What stands in one row of a chart of bars, or what one line shows: a name and its readings."""

    name: str
    readings: Sequence[Reading]


@dataclass(frozen=True)
class Tick:
    """One number of an axis, and where it stands."""

    value: Decimal
    at: int


@dataclass(frozen=True)
class Bar:
    """One bar: its top, its length in percent (None without a mark), its series, and what it says."""

    y: int
    length: int | None
    series: int
    text: str
    label: str


@dataclass(frozen=True)
class Row:
    """One group of bars under its name."""

    name: str
    y: int
    bars: list[Bar]


@dataclass(frozen=True)
class Mark:
    """One known value on a line: where it stands, in percent and pixels."""

    x: int
    y: int


@dataclass(frozen=True)
class Line:
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

    @cached_property
    def top(self) -> Decimal:
        """The number at the end of the axis."""
        return _steps(self._known)[1]

    @property
    def _known(self) -> list[Decimal]:
        readings = (reading for group in self.groups for reading in group.readings)
        return [reading.value for reading in readings if reading.value is not None]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self._known


@dataclass(frozen=True)
class BarChart(_Chart):
    """Horizontal bars: each group has one bar for each column."""

    @property
    def rows(self) -> list[Row]:
        """The groups from the top down."""
        return list(self._rows())

    def _rows(self) -> Iterator[Row]:
        y = 0
        for group in self.groups:
            bars = [
                self._bar(y + NAME_ROW + series * BAR_ROW, series, reading)
                for series, reading in enumerate(group.readings)
            ]
            yield Row(group.name, y + NAME_ROW - 6, bars)
            y += NAME_ROW + len(bars) * BAR_ROW + GROUP_GAP

    def _bar(self, y: int, series: int, reading: Reading) -> Bar:
        length = None if reading.value is None else round(reading.value / self.top * LONGEST)
        label = self.columns[series] if len(self.columns) > 1 else ""
        return Bar(y, length, series % 3, reading.text, label)

    @property
    def ticks(self) -> list[Tick]:
        """The numbers under the bars."""
        return [Tick(value, round(value / self.top * LONGEST)) for value in _ticks(self._known)]

    @property
    def bottom(self) -> int:
        """Where the bars end and the axis is."""
        return sum(NAME_ROW + len(group.readings) * BAR_ROW + GROUP_GAP for group in self.groups)

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return self.bottom + 2 * AXIS_ROW


@dataclass(frozen=True)
class LineChart(_Chart):
    """Lines over years: each group is one series, each column a year. At most six series."""

    height: int = TALL
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM

    @property
    def lines(self) -> list[Line]:
        """The series, each with marks where it is known; a year that is not known is a gap."""
        found = [self._line(series, group) for series, group in enumerate(self.groups[:MOST_SERIES])]
        ends = _apart([line.marks[-1].y if line.marks else None for line in found])
        return [
            Line(line.name, line.letter, line.series, line.marks, line.pieces, end)
            for line, end in zip(found, ends, strict=True)
        ]

    def _line(self, series: int, group: Group) -> Line:
        marks = [
            None if reading.value is None else Mark(self._x(index), self._y(reading.value))
            for index, reading in enumerate(group.readings)
        ]
        pieces = [(one, two) for one, two in pairwise(marks) if one and two]
        return Line(group.name, LETTERS[series], series, [mark for mark in marks if mark], pieces, None)

    def _x(self, index: int) -> int:
        return round(LEFT + 4 + index * (RIGHT - LEFT - 10) / max(len(self.columns) - 1, 1))

    def _y(self, value: Decimal) -> int:
        return round(BOTTOM - value / self.top * (BOTTOM - TOP))

    @property
    def years(self) -> list[tuple[str, int]]:
        """The columns and where they stand."""
        return [(name, self._x(index)) for index, name in enumerate(self.columns)]

    @property
    def ticks(self) -> list[Tick]:
        """The numbers on the left."""
        return [Tick(value, self._y(value)) for value in _ticks(self._known)]


def _steps(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the distance of round numbers on an axis (1, 2 or 5 times a power of ten), and the last."""
    highest = max(values, default=Decimal(0)) or Decimal(1)
    rough = highest / TICKS
    power = Decimal(10) ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    return step, step * ceil(highest / step)


def _ticks(values: Sequence[Decimal]) -> list[Decimal]:
    step, top = _steps(values)
    return [step * count for count in range(int(top / step) + 1)]


def _apart(ends: list[int | None]) -> list[int | None]:
    """Return the ends of lines, moved down so far that their letters do not cover each other."""
    order = sorted((y, index) for index, y in enumerate(ends) if y is not None)
    placed = list(ends)
    last = -LETTER_ROW
    for y, index in order:
        last = max(y, last + LETTER_ROW)
        placed[index] = last
    return placed
