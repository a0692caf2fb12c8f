"""How figures are read as people type them, and written as people read them."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, npgettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from core.templatetags.ui import NBSP, day
from municipalities.choices import Precision, Unit
from municipalities.models import Indicator, IndicatorValue
from municipalities.models.indicator import SMALLEST_TOLD
from municipalities.places import profile

# Twelve digits are what the column holds; no municipality comes near.
_NUMBER = re.compile(r"(?P<sign>[-\u2212+]?)(?P<whole>\d{1,12})(?:[.,](?P<part>\d{1,20}))?", re.ASCII)
_DIGITS = re.compile(r"[-\u2212+]?\d+(?:[.,]\d+)?", re.ASCII)

# A unit behind its number: by how many there are, and behind one with a decimal part.
_COUNTED = {
    Unit.FLATS: npgettext_lazy("counted", "flat", "flats"),
    Unit.HOUSEHOLDS: npgettext_lazy("counted", "household", "households"),
    Unit.PEOPLE: npgettext_lazy("counted", "person", "people"),
    Unit.WORKERS: npgettext_lazy("counted", "full-time equivalent", "full-time equivalents"),
    Unit.CASES: npgettext_lazy("counted", "case", "cases"),
}
_IN_PARTS = {
    Unit.FLATS: pgettext_lazy("counted in parts", "flats"),
    Unit.HOUSEHOLDS: pgettext_lazy("counted in parts", "households"),
    Unit.PEOPLE: pgettext_lazy("counted in parts", "people"),
    Unit.WORKERS: pgettext_lazy("counted in parts", "full-time equivalents"),
    Unit.CASES: pgettext_lazy("counted in parts", "cases"),
}


def parsed(text: str) -> Decimal | None:
    """Return the number that was typed, with a comma or a point and any spaces; None when it is none."""
    match = _NUMBER.fullmatch(re.sub(r"\s", "", text))
    if match is None:
        return None
    sign = "-" if match["sign"] in ("-", "\u2212") else ""
    return Decimal(f"{sign}{match['whole']}.{match['part'] or '0'}")


def fault_of(text: str, indicator: Indicator) -> str:
    """Say what is wrong with a typed value by itself; "" when it is a value of the indicator."""
    value = parsed(text)
    if value is None and _DIGITS.fullmatch(re.sub(r"\s", "", text)):
        return _("The number is too long. Write it with twelve digits at most.")
    if value is None:
        example = typed(Decimal("2.5"), indicator) if indicator.places else "12"
        return _("Write a number, for example %(example)s.") % {"example": example}
    if value < 0:
        return _("Write a number from zero up.")
    if value != round(value, indicator.places):
        if indicator.places:
            return _("Write at most %(count)s decimal places.") % {"count": indicator.places}
        return _("Write a whole number, without decimal places.")
    return ""


def typed(value: Decimal, indicator: Indicator) -> str:
    """Write a value as somebody would type it: no spaces, no needless zeros."""
    text = f"{round(value, indicator.places):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if (get_language() or "cs").startswith("cs") else text


def shown(value: Decimal, indicator: Indicator) -> str:
    """Write a value with its thousands apart, and no more decimal places than it has."""
    text = f"{round(value, indicator.places):f}".rstrip("0") if indicator.places else ""
    places = len(text.partition(".")[2])
    return number_format(round(value, places), decimal_pos=places, force_grouping=True)


def display_value(row: IndicatorValue, *, to_public: bool) -> str:
    """Write the number of a value; one that could point to a person is not told to the public."""
    if to_public and row.is_small:
        return _("fewer than %(count)s") % {"count": SMALLEST_TOLD}
    return shown(row.value, row.indicator)


def display_unit(row: IndicatorValue, *, to_public: bool) -> str:
    """Write the unit as it stands behind what display_value() writes: "14 bytů", "2,5 celého úvazku"."""
    unit = Unit(row.indicator.unit)
    value = Decimal(SMALLEST_TOLD) if to_public and row.is_small else row.value
    if unit not in _COUNTED:
        return str(unit.label)
    return str(_COUNTED[unit] % int(value) if value == int(value) else _IN_PARTS[unit])


def date_words(row: IndicatorValue) -> str:
    """Write the date of a value as far as it is known: "2019", "březen 2019" or "1. března 2019"."""
    if row.precision == Precision.YEAR:
        return f"{row.on:%Y}"
    if row.precision == Precision.MONTH:
        return date_format(row.on, "F Y")
    return day(row.on)


def table_header() -> list[str]:
    """Return the heads of a table of values that people take away."""
    return [
        _("Indicator"), _("Unit"), _("Date"), _("Value"), _("Source"), _("Note"),
        _("Corrected or taken back"), _("Why"),
    ]  # fmt: skip


def table_rows(rows: Iterable[IndicatorValue]) -> Iterator[list[Any]]:
    """Yield a line of that table for each value, as the public is told it; numbers stay numbers."""
    for row in rows:
        value = display_value(row, to_public=True) if row.is_small else plain(row.value, row.indicator)
        ended = timezone.localdate(row.superseded_at) if row.superseded_at else None
        texts = [profile.local_text(row, name).text for name in ("source", "note", "superseded_reason")]
        unit = row.indicator.get_unit_display()
        # In a table one looks for what one can type.
        on = date_words(row).replace(NBSP, " ")
        yield [row.indicator.name, unit, on, value, *texts[:2], ended, texts[2]]


def plain(value: Decimal, indicator: Indicator) -> Decimal | int:
    """Return a value as a spreadsheet takes it: a number with no needless zeros."""
    value = round(value, indicator.places)
    return int(value) if value == value.to_integral_value() else value.normalize()


def with_words(rows: Iterable[IndicatorValue], *, to_public: bool) -> list[dict[str, Any]]:
    """Return values with their numbers and units as they are told, for a template."""
    return [
        {
            "row": row,
            "shown": display_value(row, to_public=to_public),
            "unit": display_unit(row, to_public=to_public),
        }
        for row in rows
    ]
