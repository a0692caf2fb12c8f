"""Periods of returns, and the way of each return: asked for, saved, sent, sent back, accepted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.notices.actions import mark_done, mark_read
from core.states import Conflict, Refused, move, reasons_against_moving, refuse_for, update, verb
from core.templatetags.ui import day
from municipalities.choices import PeriodState, Precision, ReturnState
from municipalities.figures.actions.values import end, supersede
from municipalities.models import Indicator, IndicatorValue, Municipality, Return, ReturnLine, ReturnPeriod
from municipalities.returns import checks, emails, queries
from municipalities.returns.tasks import look_after_returns, next_step_on, remind_once_a_day

LANGUAGES = ("cs", "en")
SOURCE = gettext_lazy("return of the municipality %(name)s for %(year)s")
NEWER = gettext_lazy("Replaced by the return of the municipality %(name)s for %(year)s.")
NOT_GIVEN = gettext_lazy("The mended return of the municipality %(name)s for %(year)s no longer gives it.")


@dataclass(frozen=True)
class Asked:
    """What is asked for in a period, and of whom."""

    year: int
    values_on: date
    due_on: date
    indicators: Collection[Indicator]
    municipalities: Collection[Municipality]
    note: str = ""


def reasons_of_role(by: User) -> list[str]:
    """Say why `by` may not look after returns; empty when they may."""
    return by.reasons_without(
        Permission.MANAGE_RETURNS, _("Your role does not ask municipalities for figures.")
    )


def reasons_against_opening(asked: Asked, *, by: User) -> list[str]:
    """Say why a period cannot be opened; empty when it can."""
    return reasons_of_role(by) + list(faults_of(asked).values())


def faults_of(asked: Asked) -> dict[str, str]:
    """Say what cannot be asked, by the part of it that is wrong."""
    faults = {}
    if ReturnPeriod.objects.filter(year=asked.year).exists():
        faults["year"] = _had(asked.year)
    if not date(asked.year, 1, 1) <= asked.values_on <= date(asked.year + 1, 1, 1):
        faults["values_on"] = _("Choose a day of the year %(year)s.") % {"year": asked.year}
    if asked.due_on < timezone.localdate():
        faults["due_on"] = _("The day by which returns are to be sent is over.")
    elif asked.values_on > asked.due_on:
        faults["due_on"] = _("The figures cannot be those of a day after they are to be sent.")
    if not asked.indicators:
        faults["indicators"] = _("Choose at least one indicator.")
    if not asked.municipalities:
        faults["municipalities"] = _("Choose at least one municipality.")
    return faults


def _had(year: int) -> str:
    return _("There is a period for %(year)s already.") % {"year": year}


@verb(against=reasons_against_opening)
def open_period(asked: Asked, *, by: User) -> ReturnPeriod:
    """Ask municipalities for the figures of a year, and write to all who speak for them."""
    period = _create_period(asked, by)
    period.indicators.set(asked.indicators)
    for municipality in asked.municipalities:
        emails.write(period.returns.create(municipality=municipality), "opened")
    counts = {"municipalities": len(asked.municipalities), "indicators": len(asked.indicators)}
    audit.record("returns.open", period, by=by, year=period.year, **counts)
    look_after_returns.plan()
    return period


def _create_period(asked: Asked, by: User) -> ReturnPeriod:
    try:
        with transaction.atomic():
            return ReturnPeriod.objects.create(
                year=asked.year,
                values_on=asked.values_on,
                due_on=asked.due_on,
                note=asked.note,
                opened_by=by,
                next_step_on=next_step_on(asked.due_on, after=timezone.localdate()),
            )
    except IntegrityError:
        raise Refused([_had(asked.year)]) from None


def reasons_against_changing(period: ReturnPeriod, *, by: User) -> list[str]:
    """Say why `by` cannot ask one more in a period, remind in it, or close it; empty when they can."""
    return reasons_of_role(by) + _reasons_of_period(period)


def _reasons_of_period(period: ReturnPeriod) -> list[str]:
    return [] if period.is_open else [_("The period is closed.")]


@verb(against=reasons_against_changing)
def add_municipality(period: ReturnPeriod, *, municipality: Municipality, by: User) -> Return:
    """Ask one more municipality in an open period; raises Refused also for one that is asked already."""
    if period.returns.filter(municipality=municipality).exists():
        raise Refused([_("This municipality is asked already.")])
    statement = period.returns.create(municipality=municipality)
    emails.write(statement, "opened")
    audit.record("return.add", statement, by=by, municipality=municipality.pk)
    return statement


@verb(against=reasons_against_changing, versioned=True)
def close_period(period: ReturnPeriod, *, version: int, by: User) -> None:
    """Take no more returns for a period; nobody is reminded any more."""
    closed = {"closed_at": timezone.now(), "closed_by": by, "next_step_on": None}
    move(period, PeriodState.CLOSED, also=closed)
    audit.record("returns.close", period, by=by, year=period.year)


def reasons_against_reopening(period: ReturnPeriod, *, by: User) -> list[str]:
    """Say why a period cannot be opened again; empty when it can."""
    return reasons_of_role(by) + ([_("The period is open.")] if period.is_open else [])


@verb(against=reasons_against_reopening, versioned=True)
def reopen_period(period: ReturnPeriod, *, version: int, by: User) -> None:
    """Take returns for a closed period again."""
    step = next_step_on(period.due_on, after=timezone.localdate())
    move(period, PeriodState.OPEN, also={"closed_at": None, "closed_by": None, "next_step_on": step})
    audit.record("returns.reopen", period, by=by, year=period.year)
    look_after_returns.plan()


def reasons_against_reminding(statement: Return, *, by: User) -> list[str]:
    """Say why a municipality cannot be reminded now; empty when it can."""
    reasons = reasons_against_changing(statement.period, by=by)
    if not statement.is_with_municipality:
        reasons.append(_("This municipality has sent its figures."))
    elif statement.is_reminded_today:
        reasons.append(_("It was reminded today already."))
    return reasons


@verb(against=reasons_against_reminding)
def remind(statement: Return, *, by: User) -> None:
    """Write to a municipality's officials once more, at most once a day.

    Raises Refused also where nobody speaks for it, Conflict when it changed meanwhile.
    """
    if not emails.has_readers(statement):
        raise Refused([_("Nobody speaks for this municipality. Add a person first.")])
    if not remind_once_a_day(statement):
        raise Conflict(Return.objects.get(pk=statement.pk))
    audit.record("return.remind", statement, by=by)


def reasons_against_reminding_all(period: ReturnPeriod, *, by: User) -> list[str]:
    """Say why nobody can be reminded now; empty when somebody can."""
    reasons = reasons_against_changing(period, by=by)
    if not reasons and not queries.to_remind(period):
        reasons.append(_("There is nobody to remind: all have sent, or were reminded today."))
    return reasons


@verb(against=reasons_against_reminding_all)
def remind_all(period: ReturnPeriod, *, by: User) -> int:
    """Remind every municipality that still owes its figures and was not reminded today; return how many."""
    reminded = [statement for statement in queries.to_remind(period) if remind_once_a_day(statement)]
    audit.record("returns.remind", period, by=by, count=len(reminded))
    return len(reminded)


def reasons_against_writing(statement: Return, *, by: User) -> list[str]:
    """Say why `by` cannot write in a return now; empty when they can."""
    reasons = _reasons_of_speaker(statement, by)
    if not statement.is_with_municipality:
        reasons.append(
            _("The figures are sent. They can be changed only after the Contact Centre sends them back.")
        )
    return reasons + _reasons_of_period(statement.period)


def _reasons_of_speaker(statement: Return, by: User) -> list[str]:
    if Municipality.objects.spoken_for_by(by).filter(pk=statement.municipality_id).exists():
        return []
    return [_("Only those who speak for the municipality fill in its figures.")]


@verb(against=reasons_against_writing, versioned=True)
def save(statement: Return, *, lines: Iterable[ReturnLine], version: int, by: User) -> None:
    """Keep all that was written in a return, right or wrong.

    An answer to a question holds only for the value that was asked about.
    """
    update(statement, also={"saved_at": timezone.now(), "saved_by": by})
    asked = set(statement.period.indicators.values_list("pk", flat=True))
    kept = queries.lines_by_indicator(statement)
    written = [line for line in lines if line.indicator_id in asked]
    for line in written:
        before = kept.get(line.indicator_id, ReturnLine())
        line.statement = statement
        line.is_confirmed &= (line.typed, line.is_unknown) == (before.typed, before.is_unknown)
    ReturnLine.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["statement", "indicator"],
        update_fields=["typed", "is_unknown", "note", "is_confirmed"],
    )
    audit.record("return.save", statement, by=by, lines=len(written))


def reasons_against_sending(statement: Return, *, by: User) -> list[str]:
    """Say why a return cannot be sent as it is saved: each fault and open question, with its indicator."""
    reasons = reasons_against_writing(statement, by=by)
    if statement.period.values_on > timezone.localdate():
        told = {"day": day(statement.period.values_on)}
        reasons.append(_("These are the figures of %(day)s. They can be sent from that day on.") % told)
    indicators = queries.indicators_of(statement.period)
    found = checks.check(
        statement, indicators, queries.lines_by_indicator(statement), queries.values_before(statement)
    )
    return reasons + [
        f"{row.name}: {text}"
        for row in indicators
        if row.pk in found
        for text in (*found[row.pk].faults, found[row.pk].question)
        if text
    ]


@verb(against=reasons_against_sending, versioned=True)
def send(statement: Return, *, version: int, by: User) -> None:
    """Send what was saved to the Contact Centre."""
    move(statement, ReturnState.SENT, also={"sent_at": timezone.now(), "sent_by": by})
    audit.record("return.send", statement, by=by)
    mark_read(statement, by=by)
    emails.sent(statement, by=by)


def reasons_against_taking_back(statement: Return, *, by: User) -> list[str]:
    """Say why `by` cannot take a sent return back; empty while nobody has decided on it."""
    reasons = _reasons_of_speaker(statement, by) + _reasons_of_period(statement.period)
    if statement.state != ReturnState.SENT:
        reasons.append(_("Only what was sent and is not decided yet can be taken back."))
    return reasons


@verb(against=reasons_against_taking_back, versioned=True)
def take_back(statement: Return, *, version: int, by: User) -> None:
    """Take a sent return back, to mend it and send it again: it is where it was before it was sent."""
    before = ReturnState.SENT_BACK if statement.remark else ReturnState.OPEN
    move(statement, before, also={"sent_at": None, "sent_by": None})
    audit.record("return.take_back", statement, by=by)
    mark_done(statement, emails.SENT)


def reasons_against_accepting(statement: Return, *, by: User) -> list[str]:
    """Say why a return cannot be accepted; empty when it can."""
    return reasons_of_role(by) + reasons_against_moving(statement, ReturnState.ACCEPTED)


@verb(against=reasons_against_accepting, versioned=True)
def accept(statement: Return, *, version: int, by: User) -> None:
    """Take the figures of a return over: they are public from now on, with their date and source."""
    decided = {"decided_at": timezone.now(), "decided_by": by, "remark": ""}
    move(statement, ReturnState.ACCEPTED, also=decided)
    audit.record("return.accept", statement, by=by, values=_make_values(statement, by=by))
    mark_done(statement, emails.SENT)
    emails.write(statement, "accepted")


def _make_values(statement: Return, *, by: User) -> int:
    """Write the values of an accepted return, and return how many it gives.

    A value of the same date is superseded unless it says the same; one that this return gave
    before and no longer gives is taken back.
    """
    period = statement.period
    rows = IndicatorValue.objects.current().filter(
        municipality=statement.municipality, on=period.values_on, precision=Precision.DAY
    )
    held = {row.indicator_id: row for row in rows}
    lines = statement.lines.select_related("indicator")
    given = [(line, value) for line in lines if (value := checks.number_of(line, line.indicator)) is not None]
    for line, value in given:
        _give(line, value, held.pop(line.indicator_id, None), by)
    for row in held.values():
        if row.from_return_id == statement.pk:
            end(row, reason=_in_both("superseded_reason", NOT_GIVEN, statement), at=timezone.now())
    return len(given)


def _give(line: ReturnLine, value: Decimal, held: IndicatorValue | None, by: User) -> None:
    statement = line.statement
    columns: dict[str, Any] = {"value": value, "note_cs": line.note, "from_return": statement}
    if held and all(getattr(held, name) == told for name, told in columns.items()):
        return
    columns |= {"note_en": "", "on": statement.period.values_on, "precision": Precision.DAY, "entered_by": by}
    columns |= _in_both("source", SOURCE, statement)
    if held:
        supersede(held, reason=_in_both("superseded_reason", NEWER, statement), columns=columns)
    else:
        columns |= {"municipality": statement.municipality, "indicator": line.indicator}
        IndicatorValue.objects.create(**columns)


def _in_both(column: str, words: Promise, statement: Return) -> dict[str, str]:
    """Return the two columns of a text that the portal writes itself."""
    told = {"name": statement.municipality.name, "year": statement.period.year}
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[f"{column}_{language}"] = str(words) % told
    return found


def reasons_against_sending_back(statement: Return, *, by: User) -> list[str]:
    """Say why a return cannot be sent back, or opened again after it was accepted; empty when it can."""
    reasons = reasons_against_changing(statement.period, by=by)
    return reasons + reasons_against_moving(statement, ReturnState.SENT_BACK)


@verb(against=reasons_against_sending_back, versioned=True)
def send_back(statement: Return, *, remark: str, version: int, by: User) -> None:
    """Give a return back to the municipality with a remark; values accepted before hold until the next ones.

    Raises Refused also without a remark.
    """
    refuse_for([] if remark.strip() else [_("Write what is to be mended.")])
    decided = {"decided_at": timezone.now(), "decided_by": by, "remark": remark}
    move(statement, ReturnState.SENT_BACK, also=decided)
    audit.record("return.send_back", statement, by=by)
    mark_done(statement, emails.SENT)
    emails.write(statement, "sent_back")
