"""Municipalities side by side: one table of dated values for each indicator, in a constant number of queries.

What the public may not know (fewer than five people or households) is left out here, before anything is
reckoned, sorted or drawn from it: a hidden cell carries no number at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Any

import czech_sort
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from core.templatetags.ui import number
from municipalities.comparison.forms import MOST_YEARS, ComparisonForm
from municipalities.figures.charts import MOST_SERIES, BarChart, Group, LineChart, Reading
from municipalities.models import Indicator, IndicatorValue, Municipality, Population
from municipalities.models.indicator import SMALLEST_TOLD

# So many of the newest years that hold a value are shown at least when nobody asks for years.
USUAL_YEARS = 5
HUNDREDTH = Decimal("0.01")
KNOWN, HIDDEN, UNKNOWN, UNRECKONED = "known", "hidden", "unknown", "unreckoned"


@dataclass(frozen=True)
class Cell:
    """The newest value of an indicator in a municipality in one year, as this reader may see it.

    A hidden cell ("fewer than five") and an unknown one have no value and no row.
    """

    state: str
    value: Decimal | None = None
    places: int = 0
    row: IndicatorValue | None = None

    @property
    def text(self) -> str:
        if self.state == HIDDEN:
            return _("fewer than %(count)s") % {"count": SMALLEST_TOLD}
        return "–" if self.value is None else number(self.value, self.places)


@dataclass(frozen=True)
class Line:
    """One municipality in the table of an indicator."""

    municipality: Municipality
    inhabitants: Population | None
    cells: list[Cell]
    # The numbers of inhabitants that its values were divided by, oldest first.
    divided_by: list[Population]

    @property
    def tells(self) -> bool:
        """Whether anything is told of it in the years shown."""
        return any(cell.state in (KNOWN, HIDDEN) for cell in self.cells)


class Section:
    """One indicator: its lines, those that tell anything, and how many do not."""

    def __init__(self, comparison: "Comparison", indicator: Indicator) -> None:
        self.comparison, self.indicator = comparison, indicator
        self.is_asked_divided = comparison.form.per_thousand
        self.is_divided = self.is_asked_divided and indicator.per_inhabitants
        # By municipality and year.
        self._values = {
            (place, year): row
            for (place, known, year), row in comparison.values.items()
            if known == indicator.pk
        }

    @cached_property
    def known_years(self) -> list[int]:
        return sorted({year for _place, year in self._values})

    @cached_property
    def years(self) -> Sequence[int]:
        """The years that it is shown for: those asked for, else its newest with a value.

        Each indicator has its own, and the newest value of each municipality is among them: a value
        must not go missing because another indicator or another municipality has a newer one.
        """
        if self.comparison.asked_years:
            return [year for year in self.comparison.asked_years if year in self.known_years]
        # Of each municipality the last year stays.
        newest = dict(sorted(self._values))
        return sorted({*self.known_years[-USUAL_YEARS:], *newest.values()})[-MOST_YEARS:]

    @property
    def has_older(self) -> bool:
        """Whether nobody asked for years, and older ones hold values, too."""
        return not (self.comparison.asked_years or set(self.known_years) <= set(self.years))

    @property
    def unit(self) -> str:
        unit = self.indicator.get_unit_display()
        return _("%(unit)s per 1,000 inhabitants") % {"unit": unit} if self.is_divided else unit

    @cached_property
    def shown(self) -> list[Line]:
        """The lines that tell something."""
        return [line for line in self.lines if line.tells]

    @property
    def without(self) -> int:
        """How many municipalities have no value in the years shown."""
        return len(self.lines) - len(self.shown)

    @property
    def hides(self) -> bool:
        return any(cell.state == HIDDEN for line in self.lines for cell in line.cells)

    @cached_property
    def lines(self) -> list[Line]:
        """A line for each municipality: the unknown last, and no hidden one told by its place.

        A year that an indicator is not shown for leaves its lines in the order of names.
        """
        lines = [self._line(row) for row in self.comparison.municipalities]
        sort = self.comparison.sort
        key, down = sort.removeprefix("-"), sort.startswith("-")
        if key == "name":
            return lines[::-1] if down else lines
        if key != "inhabitants" and int(key) not in self.years:
            return lines
        known = [(found, line) for line in lines if (found := self._worth(line, key)) is not None]
        unknown = [line for line in lines if self._worth(line, key) is None]
        return [*(line for _worth, line in sorted(known, key=itemgetter(0), reverse=down)), *unknown]

    def _worth(self, line: Line, key: str) -> Decimal | int | None:
        if key == "inhabitants":
            return line.inhabitants.value if line.inhabitants else None
        cell = line.cells[self.years.index(int(key))]
        return Decimal(0) if cell.state == HIDDEN else cell.value

    @property
    def chart(self) -> BarChart | LineChart:
        """Lines over the years for a few municipalities, else a bar for the newest value of each."""
        name, years, lines = self.indicator.name, self.years, self.shown
        shared: dict[str, Any] = {"ident": self.indicator.slug, "unit": self.unit, "with_table": False}
        shared["row_title"] = _("Municipality")
        if len(lines) <= MOST_SERIES and len(years) > 1:
            return LineChart(
                title=f"{name}, {years[0]}–{years[-1]}",
                columns=[str(year) for year in years],
                groups=[
                    Group(line.municipality.name, [Reading(cell.value, cell.text) for cell in line.cells])
                    for line in lines
                ],
                **shared,
            )
        return BarChart(
            title=_("%(indicator)s, the newest value of each") % {"indicator": name},
            columns=[_("Value")],
            groups=[Group(line.municipality.name, [self._newest(line)]) for line in lines],
            **shared,
        )

    def _newest(self, line: Line) -> Reading:
        """Return the newest value of a line that tells something, with its year."""
        told = zip(self.years, line.cells, strict=True)
        *_older, (year, cell) = [(year, cell) for year, cell in told if cell.state in (KNOWN, HIDDEN)]
        return Reading(cell.value, f"{cell.text} ({year})")

    def _line(self, municipality: Municipality) -> Line:
        cells = [self._cell(municipality, year) for year in self.years]
        divided_by = {
            people.year: people
            for year, cell in zip(self.years, cells, strict=True)
            if self.is_divided and cell.state == KNOWN
            if (people := self.comparison.inhabitants(municipality, year))
        }
        newest = self.comparison.newest_inhabitants.get(municipality.pk)
        return Line(municipality, newest, cells, list(divided_by.values()))

    def _cell(self, municipality: Municipality, year: int) -> Cell:
        row = self._values.get((municipality.pk, year))
        if row is None:
            return Cell(UNKNOWN)
        row.indicator = self.indicator
        if row.is_small and not self.comparison.confides(municipality):
            return Cell(HIDDEN)
        value, places = row.value, self.indicator.places
        if self.is_divided:
            people = self.comparison.inhabitants(municipality, year)
            if people is None or not people.value:
                return Cell(UNRECKONED)
            value, places = (value * 1000 / people.value).quantize(HUNDREDTH, ROUND_HALF_UP), 2
        return Cell(KNOWN, value, places, row)


@dataclass
class Comparison:
    """All that one address of the comparison shows to one reader."""

    form: ComparisonForm
    reader: Any
    asked_sort: str

    @cached_property
    def municipalities(self) -> list[Municipality]:
        """The chosen ones, in Czech order of their names."""
        rows = {row.pk: row for row in [*self.form.pilots().select_related("region"), *self.form.others]}
        return sorted(rows.values(), key=lambda row: (czech_sort.key(row.name), row.pk))

    @cached_property
    def values(self) -> dict[tuple[int, int, int], IndicatorValue]:
        """The newest value by municipality, indicator and year."""
        rows = IndicatorValue.objects.known_at(self.form.moment).filter(
            municipality__in=[row.pk for row in self.municipalities],
            indicator__in=[row.pk for row in self.form.chosen_indicators],
        )
        since, until = self.form.given("since"), self.form.given("until")
        if since:
            rows = rows.filter(on__year__gte=since)
        if until:
            rows = rows.filter(on__year__lte=until)
        rows = rows.order_by("on", "pk")
        return {(row.municipality_id, row.indicator_id, row.on.year): row for row in rows}

    @cached_property
    def asked_years(self) -> list[int]:
        """The years asked for, at most ten and the newest of them; none where nobody asks for years."""
        since, until = self.form.given("since"), self.form.given("until")
        if not (since or until):
            return []
        known = sorted({year for _place, _indicator, year in self.values})
        first = since or (known[0] if known else until)
        last = until or (known[-1] if known else since)
        return list(range(first, last + 1))[-MOST_YEARS:]

    @property
    def is_cut(self) -> bool:
        """Whether more years were asked for than are shown."""
        since, until = self.form.given("since"), self.form.given("until")
        return bool(since and until and until - since >= MOST_YEARS)

    @cached_property
    def _inhabitants(self) -> dict[int, list[Population]]:
        found: dict[int, list[Population]] = {row.pk: [] for row in self.municipalities}
        for known in Population.objects.filter(municipality__in=list(found)).order_by("year"):
            found[known.municipality_id].append(known)
        for row in self.municipalities:
            if not found[row.pk] and row.population is not None and row.population_year:
                found[row.pk] = [Population(year=row.population_year, value=row.population)]
        return found

    def inhabitants(self, municipality: Municipality, year: int) -> Population | None:
        """Return the number of inhabitants of the nearest known year; of two as near, the earlier."""
        return min(self._inhabitants[municipality.pk], key=lambda row: abs(row.year - year), default=None)

    @cached_property
    def newest_inhabitants(self) -> dict[int, Population]:
        """The number of inhabitants of the newest known year, by municipality."""
        return {pk: rows[-1] for pk, rows in self._inhabitants.items() if rows}

    @cached_property
    def _confided(self) -> set[int]:
        if not self.reader.is_authenticated or not self.reader.has(Permission.SPEAK_FOR_MUNICIPALITY):
            return set()
        return set(Municipality.objects.spoken_for_by(self.reader).values_list("pk", flat=True))

    def confides(self, municipality: Municipality) -> bool:
        """Tell whether the reader may see small numbers of a municipality: the desk, its own officials."""
        is_desk = self.reader.is_authenticated and self.reader.has(Permission.VIEW_DESK)
        return is_desk or municipality.pk in self._confided

    @cached_property
    def sections(self) -> list[Section]:
        return [Section(self, indicator) for indicator in self.form.chosen_indicators]

    @cached_property
    def sort(self) -> str:
        """The column that the address asks for, if it is one; else the names."""
        columns = {"name", "inhabitants", *(str(year) for section in self.sections for year in section.years)}
        return self.asked_sort if self.asked_sort.removeprefix("-") in columns else "name"

    @property
    def tells(self) -> bool:
        """Whether any section tells anything."""
        return any(section.shown for section in self.sections)

    @property
    def hides(self) -> bool:
        return any(section.hides for section in self.sections)

    @property
    def by_inhabitants(self) -> list[Population]:
        """The number of inhabitants of each municipality, the fewest first."""
        return sorted(self.newest_inhabitants.values(), key=attrgetter("value"))
