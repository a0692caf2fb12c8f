"""What an accepted return does to the values of its municipality."""

from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from municipalities.choices import Precision
from municipalities.figures.actions.values import end, supersede
from municipalities.models import IndicatorValue, Return, ReturnLine
from municipalities.returns.checks import number_of

LANGUAGES = ("cs", "en")
SOURCE = _("return of the municipality %(name)s for %(year)s")
NEWER = _("Replaced by the return of the municipality %(name)s for %(year)s.")
NOT_GIVEN = _("The mended return of the municipality %(name)s for %(year)s no longer gives it.")


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
    lines = statement.lines.select_related("indicator")
    given = [(line, number) for line in lines if (number := number_of(line, line.indicator)) is not None]
    for line, number in given:
        _give(line, number, held.pop(line.indicator_id, None), by)
    for row in held.values():
        if row.from_return_id == statement.pk:
            end(row, reason=_in_both("superseded_reason", NOT_GIVEN, statement), at=timezone.now())
    return len(given)


def _give(line: ReturnLine, number: Decimal, held: IndicatorValue | None, by: User) -> None:
    statement = line.statement
    columns: dict[str, Any] = {"value": number, "note_cs": line.note, "from_return": statement}
    if held and all(getattr(held, name) == value for name, value in columns.items()):
        return
    columns |= {"note_en": "", "on": statement.period.values_on, "precision": Precision.DAY, "entered_by": by}
    columns |= _in_both("source", SOURCE, statement)
    if held:
        supersede(held, reason=_in_both("superseded_reason", NEWER, statement), columns=columns)
    else:
        place = statement.municipality
        IndicatorValue.objects.create(municipality=place, indicator=line.indicator, **columns)


def _in_both(column: str, words: Promise, statement: Return) -> dict[str, str]:
    """Return the two columns of a text that the portal writes itself."""
    told = {"name": statement.municipality.name, "year": statement.period.year}
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[f"{column}_{language}"] = str(words) % told
    return found
