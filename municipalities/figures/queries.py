"""Reads of indicators and their values: the newest of each, those known on a day, and how they went."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from municipalities.figures import numbers
from municipalities.figures.charts import FEWEST, Group, LineChart, Reading, points_of
from municipalities.models import Indicator, IndicatorValue, Municipality

# The newest so many values and years; the rest stands on the page of all figures.
MOST_VALUES, MOST_YEARS = 200, 10
# How many figures an overview shows, and how many values make a line.
MOST_AT_A_GLANCE, LEAST_OF_A_LINE = 4, FEWEST


def end_of(day: date) -> datetime:
    """Return the last moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.max))


def newest(municipality: Municipality, *, until: date | None = None) -> dict[int, IndicatorValue]:
    """Return the newest value of each indicator, by the indicator's number, in two queries.

    With `until`, of those whose date is not after that day.
    """
    rows = IndicatorValue.objects.current().filter(municipality=municipality, indicator=OuterRef("pk"))
    if until is not None:
        rows = rows.filter(on__lte=until)
    first = rows.order_by("-on", "-pk").values("pk")[:1]
    chosen = Indicator.objects.annotate(newest_id=Subquery(first)).values_list("newest_id", flat=True)
    found = IndicatorValue.objects.for_list().filter(pk__in=[pk for pk in chosen if pk])
    return {row.indicator_id: row for row in found}


def all_of(municipality: Municipality, *, known_on: date | None = None) -> QuerySet[IndicatorValue]:
    """Return all values of a municipality, by indicator, newest date first, corrected ones after theirs.

    With `known_on`, those that the portal held to be right at the end of that day.
    """
    rows = municipality.values.select_related("indicator", "entered_by", "replaced_by", "from_return__period")
    if known_on is not None:
        rows = rows.known_at(end_of(known_on))
    return rows.order_by("indicator__position", "indicator_id", "-on", "-pk")


def by_indicator(rows: Iterable[IndicatorValue], *, to_public: bool) -> list[dict[str, Any]]:
    """Return values that come in the order of all_of(), grouped by their indicator."""
    return [
        {"indicator": indicator, "values": numbers.with_words(group, to_public=to_public)}
        for indicator, group in groupby(rows, key=attrgetter("indicator"))
    ]


def of_municipality(municipality: Municipality) -> dict[str, Any] | None:
    """Return what the part of the public page shows, or None where nothing is known."""
    rows = sorted(newest(municipality).values(), key=lambda row: (row.indicator.position, row.indicator_id))
    if not rows:
        return None
    history = _by_year(municipality)
    charts = {row: chart for row in history if (chart := _chart(municipality, row, history[row])).is_drawn}
    values = numbers.with_words(rows, to_public=True)
    for value in values:
        value["earlier"] = (
            [] if value["row"].indicator in charts else _earlier(history[value["row"].indicator])
        )
    return {"municipality": municipality, "values": values, "charts": list(charts.values())}


def _by_year(municipality: Municipality) -> dict[Indicator, dict[int, IndicatorValue]]:
    """Return the newest value of each year by indicator, the indicators in their order, in one query."""
    rows = IndicatorValue.objects.current().filter(municipality=municipality)
    by_indicator: defaultdict[Indicator, dict[int, IndicatorValue]] = defaultdict(dict)
    for row in rows.select_related("indicator").order_by("-on", "-pk")[:MOST_VALUES]:
        # The newest of a year comes first, and stays.
        by_indicator[row.indicator].setdefault(row.on.year, row)
    ordered = sorted(by_indicator, key=lambda indicator: (indicator.position, indicator.pk))
    return {row: by_indicator[row] for row in ordered}


@dataclass(frozen=True)
class Glance:
    """One figure of an overview: its newest value in words, and how it went where that makes a line."""

    name: str
    value: str
    unit: str
    year: int
    went: str = ""
    points: str = ""


def at_a_glance(municipality: Municipality) -> list[Glance]:
    """Return the figures of which most is known, each with its newest value, as its officials see them."""
    known = sorted(_by_year(municipality).items(), key=lambda row: -len(row[1]))[:MOST_AT_A_GLANCE]
    return [_glance(indicator, values) for indicator, values in known]


def _glance(indicator: Indicator, values: dict[int, IndicatorValue]) -> Glance:
    years = sorted(values)[-MOST_YEARS:]
    first, last = values[years[0]], values[years[-1]]
    name, told = str(indicator.name), numbers.display_value(last, to_public=False)
    unit = numbers.display_unit(last, to_public=False)
    if len(years) < LEAST_OF_A_LINE:
        return Glance(name, told, unit, years[-1])
    went = f"{years[0]}: {numbers.display_value(first, to_public=False)}"
    return Glance(name, told, unit, years[-1], went, points_of([values[year].value for year in years]))


def _earlier(values: dict[int, IndicatorValue]) -> list[tuple[int, str]]:
    """Return the years before the newest with what was told of them, the newest first."""
    _newest, *years = sorted(values, reverse=True)
    return [(year, numbers.display_value(values[year], to_public=True)) for year in years]


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
        return Reading(None, "–")
    return Reading(None if row.is_small else row.value, numbers.display_value(row, to_public=True))


def chain_of(row: IndicatorValue) -> list[IndicatorValue]:
    """Return a value with all that stood in its place before and after it, the newest first.

    They have one municipality and indicator; which follows which is told in memory, in one query.
    """
    rows = IndicatorValue.objects.filter(municipality=row.municipality_id, indicator=row.indicator_id)
    rows = rows.filter(Q(replaces__isnull=False) | Q(replaced_by__isnull=False) | Q(pk=row.pk))
    known = {one.pk: one for one in rows.select_related("indicator", "entered_by", "replaced_by")}
    after = {one.replaces_id: one for one in known.values() if one.replaces_id}
    chain = [known[row.pk]]
    while chain[0].pk in after:
        chain.insert(0, after[chain[0].pk])
    while chain[-1].replaces_id:
        chain.append(known[chain[-1].replaces_id])
    return chain
