"""The chart of each indicator of a comparison."""

from django.utils.translation import gettext as _

from municipalities.comparison.table import HIDDEN, KNOWN, Cell, Line, Section
from municipalities.figures.charts import MOST_SERIES, BarChart, Group, LineChart, Reading


def chart_of(section: Section) -> BarChart | LineChart:
    """Return lines over the years for a few municipalities, else a bar for the newest value of each."""
    if len(section.lines) <= MOST_SERIES and len(section.years) > 1:
        return LineChart(
            ident=section.indicator.slug,
            title=f"{section.indicator.name}, {section.years[0]}–{section.years[-1]}",
            unit=section.unit,
            row_title=_("Municipality"),
            columns=[str(year) for year in section.years],
            groups=[Group(line.municipality.name, list(map(_reading, line.cells))) for line in section.lines],
            with_table=False,
        )
    return BarChart(
        ident=section.indicator.slug,
        title=_("%(indicator)s, the newest value of each") % {"indicator": section.indicator.name},
        unit=section.unit,
        row_title=_("Municipality"),
        columns=[_("Value")],
        groups=[Group(line.municipality.name, [_newest(line, section)]) for line in section.lines],
        with_table=False,
    )


def is_of_lines(chart: BarChart | LineChart) -> bool:
    """Tell which of the two templates draws a chart."""
    return isinstance(chart, LineChart)


def _reading(cell: Cell) -> Reading:
    return Reading(cell.value, cell.text)


def _newest(line: Line, section: Section) -> Reading:
    """Return the newest value that is known or hidden, with its year."""
    for year, cell in zip(reversed(section.years), reversed(line.cells), strict=True):
        if cell.state in (KNOWN, HIDDEN):
            return Reading(cell.value, f"{cell.text} ({year})")
    return Reading(None, _("not known") if section.is_whole else _("no value in these years"))
