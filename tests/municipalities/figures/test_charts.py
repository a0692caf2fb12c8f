"""The geometry of charts: lengths in proportion, gaps where nothing is known."""

from decimal import Decimal

import pytest

from municipalities.figures.charts import (
    LONGEST,
    BarChart,
    Group,
    LineChart,
    Reading,
    _apart,
    numbers_of_axis,
)


def reading(value):
    return Reading(None, "–") if value is None else Reading(Decimal(value), str(value))


def chart(kind, *rows, columns=("2017", "2018", "2019")):
    groups = [Group(name, list(map(reading, values))) for name, values in rows]
    return kind(ident="x", title="Flats", unit="flats", row_title="Place", columns=columns, groups=groups)


def test_bars_are_as_long_as_their_values():
    rows = chart(BarChart, ("Brno", [10, 50, 100])).rows
    assert [bar.length for bar in rows[0].bars] == [7, 35, LONGEST]
    assert [bar.label for bar in rows[0].bars] == ["2017", "2018", "2019"]
    assert len({bar.series for bar in rows[0].bars}) == 3


def test_a_zero_is_a_bar_without_length_and_an_unknown_value_is_no_bar():
    (row,) = chart(BarChart, ("Brno", [0, None, 5])).rows
    assert [bar.length for bar in row.bars] == [0, None, round(5 / 6 * LONGEST)]


def test_bars_stand_under_each_other_inside_the_drawing():
    found = chart(BarChart, ("Brno", [1, 2, 3]), ("Most", [None, 4, 5]))
    tops = [bar.y for row in found.rows for bar in row.bars]
    assert tops == sorted(set(tops))
    assert tops[-1] < found.bottom < found.height


def test_a_line_breaks_where_a_year_is_not_known():
    (line,) = chart(LineChart, ("Brno", [1, None, 3])).lines
    assert len(line.marks) == 2
    assert line.pieces == []
    (whole,) = chart(LineChart, ("Brno", [1, 2, 3])).lines
    assert len(whole.pieces) == 2
    assert whole.marks[0].y > whole.marks[2].y


def test_a_series_of_which_nothing_is_known_has_no_mark_and_no_letter():
    found = chart(LineChart, ("Brno", [1, 2, 3]), ("Most", [None, None, None])).lines
    assert (found[1].marks, found[1].letter_y) == ([], None)


def test_letters_of_lines_that_end_alike_stand_apart():
    assert _apart([100, None, 100, 90, 300]) == [106, None, 122, 90, 300]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([7], [0, 2, 4, 6, 8]),
        ([100], [0, 50, 100]),
        ([380681], [0, 100000, 200000, 300000, 400000]),
        ([Decimal("0.13")], [0, Decimal("0.05"), Decimal("0.1"), Decimal("0.15")]),
        ([0], [0, Decimal("0.5"), 1]),
        ([], [0, Decimal("0.5"), 1]),
    ],
)
def test_axes_have_round_numbers(values, ticks):
    assert numbers_of_axis([Decimal(value) for value in values]) == ticks


def test_three_values_make_a_chart():
    assert not chart(BarChart, ("Brno", [0, 1, None])).is_drawn
    assert chart(BarChart, ("Brno", [0, 1, 2])).is_drawn
