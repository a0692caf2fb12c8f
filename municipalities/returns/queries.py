"""Reads of returns: the lines of one beside what was known before, the periods, what an official owes."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from municipalities.choices import WITH_MUNICIPALITY, ReturnState
from municipalities.figures import numbers, queries
from municipalities.hooks import Task
from municipalities.models import Indicator, IndicatorValue, Membership, Municipality
from municipalities.models.returns import Return, ReturnLine, ReturnPeriod
from municipalities.returns import checks

# More than a handful of returns never wait at once.
MOST = 20


def periods() -> QuerySet[ReturnPeriod]:
    """Return the periods with how many returns each has, and how many of them came."""
    still_out = Q(returns__state__in=WITH_MUNICIPALITY)
    return ReturnPeriod.objects.annotate(
        asked=Count("returns"),
        out=Count("returns", filter=still_out),
        to_decide=Count("returns", filter=Q(returns__state=ReturnState.SENT)),
        accepted=Count("returns", filter=Q(returns__state=ReturnState.ACCEPTED)),
    )


def spoken_for(period: ReturnPeriod) -> set[int]:
    """Return the municipalities of a period that somebody speaks for today, who can be written to."""
    rows = period.returns.filter(municipality__in=_spoken_for_today())
    return set(rows.values_list("municipality_id", flat=True))


def _spoken_for_today() -> Any:
    return Membership.objects.current().filter(user__is_active=True).values("municipality_id")


@dataclass(frozen=True)
class Readers:
    """Whom a message to municipalities reaches: how many people, and the municipalities without anybody."""

    count: int
    unspoken: list[Municipality]


def readers_of(municipalities: Collection[Municipality]) -> Readers:
    """Return whom a message to these municipalities would reach today."""
    members = Membership.objects.current().filter(user__is_active=True, municipality__in=municipalities)
    spoken = set(members.values_list("municipality_id", flat=True))
    count = members.values("user").distinct().count()
    return Readers(count, [place for place in municipalities if place.pk not in spoken])


def to_remind(period: ReturnPeriod) -> list[Return]:
    """Return the returns still owed whose municipality can be reminded today."""
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = period.returns.wanted().filter(municipality__in=_spoken_for_today())
    owed = rows.exclude(reminded_at__gte=morning).for_list()
    return list(owed.order_by("municipality__search_name", "pk"))


def return_of(reader: User, pk: int) -> Return:
    """Return the return that an account may see; raises Http404."""
    return get_object_or_404(Return.objects.visible_to(reader).for_list(), pk=pk)


def next_to_decide(statement: Return) -> Return | None:
    """Return the return of the same period that has waited longest for a decision, this one apart."""
    rows = Return.objects.filter(period=statement.period_id, state=ReturnState.SENT)
    return rows.exclude(pk=statement.pk).select_related("municipality").order_by("sent_at", "pk").first()


def indicators_of(period: ReturnPeriod) -> list[Indicator]:
    """Return what a period asks for, in the order of the list."""
    return list(period.indicators.select_related("at_most"))


def lines_by_indicator(statement: Return) -> dict[int, ReturnLine]:
    """Return what was written, by indicator."""
    return {line.indicator_id: line for line in statement.lines.all()}


def values_before(statement: Return) -> dict[int, IndicatorValue]:
    """Return the newest value of each indicator from before the day that the period asks about."""
    day = statement.period.values_on - timedelta(days=1)
    return queries.newest(statement.municipality, until=day)


def last_known(statement: Return) -> dict[int, IndicatorValue]:
    """Return the newest value of each indicator up to the day that the period asks about."""
    return queries.newest(statement.municipality, until=statement.period.values_on)


def lines_of(statement: Return) -> list[dict[str, Any]]:
    """Return the lines of a return with the questions they raised, answered or not."""
    indicators, lines = indicators_of(statement.period), lines_by_indicator(statement)
    before = values_before(statement)
    found = checks.check(statement, indicators, lines, before)
    told = []
    for row in indicators:
        line, last = lines.get(row.pk, ReturnLine()), before.get(row.pk)
        value = checks.number_of(line, row)
        told.append(
            {
                "indicator": row,
                "line": line,
                # In words: the number as it is read, or what was typed.
                "shown": line.typed if value is None else numbers.shown(value, row),
                "before": numbers.with_words([last], to_public=False)[0] if last else None,
                "question": checks.question_about(row, value, last, statement),
                # A line that nobody has written yet has no fault to show.
                "faults": found[row.pk].faults if row.pk in found and line.typed else [],
            }
        )
    return told


def wanted_by(user: User) -> QuerySet[Return]:
    """Return the returns that wait for an official."""
    return Return.objects.visible_to(user).wanted()


def wanted_of(_user: User, municipalities: list[Municipality]) -> Iterable[Task]:
    """Return the returns that wait for an official, for municipalities.hooks."""
    owed = Return.objects.wanted().filter(municipality__in=municipalities)
    for row in owed.select_related("period", "municipality").order_by("period__due_on", "pk")[:MOST]:
        names = {"year": row.period.year, "name": row.municipality.name}
        title = _("Figures for %(year)s: %(name)s") % names
        sent_back = _("The Contact Centre has sent it back with a remark.")
        note = sent_back if row.state == ReturnState.SENT_BACK else ""
        yield Task(title, row.get_my_url(), row.period.due_on, note)


def table_header(period: ReturnPeriod) -> list[str]:
    """Return the heads of a table of all returns of a period."""
    names = [f"{row.name} ({row.get_unit_display()})" for row in indicators_of(period)]
    return [_("Municipality"), _("District"), _("State"), capfirst(_("sent")), *names]


def table_rows(period: ReturnPeriod) -> Iterator[list[Any]]:
    """Yield a line for each return of a period: numbers as numbers, anything else as it was typed."""
    indicators = indicators_of(period)
    rows = period.returns.for_list().prefetch_related("lines").order_by("municipality__search_name", "pk")
    for row in rows:
        lines = lines_by_indicator(row)
        sent = timezone.localdate(row.sent_at) if row.sent_at else None
        place = row.municipality
        cells = [_cell(lines.get(one.pk, ReturnLine()), one) for one in indicators]
        yield [place.name, place.district, row.get_state_display(), sent, *cells]


def _cell(line: ReturnLine, indicator: Indicator) -> Any:
    if line.is_unknown:
        return _("not known")
    value = checks.number_of(line, indicator)
    return line.typed if value is None else numbers.plain(value, indicator)


def to_accept(reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return what waits to be accepted: its title, its list, its rows."""
    rows = Return.objects.visible_to(reader).filter(state=ReturnState.SENT)
    return _("Returns to be accepted"), reverse("desk-returns"), rows
