"""How figures are read as people type them, and written as people read them."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.templatetags.ui import NBSP, day
from municipalities.choices import Precision
from municipalities.models import Indicator, IndicatorValue
from municipalities.models.indicator import SMALLEST_TOLD
from municipalities.places import profile

# Twelve digits are what the column holds; no municipality comes near.
_NUMBER = re.compile(r"(?P<sign>[-\u2212+]?)(?P<whole>\d{1,12})(?:[.,](?P<part>\d{1,20}))?", re.ASCII)
_DIGITS = re.compile(r"[-\u2212+]?\d+(?:[.,]\d+)?", re.ASCII)


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
    """Return values with their numbers as they are told, for a template."""
    return [{"row": row, "shown": display_value(row, to_public=to_public)} for row in rows]
