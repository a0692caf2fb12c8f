"""What is looked at before a return is sent: what cannot be right, and what is asked about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from municipalities.choices import Unit
from municipalities.figures import numbers
from municipalities.models import Indicator, IndicatorValue, Return, ReturnLine

# So many times more or less than last year's is asked about.
TENFOLD, THOUSANDFOLD = 10, 1000


@dataclass
class Finding:
    """What stands against sending one line: faults to be mended, or a question to be answered."""

    faults: list[str] = field(default_factory=list)
    question: str = ""


def check(
    statement: Return,
    indicators: Iterable[Indicator],
    lines: Mapping[int, ReturnLine],
    last: Mapping[int, IndicatorValue],
) -> dict[int, Finding]:
    """Return what stands against sending, by indicator; a line without any is left out.

    `last` holds the values of before; a question that was answered is left out as well.
    """
    values = {row.pk: number_of(lines.get(row.pk, ReturnLine()), row) for row in indicators}
    found = {}
    for row in indicators:
        line = lines.get(row.pk, ReturnLine())
        faults = _faults(row, line, values)
        question = "" if faults else question_about(row, values[row.pk], last.get(row.pk), statement)
        if question and line.is_confirmed:
            question, faults = "", [] if line.note else [_("Write in the note why it is right.")]
        if faults or question:
            found[row.pk] = Finding(faults, question)
    return found


def number_of(line: ReturnLine, indicator: Indicator) -> Decimal | None:
    """Return the value of a line, or None when none is given or it is none."""
    if line.is_unknown or numbers.fault_of(line.typed, indicator):
        return None
    return numbers.parsed(line.typed)


def _faults(indicator: Indicator, line: ReturnLine, values: Mapping[int, Decimal | None]) -> list[str]:
    if not line.typed:
        return [] if line.is_unknown else [_("Write a number, or tick “We do not know”.")]
    if line.is_unknown:
        return [_("Either write a number, or tick “We do not know”. Not both.")]
    if fault := numbers.fault_of(line.typed, indicator):
        return [fault]
    value, whole = values[indicator.pk], values.get(indicator.at_most_id or 0)
    if value is None or whole is None or value <= whole or indicator.at_most is None:
        return []
    told = {"value": numbers.shown(whole, indicator.at_most), "name": indicator.at_most.name}
    return [_("It cannot be more than %(value)s, which you give for “%(name)s”.") % told]


def question_about(
    indicator: Indicator, value: Decimal | None, before: IndicatorValue | None, statement: Return
) -> str:
    """Return what is asked about a value that may be a slip of the hand; "" when nothing is."""
    if value is None:
        return ""
    return _against_before(indicator, value, before) or _against_inhabitants(indicator, value, statement)


def _against_before(indicator: Indicator, value: Decimal, before: IndicatorValue | None) -> str:
    if before is None or not before.value:
        return ""
    told = {"now": numbers.shown(value, indicator), "before": numbers.shown(before.value, indicator)}
    if value >= THOUSANDFOLD * before.value:
        return _("%(now)s is a thousand times %(before)s, the last value, or more.") % told
    if value >= TENFOLD * before.value:
        return _("%(now)s is ten times %(before)s, the last value, or more.") % told
    if value <= before.value / TENFOLD:
        return _("%(now)s is a tenth of %(before)s, the last value, or less.") % told
    return ""


def _against_inhabitants(indicator: Indicator, value: Decimal, statement: Return) -> str:
    people = statement.municipality.population
    if people is None or indicator.unit == Unit.CROWNS or value <= people:
        return ""
    told = {"now": numbers.shown(value, indicator), "people": number_format(people, force_grouping=True)}
    return _("%(now)s is more than the municipality has inhabitants (%(people)s).") % told
