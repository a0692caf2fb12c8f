"""The chart of each indicator of a comparison."""

from typing import Any

from django.utils.translation import gettext as _

from municipalities.comparison.table import HIDDEN, KNOWN, Line, Section
from municipalities.figures.charts import MOST_SERIES, BarChart, Group, LineChart, Reading


def chart_of(section: Section) -> BarChart | LineChart:
    """Return lines over the years for a few municipalities, else a bar for the newest value of each."""
    row, years = section.indicator, section.years
    shared: dict[str, Any] = {
        "ident": row.slug, "unit": section.unit, "row_title": _("Municipality"), "with_table": False,
    }  # fmt: skip
    if len(section.lines) <= MOST_SERIES and len(years) > 1:
        lines = [[Reading(cell.value, cell.text) for cell in line.cells] for line in section.lines]
        names = [line.municipality.name for line in section.lines]
        return LineChart(
            title=f"{row.name}, {years[0]}–{years[-1]}",
            columns=[str(year) for year in years],
            groups=list(map(Group, names, lines)),
            **shared,
        )
    return BarChart(
        title=_("%(indicator)s, the newest value of each") % {"indicator": row.name},
        columns=[_("Value")],
        groups=[Group(line.municipality.name, [_newest(line, section)]) for line in section.lines],
        **shared,
    )


def _newest(line: Line, section: Section) -> Reading:
    """Return the newest value that is known or hidden, with its year."""
    for year, cell in zip(reversed(section.years), reversed(line.cells), strict=True):
        if cell.state in (KNOWN, HIDDEN):
            return Reading(cell.value, f"{cell.text} ({year})")
    return Reading(None, _("not known") if section.is_whole else _("no value in these years"))
