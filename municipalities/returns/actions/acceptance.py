"""What an accepted return does to the values of its municipality."""

from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from municipalities.choices import Precision
from municipalities.figures import numbers
from municipalities.figures.actions.values import end, supersede
from municipalities.models import IndicatorValue, Return, ReturnLine

LANGUAGES = ("cs", "en")


def make_values(statement: Return, *, by: User) -> int:
    """Write the values of an accepted return, inside the caller's transaction; return how many it gives.

    A value of the same date is superseded unless it says the same; one that this return gave
    before and no longer gives is taken back.
    """
    period = statement.period
    rows = IndicatorValue.objects.current().filter(
        municipality=statement.municipality, on=period.values_on, precision=Precision.DAY
    )
    held = {row.indicator_id: row for row in rows}
    given = [line for line in statement.lines.select_related("indicator") if _value_of(line) is not None]
    for line in given:
        _give(line, held.pop(line.indicator_id, None), statement, by)
    for row in held.values():
        if row.from_return_id == statement.pk:
            end(row, reason=_in_both(_not_given, statement), at=timezone.now())
    return len(given)


def _value_of(line: ReturnLine) -> Decimal | None:
    if line.is_unknown or numbers.fault_of(line.typed, line.indicator):
        return None
    return numbers.parsed(line.typed)


def _give(line: ReturnLine, held: IndicatorValue | None, statement: Return, by: User) -> None:
    columns: dict[str, Any] = {"value": _value_of(line), "note_cs": line.note, "from_return": statement}
    if held and all(getattr(held, name) == value for name, value in columns.items()):
        return
    columns |= {
        "note_en": "",
        "on": statement.period.values_on,
        "precision": Precision.DAY,
        "entered_by": by,
        **_in_both(_source, statement),
    }
    if held:
        supersede(held, reason=_in_both(_newer, statement), columns=columns)
    else:
        IndicatorValue.objects.create(
            municipality=statement.municipality, indicator=line.indicator, **columns
        )


def _in_both(words: Any, statement: Return) -> dict[str, str]:
    """Return the two columns of a text that the portal writes itself."""
    name = "source" if words is _source else "superseded_reason"
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[f"{name}_{language}"] = words() % {
                "name": statement.municipality.name,
                "year": statement.period.year,
            }
    return found


def _source() -> str:
    return _("return of the municipality %(name)s for %(year)s")


def _newer() -> str:
    return _("Replaced by the return of the municipality %(name)s for %(year)s.")


def _not_given() -> str:
    return _("The mended return of the municipality %(name)s for %(year)s no longer gives it.")
