"""A comparison as tables to take away: every cell that the page shows, its source, its meaning."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.forms.fields import PartialDate
from municipalities.choices import Precision
from municipalities.comparison.table import HIDDEN, UNKNOWN, UNRECKONED, Cell, Comparison, Section
from municipalities.models import IndicatorValue, Municipality, Population

Row = list[Any]


def header() -> list[str]:
    """Return the heads of the values' columns."""
    return [
        _("Municipality"), _("Code"), pgettext("of the Czech Republic", "Region"), _("Inhabitants"),
        _("Inhabitants in the year"), capfirst(_("year")), _("Indicator"), _("Unit"), _("Value"), _("Date"),
        _("Source"), _("Remark"), _("Definition"),
    ]  # fmt: skip


def rows(comparison: Comparison) -> Iterator[Row]:
    """Yield a row for each cell, the unknown ones too."""
    for section in comparison.sections:
        for line in section.lines:
            for year, cell in zip(section.years, line.cells, strict=True):
                people = comparison.inhabitants(line.municipality, year)
                yield [*_place(line.municipality, people), year, *_told(section, cell)]


def _place(place: Municipality, people: Population | None) -> Row:
    counted = [people.value, people.year] if people else [None, None]
    return [place.name, place.code, place.region.name, *counted]


def _told(section: Section, cell: Cell) -> Row:
    row, source = section.indicator, cell.row.source if cell.row else ""
    return [row.name, section.unit, _value(cell), _date(cell.row), source, _remark(cell), row.definition]


def _value(cell: Cell) -> Any:
    if cell.state == HIDDEN:
        return cell.text
    return None if cell.value is None else round(cell.value, cell.places)


def _date(row: IndicatorValue | None) -> Any:
    """Return a day as a date, and what is known to the month or the year only as text: 2019-03."""
    if row is None or row.precision == Precision.DAY:
        return row and row.on
    return str(PartialDate(row.on, row.precision))


def _remark(cell: Cell) -> str:
    if cell.row and cell.row.is_small:
        return _("fewer than five: not shown to the public")
    if cell.row and cell.row.is_of_project_page:
        return _("source: only the page of the project")
    return {
        HIDDEN: _("too small to be shown without pointing to somebody"),
        UNKNOWN: _("not known"),
        UNRECKONED: _("the number of inhabitants is not known"),
    }.get(cell.state, "")


def definitions_header() -> list[str]:
    """Return the heads of the definitions' columns."""
    return [_("Indicator"), _("Unit"), _("Definition"), _("Fewer than five are not shown")]


def definitions(comparison: Comparison) -> Iterator[Row]:
    """Yield what each indicator means."""
    for section in comparison.sections:
        row = section.indicator
        yield [row.name, section.unit, row.definition, _("yes") if row.counts_people else _("no")]
