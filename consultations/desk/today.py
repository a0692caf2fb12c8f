"""The desk today: short lists in which nobody is forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from consultations.models import PlanStep, SummaryEdition, SupportRequest
from consultations.models.request import SupportRequestQuerySet
from consultations.requests.clock import working_days_ago
from consultations.requests.queries import rows_of, short_day
from municipalities.hooks import Waiting, counted, decisions_for

# How many rows a list shows, and where its count stops.
ROWS = 6
COUNT = 100
# A request that nobody has had for longer than this says so.
UNOWNED_WORKING_DAYS = 2


@dataclass(frozen=True)
class Section:
    """One short list of the desk today, and the way to the whole of it."""

    key: str
    title: str
    url: str
    empty: str
    rows: list[dict[str, Any]]
    count_label: str


@dataclass(frozen=True)
class _List:
    """A list of requests; the index that gives its first rows stands in the model's Meta, one a list."""

    key: str
    title: str
    query: str
    empty: str
    rows: QuerySet[SupportRequest]
    # The column by which the rows come, the smallest first.
    order: str
    # Shown only when there is something in it.
    is_quiet: bool = False


def today(reader: User) -> list[Section]:
    """Return the lists of the reader's day; those that are only there at times stay away while empty."""
    requests = SupportRequest.objects.visible_to(reader)
    lists = list(_lists(requests, reader))
    numbers = _numbers(requests, lists)
    shown = {pk for found in numbers for pk in found[:ROWS]}
    by_pk = requests.for_list().in_bulk(shown)
    sections = [
        Section(
            key=one.key,
            title=one.title,
            url=f"{reverse('desk-requests')}?{one.query}",
            empty=one.empty,
            rows=_rows(by_pk[pk] for pk in found[:ROWS] if pk in by_pk),
            count_label=f"{COUNT}+" if len(found) > COUNT else str(len(found)),
        )
        for one, found in zip(lists, numbers, strict=True)
        if found or not one.is_quiet
    ]
    return [*sections, *_my_steps(reader)]


def _lists(requests: SupportRequestQuerySet, reader: User) -> Iterable[_List]:
    on_us = requests.on_us()
    yield _List(
        "mine", _("Mine, due first"), "assignee=me&state=active", _("You owe nobody an answer."),
        on_us.filter(assignee=reader.pk), "due_on",
    )  # fmt: skip
    yield _List(
        "overdue", capfirst(_("overdue")), "state=overdue&order=due", "", requests.overdue(), "due_on", True
    )
    yield _List(
        "unowned", _("Nobody has these"), "assignee=none&state=active&order=oldest",
        _("Every request has somebody."), on_us.filter(assignee=None), "due_on",
    )  # fmt: skip
    yield _List(
        "waiting", _("Waiting longest"), "order=waiting", _("Nobody waits for us."),
        requests.filter(waiting_since__isnull=False), "waiting_since",
    )  # fmt: skip
    yield _List(
        "risk", capfirst(_("home at risk")), "order=risk", _("No home at risk is recorded."),
        requests.active().filter(home_at_risk_by__isnull=False), "home_at_risk_by",
    )  # fmt: skip
    yield _List(
        "silent", _("They have not replied"), "state=silent&order=asked", "", requests.silent(),
        "asked_back_at", True,
    )  # fmt: skip


def _numbers(requests: QuerySet[SupportRequest], lists: list[_List]) -> list[list[int]]:
    """Return the numbers of the requests on each list, in its order, all in one query.

    Each part takes its first rows from an index of its own; which list a row is
    of, and what it is ordered by, come along: as text, since making dates of six
    hundred rows took longer than finding them.
    """
    parts = [
        requests.filter(pk__in=one.rows.order_by(one.order, "pk").values("pk")[: COUNT + 1])
        .order_by()
        .annotate(place=Value(place, IntegerField()), by=Cast(one.order, CharField()))
        .values_list("place", "by", "pk")
        for place, one in enumerate(lists)
    ]
    found: list[list[tuple[bool, str, int]]] = [[] for _one in lists]
    for place, by, pk in parts[0].union(*parts[1:], all=True):
        found[place].append((by is None, by or "", pk))
    return [[pk for _is_last, _by, pk in sorted(rows)] for rows in found]


def _rows(requests: Iterable[SupportRequest]) -> list[dict[str, Any]]:
    requests = list(requests)
    long_ago = working_days_ago(UNOWNED_WORKING_DAYS)
    return [
        {**row, "is_unowned_long": request.assignee_id is None and request.received_at < long_ago}
        for row, request in zip(rows_of(requests), requests, strict=True)
    ]


def to_decide(reader: User) -> list[Waiting]:
    """Return what else waits for the reader's decision: texts in review, wishes, returns, reports."""
    waiting = decisions_for(reader)
    if not reader.has(Permission.APPROVE_SUMMARY):
        return waiting
    rows = SummaryEdition.objects.visible_to(reader).waiting_for(reader)
    summaries = counted(_("Summaries in review"), f"{reverse('desk-summaries')}?to_review=on", rows)
    return [summaries, *waiting] if summaries else waiting


def _my_steps(reader: User) -> list[Section]:
    """Return the reader's steps of in-depth support, due first, where there are any."""
    steps = list(PlanStep.objects.visible_to(reader).of(reader)[: ROWS + 1])
    if not steps:
        return []
    label = f"{ROWS}+" if len(steps) > ROWS else str(len(steps))
    return [Section("steps", _("My steps"), "", "", [_step_row(step) for step in steps[:ROWS]], label)]


def _step_row(step: PlanStep) -> dict[str, Any]:
    request = step.plan.request
    return {
        "url": f"{reverse('desk-plan', args=[request.reference])}#step-{step.pk}",
        "subject": step.what,
        "reference": request.reference,
        "due": short_day(step.due_on) if step.due_on else "",
        "is_late": step.is_late,
        "risk": "",
        "municipality": "",
    }
