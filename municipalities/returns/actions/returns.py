"""Periods of returns, and the way of each return: asked for, saved, sent, sent back, accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.outbox.notices import mark_read
from core.states import Conflict, Refused, check_seen, label, may_move, move, refuse_for, update
from core.templatetags.ui import day
from municipalities.choices import PeriodState, ReturnState
from municipalities.models import Indicator, Municipality, Return, ReturnLine, ReturnPeriod
from municipalities.returns import checks, emails, queries
from municipalities.returns.actions.acceptance import make_values
from municipalities.returns.checks import Entry
from municipalities.returns.tasks import look_after_returns, next_step_on, remind_once_a_day


@dataclass(frozen=True)
class Asked:
    """What is asked for in a period, and of whom."""

    year: int
    values_on: date
    due_on: date
    indicators: tuple[Indicator, ...]
    municipalities: tuple[Municipality, ...]
    note: str = ""


# Periods ------------------------------------------------------------------------


def reasons_of_role(by: User) -> list[str]:
    """Say why `by` may not look after returns; empty when they may."""
    if by.has(Permission.MANAGE_RETURNS):
        return []
    return [_("Your role does not ask municipalities for figures.")]


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


@transaction.atomic
def open_period(*, asked: Asked, by: User) -> ReturnPeriod:
    """Ask municipalities for the figures of a year, and write to all who speak for them.

    Raises Refused with reasons_against_opening.
    """
    refuse_for(reasons_against_opening(asked, by=by))
    period = _create_period(asked, by)
    period.indicators.set(asked.indicators)
    for municipality in asked.municipalities:
        emails.return_opened(period.returns.create(municipality=municipality))
    audit.record(
        "returns.open",
        period,
        by=by,
        year=period.year,
        municipalities=len(asked.municipalities),
        indicators=len(asked.indicators),
    )
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


def reasons_against_adding(period: ReturnPeriod, *, by: User) -> list[str]:
    """Say why no municipality can be added to a period; empty when one can."""
    return reasons_of_role(by) + _reasons_of_period(period)


@transaction.atomic
def add_municipality(period: ReturnPeriod, *, municipality: Municipality, by: User) -> Return:
    """Ask one more municipality in an open period.

    Raises Refused with the reasons, also for one that is asked already.
    """
    reasons = reasons_against_adding(period, by=by)
    if period.returns.filter(municipality=municipality).exists():
        reasons.append(_("This municipality is asked already."))
    refuse_for(reasons)
    statement = period.returns.create(municipality=municipality)
    emails.return_opened(statement)
    audit.record("return.add", statement, by=by, municipality=municipality.pk)
    return statement


def reasons_against_closing(period: ReturnPeriod, *, by: User) -> list[str]:
    """Say why a period cannot be closed; empty when it can."""
    return reasons_of_role(by) + _reasons_of_period(period)


@transaction.atomic
def close_period(period: ReturnPeriod, *, version: int, by: User) -> None:
    """Take no more returns for a period; nobody is reminded any more.

    Raises Refused with reasons_against_closing, Conflict when it changed meanwhile.
    """
    check_seen(period, version)
    refuse_for(reasons_against_closing(period, by=by))
    move(
        period,
        PeriodState.CLOSED,
        also={"closed_at": timezone.now(), "closed_by": by, "next_step_on": None},
    )
    audit.record("returns.close", period, by=by, year=period.year)


def reasons_against_reopening_period(period: ReturnPeriod, *, by: User) -> list[str]:
    """Say why a period cannot be opened again; empty when it can."""
    return reasons_of_role(by) + ([] if not period.is_open else [_("The period is open.")])


@transaction.atomic
def reopen_period(period: ReturnPeriod, *, version: int, by: User) -> None:
    """Take returns for a closed period again.

    Raises Refused with the reasons, Conflict when it changed meanwhile.
    """
    check_seen(period, version)
    refuse_for(reasons_against_reopening_period(period, by=by))
    step = next_step_on(period.due_on, after=timezone.localdate())
    move(period, PeriodState.OPEN, also={"closed_at": None, "closed_by": None, "next_step_on": step})
    audit.record("returns.reopen", period, by=by, year=period.year)
    look_after_returns.plan()


# Reminding ----------------------------------------------------------------------


def reasons_against_reminding(statement: Return, *, by: User) -> list[str]:
    """Say why a municipality cannot be reminded now; empty when it can."""
    reasons = reasons_of_role(by) + _reasons_of_period(statement.period)
    if not statement.is_with_municipality:
        reasons.append(_("This municipality has sent its figures."))
    elif statement.reminded_at and timezone.localdate(statement.reminded_at) == timezone.localdate():
        reasons.append(_("It was reminded today already."))
    return reasons


@transaction.atomic
def remind(statement: Return, *, by: User) -> None:
    """Write to a municipality's officials once more, at most once a day.

    Raises Refused with reasons_against_reminding, Conflict when it changed meanwhile.
    """
    reasons = reasons_against_reminding(statement, by=by)
    if not emails.has_readers(statement):
        reasons.append(_("Nobody speaks for this municipality. Add a person first."))
    refuse_for(reasons)
    if not remind_once_a_day(statement):
        raise Conflict(Return.objects.get(pk=statement.pk))
    audit.record("return.remind", statement, by=by)


def reasons_against_reminding_all(period: ReturnPeriod, *, by: User) -> list[str]:
    """Say why nobody can be reminded now; empty when somebody can."""
    reasons = reasons_of_role(by) + _reasons_of_period(period)
    if not reasons and not queries.to_remind(period):
        reasons.append(_("There is nobody to remind: all have sent, or were reminded today."))
    return reasons


@transaction.atomic
def remind_all(period: ReturnPeriod, *, by: User) -> int:
    """Remind every municipality that still owes its figures and was not reminded today; return how many.

    Raises Refused with reasons_against_reminding_all.
    """
    refuse_for(reasons_against_reminding_all(period, by=by))
    reminded = [statement for statement in queries.to_remind(period) if remind_once_a_day(statement)]
    audit.record("returns.remind", period, by=by, count=len(reminded))
    return len(reminded)


# The municipality's side --------------------------------------------------------


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


@transaction.atomic
def save(statement: Return, *, entries: Mapping[int, Entry], version: int, by: User) -> None:
    """Keep all that was written in a return seen as `version`, right or wrong.

    An answer to a question holds only for the value that was asked about.
    Raises Refused with reasons_against_writing, Conflict when it changed meanwhile.
    """
    check_seen(statement, version)
    refuse_for(reasons_against_writing(statement, by=by))
    update(statement, also={"saved_at": timezone.now(), "saved_by": by})
    asked = set(statement.period.indicators.values_list("pk", flat=True))
    kept = queries.entries_of(statement)
    rows = [
        _line(statement, pk, entry, kept.get(pk, Entry())) for pk, entry in entries.items() if pk in asked
    ]
    ReturnLine.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["statement", "indicator"],
        update_fields=["typed", "is_unknown", "note", "is_confirmed"],
    )
    audit.record("return.save", statement, by=by, lines=len(rows))


def _line(statement: Return, indicator_id: int, entry: Entry, kept: Entry) -> ReturnLine:
    is_same = (entry.typed, entry.is_unknown) == (kept.typed, kept.is_unknown)
    return ReturnLine(
        statement=statement,
        indicator_id=indicator_id,
        typed=entry.typed,
        is_unknown=entry.is_unknown,
        note=entry.note,
        is_confirmed=entry.is_confirmed and is_same,
    )


def reasons_against_sending(statement: Return, *, by: User) -> list[str]:
    """Say why a return cannot be sent as it is saved: each fault and open question, with its indicator."""
    reasons = reasons_against_writing(statement, by=by)
    if statement.period.values_on > timezone.localdate():
        reasons.append(
            _("These are the figures of %(day)s. They can be sent from that day on.")
            % {"day": day(statement.period.values_on)}
        )
    names = {row.pk: row for row in queries.indicators_of(statement.period)}
    found = checks.check(
        statement, list(names.values()), queries.entries_of(statement), queries.values_before(statement)
    )
    return reasons + [
        f"{names[pk].name}: {text}"
        for pk, one in found.items()
        for text in (*one.faults, one.question)
        if text
    ]


@transaction.atomic
def send(statement: Return, *, version: int, by: User) -> None:
    """Send what was saved to the Contact Centre.

    Raises Refused with reasons_against_sending, Conflict when it changed meanwhile.
    """
    check_seen(statement, version)
    refuse_for(reasons_against_sending(statement, by=by))
    move(statement, ReturnState.SENT, also={"sent_at": timezone.now(), "sent_by": by})
    audit.record("return.send", statement, by=by)
    mark_read(statement, by=by)


def reasons_against_taking_back(statement: Return, *, by: User) -> list[str]:
    """Say why `by` cannot take a sent return back; empty while nobody has decided on it."""
    reasons = _reasons_of_speaker(statement, by) + _reasons_of_period(statement.period)
    if statement.state != ReturnState.SENT:
        reasons.append(_("Only what was sent and is not decided yet can be taken back."))
    return reasons


@transaction.atomic
def take_back(statement: Return, *, version: int, by: User) -> None:
    """Take a sent return back, to mend it and send it again: it is where it was before it was sent.

    Raises Refused with reasons_against_taking_back, Conflict when it changed meanwhile.
    """
    check_seen(statement, version)
    refuse_for(reasons_against_taking_back(statement, by=by))
    before = ReturnState.SENT_BACK if statement.remark else ReturnState.OPEN
    move(statement, before, also={"sent_at": None, "sent_by": None})
    audit.record("return.take_back", statement, by=by)


# The desk's side ----------------------------------------------------------------


def reasons_against_accepting(statement: Return, *, by: User) -> list[str]:
    """Say why a return cannot be accepted; empty when it can."""
    return reasons_of_role(by) + _reasons_of_move(statement, ReturnState.ACCEPTED)


@transaction.atomic
def accept(statement: Return, *, version: int, by: User) -> None:
    """Take the figures of a return over: they are public from now on, with their date and source.

    Raises Refused with the reasons, Conflict when it changed meanwhile.
    """
    check_seen(statement, version)
    refuse_for(reasons_against_accepting(statement, by=by))
    decided = {"decided_at": timezone.now(), "decided_by": by, "remark": ""}
    move(statement, ReturnState.ACCEPTED, also=decided)
    count = make_values(statement, by=by)
    audit.record("return.accept", statement, by=by, values=count)
    emails.return_accepted(statement)


def reasons_against_sending_back(statement: Return, *, by: User) -> list[str]:
    """Say why a return cannot be sent back, or opened again after it was accepted; empty when it can."""
    reasons = reasons_of_role(by) + _reasons_of_period(statement.period)
    return reasons + _reasons_of_move(statement, ReturnState.SENT_BACK)


@transaction.atomic
def send_back(statement: Return, *, remark: str, version: int, by: User) -> None:
    """Give a return back to the municipality with a remark; values accepted before hold until the next ones.

    Raises Refused with the reasons, Conflict when it changed meanwhile.
    """
    check_seen(statement, version)
    reasons = reasons_against_sending_back(statement, by=by)
    refuse_for(reasons or ([] if remark.strip() else [_("Write what is to be mended.")]))
    decided = {"decided_at": timezone.now(), "decided_by": by, "remark": remark}
    move(statement, ReturnState.SENT_BACK, also=decided)
    audit.record("return.send_back", statement, by=by)
    emails.return_sent_back(statement)


# Shared -------------------------------------------------------------------------


def _reasons_of_period(period: ReturnPeriod) -> list[str]:
    return [] if period.is_open else [_("The period is closed.")]


def _reasons_of_move(statement: Return, to: str) -> list[str]:
    if may_move(statement, to):
        return []
    names = {"from": statement.get_state_display(), "to": label(statement, to)}
    return [_("“%(from)s” cannot become “%(to)s”.") % names]
