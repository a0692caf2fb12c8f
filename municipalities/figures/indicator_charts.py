"""How a municipality's figures went over the years: a chart for each indicator with more than one year."""

from collections import defaultdict

from municipalities.figures import numbers
from municipalities.figures.charts import Group, LineChart, Reading
from municipalities.models import Indicator, IndicatorValue, Municipality

# The newest so many values and years; the rest stands on the page of all figures.
MOST_VALUES, MOST_YEARS = 200, 10
UNKNOWN = Reading(None, "–")


def charts_of(municipality: Municipality) -> list[LineChart]:
    """Return a chart of each indicator with values of several years, as the public sees it, in one query."""
    rows = IndicatorValue.objects.current().filter(municipality=municipality)
    by_indicator: defaultdict[Indicator, dict[int, IndicatorValue]] = defaultdict(dict)
    for row in rows.select_related("indicator").order_by("-on", "-pk")[:MOST_VALUES]:
        # The newest of a year comes first, and stays.
        by_indicator[row.indicator].setdefault(row.on.year, row)
    ordered = sorted(by_indicator, key=lambda indicator: (indicator.position, indicator.pk))
    return [_chart(municipality, row, by_indicator[row]) for row in ordered if len(by_indicator[row]) > 1]


def _chart(municipality: Municipality, indicator: Indicator, values: dict[int, IndicatorValue]) -> LineChart:
    newest = max(values)
    years = range(max(min(values), newest - MOST_YEARS + 1), newest + 1)
    return LineChart(
        ident=f"of-{indicator.slug}",
        title=f"{indicator.name}, {years[0]}–{newest}",
        unit=str(indicator.get_unit_display()),
        row_title=str(indicator.name),
        columns=[str(year) for year in years],
        groups=[Group(municipality.name, [_reading(values.get(year)) for year in years])],
    )


def _reading(row: IndicatorValue | None) -> Reading:
    if row is None:
        return UNKNOWN
    return Reading(None if row.is_small else row.value, numbers.told(row, to_public=True))
