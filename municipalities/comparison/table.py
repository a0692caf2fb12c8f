"""Municipalities side by side: one table of dated values for each indicator, in a constant number of queries.

What the public may not know (fewer than five people or households) is left out here, before anything is
reckoned, sorted or drawn from it: a hidden cell carries no number at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from operator import itemgetter
from typing import Any

import czech_sort
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from core.templatetags.ui import number
from municipalities.comparison.forms import MOST_YEARS, ComparisonForm
from municipalities.models import Indicator, IndicatorValue, Municipality, Population
from municipalities.models.indicator import SMALLEST_TOLD

# So many of the newest years that hold a value are shown at least when nobody asks for years.
USUAL_YEARS = 5
HUNDREDTH = Decimal("0.01")
KNOWN, HIDDEN, UNKNOWN, UNRECKONED = "known", "hidden", "unknown", "unreckoned"


@dataclass(frozen=True)
class Inhabitants:
    """The number of inhabitants on 1 January of a year."""

    year: int
    value: int


@dataclass(frozen=True)
class Cell:
    """The newest value of an indicator in a municipality in one year, as this reader may see it.

    A hidden cell ("fewer than five") and an unknown one have no value, date or source.
    """

    state: str
    value: Decimal | None = None
    places: int = 0
    is_small: bool = False
    on: Any = None
    precision: str = ""
    source: str = ""
    note: int = 0
    is_of_project_page: bool = False

    @property
    def text(self) -> str:
        """What stands in the cell."""
        if self.state == HIDDEN:
            return _("fewer than %(count)s") % {"count": SMALLEST_TOLD}
        return "–" if self.value is None else number(self.value, self.places)


@dataclass(frozen=True)
class Line:
    """One municipality in the table of an indicator."""

    municipality: Municipality
    inhabitants: Inhabitants | None
    cells: list[Cell]
    # The numbers of inhabitants that its values were divided by, oldest first.
    divided_by: list[Inhabitants]


@dataclass
class Section:
    """One indicator: its lines, and the sources of its values in the order of their numbers."""

    indicator: Indicator
    is_divided: bool
    is_asked_divided: bool
    years: Sequence[int]
    lines: list[Line]
    sources: list[str]
    # Whether all is shown: nobody asked for years, and no year that holds a value is left out.
    is_whole: bool
    # Whether nobody asked for years, and older ones hold values, too.
    has_older: bool

    @property
    def unit(self) -> str:
        """The unit of what stands in the cells."""
        unit = self.indicator.get_unit_display()
        return _("%(unit)s per 1,000 inhabitants") % {"unit": unit} if self.is_divided else unit

    @property
    def is_not_divided(self) -> bool:
        """Whether it stays as it is although the reader asked for it per 1,000 inhabitants."""
        return self.is_asked_divided and not self.is_divided

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known in these years."""
        return all(cell.state == UNKNOWN for line in self.lines for cell in line.cells)

    @property
    def hides(self) -> bool:
        """Whether something is too small to be told."""
        return any(cell.state == HIDDEN for line in self.lines for cell in line.cells)


@dataclass
class Comparison:
    """All that one address of the comparison shows to one reader."""

    form: ComparisonForm
    reader: Any
    sort: str = "name"

    @cached_property
    def municipalities(self) -> list[Municipality]:
        """The chosen ones, in Czech order of their names."""
        rows = {row.pk: row for row in [*self.form.pilots().select_related("region"), *self.form.others]}
        return sorted(rows.values(), key=lambda row: (czech_sort.key(row.name), row.pk))

    @cached_property
    def _values(self) -> dict[tuple[int, int, int], IndicatorValue]:
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
        return {
            (row.municipality_id, row.indicator_id, row.on.year): row for row in rows.order_by("on", "pk")
        }

    @cached_property
    def asked_years(self) -> list[int]:
        """The years asked for, at most ten and the newest of them; none where nobody asks for years."""
        since, until = self.form.given("since"), self.form.given("until")
        if not (since or until):
            return []
        known = sorted({year for _place, _indicator, year in self._values})
        first = since or (known[0] if known else until)
        last = until or (known[-1] if known else since)
        return list(range(first, last + 1))[-MOST_YEARS:]

    def _known_years(self, indicator: Indicator) -> list[int]:
        return sorted({year for _place, known, year in self._values if known == indicator.pk})

    def years(self, indicator: Indicator) -> list[int]:
        """Return the years that an indicator is shown for: those asked for, else its newest with a value.

        Each indicator has its own, and the newest value of each municipality is among them: a value
        must not go missing because another indicator or another municipality has a newer one.
        """
        if self.asked_years:
            return self.asked_years
        newest: dict[int, int] = {}
        for place, known, year in self._values:
            if known == indicator.pk:
                newest[place] = max(year, newest.get(place, year))
        usual = self._known_years(indicator)[-USUAL_YEARS:]
        return sorted({*usual, *newest.values()})[-MOST_YEARS:]

    @property
    def is_cut(self) -> bool:
        """Whether more years were asked for than are shown."""
        since, until = self.form.given("since"), self.form.given("until")
        return bool(since and until and until - since >= MOST_YEARS)

    @cached_property
    def _inhabitants(self) -> dict[int, list[Inhabitants]]:
        found: dict[int, list[Inhabitants]] = {row.pk: [] for row in self.municipalities}
        for known in Population.objects.filter(municipality__in=list(found)).order_by("year"):
            found[known.municipality_id].append(Inhabitants(known.year, known.value))
        for row in self.municipalities:
            if not found[row.pk] and row.population is not None and row.population_year:
                found[row.pk] = [Inhabitants(row.population_year, row.population)]
        return found

    def inhabitants(self, municipality: Municipality, year: int) -> Inhabitants | None:
        """Return the number of inhabitants of the nearest known year; of two as near, the earlier."""
        return min(self._inhabitants[municipality.pk], key=lambda row: abs(row.year - year), default=None)

    @cached_property
    def _confided(self) -> set[int] | None:
        """The municipalities whose small numbers the reader may see; None is all of them."""
        if not self.reader.is_authenticated:
            return set()
        if self.reader.has(Permission.VIEW_DESK):
            return None
        if not self.reader.has(Permission.SPEAK_FOR_MUNICIPALITY):
            return set()
        return set(Municipality.objects.spoken_for_by(self.reader).values_list("pk", flat=True))

    @cached_property
    def sections(self) -> list[Section]:
        """One for each indicator, its lines in the order asked for."""
        return [self._section(indicator) for indicator in self.form.chosen_indicators]

    def _section(self, indicator: Indicator) -> Section:
        is_divided = self.form.per_thousand and indicator.per_inhabitants
        years = self.years(indicator)
        sources: list[str] = []
        lines = [self._line(row, indicator, years, is_divided, sources) for row in self.municipalities]
        is_whole = not self.asked_years and set(self._known_years(indicator)) <= set(years)
        return Section(
            indicator,
            is_divided,
            self.form.per_thousand,
            years,
            self._sorted(lines, years),
            sources,
            is_whole,
            has_older=not (is_whole or self.asked_years),
        )

    def _line(
        self,
        municipality: Municipality,
        indicator: Indicator,
        years: list[int],
        is_divided: bool,
        sources: list[str],
    ) -> Line:
        cells = [self._cell(municipality, indicator, year, is_divided, sources) for year in years]
        known = self._inhabitants[municipality.pk]
        divided_by = {
            self.inhabitants(municipality, year)
            for year, cell in zip(years, cells, strict=True)
            if is_divided and cell.state == KNOWN
        }
        used = sorted((row for row in divided_by if row), key=lambda row: row.year)
        return Line(municipality, known[-1] if known else None, cells, used)

    def _cell(
        self,
        municipality: Municipality,
        indicator: Indicator,
        year: int,
        is_divided: bool,
        sources: list[str],
    ) -> Cell:
        row = self._values.get((municipality.pk, indicator.pk, year))
        if row is None:
            return Cell(UNKNOWN)
        row.indicator = indicator
        if row.is_small and self._confided is not None and municipality.pk not in self._confided:
            return Cell(HIDDEN)
        value, places = row.value, indicator.places
        if is_divided:
            people = self.inhabitants(municipality, year)
            if people is None or not people.value:
                return Cell(UNRECKONED)
            value, places = _per_thousand(row.value, people.value), 2
        if row.source not in sources:
            sources.append(row.source)
        note = sources.index(row.source) + 1
        told = (row.is_small, row.on, row.precision, row.source, note, row.is_of_project_page)
        return Cell(KNOWN, value, places, *told)

    @property
    def hides(self) -> bool:
        """Whether something is too small to be told."""
        return any(section.hides for section in self.sections)

    @property
    def smallest(self) -> Inhabitants | None:
        """The fewest inhabitants among the municipalities, by the newest known year of each."""
        return min(self._newest_inhabitants, key=lambda row: row.value, default=None)

    @property
    def largest(self) -> Inhabitants | None:
        """The most inhabitants."""
        return max(self._newest_inhabitants, key=lambda row: row.value, default=None)

    @property
    def _newest_inhabitants(self) -> list[Inhabitants]:
        return [rows[-1] for rows in self._inhabitants.values() if rows]

    def _sorted(self, lines: list[Line], years: list[int]) -> list[Line]:
        """Return the lines by `sort`: the unknown last, and no hidden one told by its place.

        A year that an indicator is not shown for leaves its lines in the order of names.
        """
        key, down = self.sort.removeprefix("-"), self.sort.startswith("-")
        if key == "name":
            return lines[::-1] if down else lines
        if key != "inhabitants" and int(key) not in years:
            return lines

        def worth(line: Line) -> Decimal | int | None:
            if key == "inhabitants":
                return line.inhabitants.value if line.inhabitants else None
            cell = line.cells[years.index(int(key))]
            return Decimal(0) if cell.state == HIDDEN else cell.value

        known = [(found, line) for line in lines if (found := worth(line)) is not None]
        unknown = [line for line in lines if worth(line) is None]
        return [*(line for _worth, line in sorted(known, key=itemgetter(0), reverse=down)), *unknown]

    def take_sort(self, sort: str) -> None:
        """Sort by what the address says, if it is a column."""
        years = (year for indicator in self.form.chosen_indicators for year in self.years(indicator))
        columns = ["name", "inhabitants", *map(str, years)]
        self.sort = sort if sort.removeprefix("-") in columns else "name"


def _per_thousand(value: Decimal, inhabitants: int) -> Decimal:
    return (value * 1000 / inhabitants).quantize(HUNDREDTH, ROUND_HALF_UP)


def indicators() -> list[Indicator]:
    """Return what can be compared, in the order of the list."""
    return list(Indicator.objects.in_use())
