"""The desk today: each request stands once, in its most urgent group, so that nobody is forgotten.

Homes at risk and late answers are shown to everybody, one's own first. One's own are those of colleagues who
are away, too, for whom one stands in; where nobody does, theirs count as nobody's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.duty.queries import absences, covered_by, named_on_duty, on_duty, uncovered
from accounts.models import Absence, User
from accounts.permissions import Permission
from consultations.choices import DONE
from consultations.desk.queries import MOST, Tile, tiles
from consultations.models import PlanStep, SummaryEdition, SupportRequest, Watch
from consultations.models.request import SupportRequestQuerySet
from consultations.requests.actions.home import is_still_to_come
from consultations.requests.clock import working_days_ago
from consultations.requests.queries import rows_of, short_day
from municipalities.hooks import Waiting, counted, decisions_for

# How many rows a group shows, and where its count stops.
ROWS = 8
COUNT = 100
# A request that nobody has had for longer than this says so.
UNOWNED_WORKING_DAYS = 2


@dataclass(frozen=True)
class Section:
    """One group of the desk today, and the way to the whole of it."""

    key: str
    title: str
    url: str
    rows: list[dict[str, Any]]
    count_label: str
    has_more: bool = False


@dataclass(frozen=True)
class _Part:
    """Rows of one group that an index gives in their order; those of a smaller rank stand first."""

    group: str
    rows: QuerySet[SupportRequest]
    # The column by which the rows come, the smallest first.
    order: str
    rank: int = 0


class Day:
    """All that the page shows to one reader, in a number of queries that does not grow with it."""

    def __init__(self, reader: User) -> None:
        self.reader = reader
        self._requests = SupportRequest.objects.visible_to(reader)

    # Who is there ---------------------------------------------------------------

    @cached_property
    def away(self) -> dict[int, Absence]:
        """Who is away today."""
        return absences()

    @cached_property
    def covered(self) -> list[Absence]:
        """The absences in which the reader stands in."""
        return covered_by(self.reader, self.away)

    @cached_property
    def own_absence(self) -> Absence | None:
        """That the reader is away today."""
        return self.away.get(self.reader.pk)

    @cached_property
    def on_duty(self) -> list[User]:
        return on_duty(away=self.away)

    @cached_property
    def is_nobody_named(self) -> bool:
        return not named_on_duty()

    # The one list ---------------------------------------------------------------

    @cached_property
    def sections(self) -> list[Section]:
        """The groups that have something in them, the most urgent first."""
        found = self._numbers()
        shown = {pk for numbers in found.values() for pk in numbers[:ROWS]}
        by_pk = self._requests.for_list().in_bulk(shown)
        titles = _titles()
        return [
            Section(
                key=key,
                title=titles[key][0],
                url=f"{reverse('desk-requests')}?{titles[key][1]}",
                rows=self._rows(by_pk[pk] for pk in numbers[:ROWS] if pk in by_pk),
                count_label=_label(len(numbers), COUNT),
                has_more=len(numbers) > ROWS,
            )
            for key, numbers in found.items()
            if numbers
        ]

    @property
    def in_order(self) -> list[int]:
        """The numbers of all requests of the day, the most urgent first."""
        return [pk for numbers in self._numbers().values() for pk in numbers]

    def _parts(self) -> Iterator[_Part]:
        """Yield what is looked for; each part takes its first rows from an index of the model's Meta."""
        today, on_us = timezone.localdate(), self._requests.on_us()
        risk, calm = self._requests.homes_at_risk(), on_us.filter(is_home_at_risk=False)
        late, later = calm.filter(due_on__lt=today), calm.awake().filter(due_on__gt=today)
        unread, due = self._requests.unread(), calm.awake().filter(due_on=today)
        # Not as IN, which would lead SQLite to the index of all that is on us, or is not.
        yield _Part("risk", risk.filter(is_on_us=True), "home_risk_order")
        yield _Part("risk", risk.filter(is_on_us=False), "home_risk_order", 1)
        yield _Part("overdue", late, "due_on", 1)
        for pk in self._ours:
            yield _Part("overdue", late.filter(assignee=pk), "due_on")
            yield _Part("new", unread.filter(assignee=pk), "waiting_since")
        watched = Watch.objects.filter(user=self.reader).values("request")
        yield _Part("new", unread.filter(pk__in=watched), "waiting_since")
        for holder in dict.fromkeys([*self._ours, *self._nobodys]):
            yield _Part("today", due.filter(assignee=holder), "due_on")
        for holder in self._nobodys:
            yield _Part("unowned", later.filter(assignee=holder), "due_on")
        for pk in self._mine:
            yield _Part("later", later.filter(assignee=pk), "due_on")
        yield _Part("silent", self._requests.silent().awake(), "asked_back_at")

    @cached_property
    def _mine(self) -> list[int]:
        """The reader, and for whom they are the deputy."""
        return [self.reader.pk, *(row.user_id for row in self.covered if row.deputy_id == self.reader.pk)]

    @cached_property
    def _ours(self) -> list[int]:
        """The same, and for whom they stand in since they are on duty."""
        return list(dict.fromkeys([*self._mine, *(row.user_id for row in self.covered)]))

    @cached_property
    def _nobodys(self) -> list[int | None]:
        """Whose requests nobody looks after: those that nobody has, and of who is away without a deputy."""
        return [None, *(user.pk for user in uncovered(self.away) if user.pk not in self._mine)]

    def _numbers(self) -> dict[str, list[int]]:
        """Return the numbers of the requests of each group, in its order, all in one query.

        Each part takes its first rows from an index of its own; which part a row is
        of, and what it is ordered by, come along: as text, since making dates of six
        hundred rows took longer than finding them.
        """
        parts = list(self._parts())
        rows = [
            self._requests.filter(pk__in=one.rows.order_by(one.order, "pk").values("pk")[: COUNT + 1])
            .order_by()
            .annotate(place=Value(place, IntegerField()), by=Cast(one.order, CharField()))
            .values_list("place", "by", "pk")
            for place, one in enumerate(parts)
        ]
        found: dict[str, list[tuple[int, bool, str, int]]] = {key: [] for key in _titles()}
        for place, by, pk in rows[0].union(*rows[1:], all=True):
            part = parts[place]
            found[part.group].append((part.rank, by is None, by or "", pk))
        taken: set[int] = set()
        return {key: list(_not_yet(sorted(rows), taken)) for key, rows in found.items()}

    def _rows(self, requests: Iterable[SupportRequest]) -> list[dict[str, Any]]:
        requests, covered = list(requests), {row.user_id for row in self.covered}
        long_ago = working_days_ago(UNOWNED_WORKING_DAYS)
        return [
            {
                **row,
                "assignee": "" if request.assignee_id == self.reader.pk else row["assignee"],
                "is_nobodys": request.assignee_id is None,
                "is_covered": request.assignee_id in covered,
                "is_unowned_long": request.assignee_id is None and request.received_at < long_ago,
                **_asked_of_home(request),
            }
            for row, request in zip(rows_of(requests), requests, strict=True)
        ]

    # Beside it ------------------------------------------------------------------

    @cached_property
    def tiles(self) -> list[Tile]:
        """The strip of numbers: of all requests, whoever has them."""
        return tiles(self.reader)

    @cached_property
    def aside(self) -> Tile | None:
        """How many of the reader's are put aside."""
        later = self._requests.put_aside().filter(snoozed_until__gt=timezone.localdate())
        tile = _tile(_("put aside"), "state=snoozed&assignee=me", later.filter(assignee__in=self._mine))
        return tile if tile.count_label != "0" else None

    @cached_property
    def steps(self) -> Section | None:
        """The reader's steps of in-depth support, due first, where there are any."""
        steps = list(PlanStep.objects.visible_to(self.reader).of(self.reader)[: ROWS + 1])
        if not steps:
            return None
        label = _label(len(steps), ROWS)
        return Section("steps", _("My steps"), "", [_step_row(step) for step in steps[:ROWS]], label)

    @cached_property
    def to_decide(self) -> list[Waiting]:
        """What else waits for the reader's decision: texts in review, wishes, returns, reports."""
        waiting = decisions_for(self.reader)
        if not self.reader.has(Permission.APPROVE_SUMMARY):
            return waiting
        rows = SummaryEdition.objects.visible_to(self.reader).waiting_for(self.reader)
        summaries = counted(_("Summaries in review"), f"{reverse('desk-summaries')}?to_review=on", rows)
        return [summaries, *waiting] if summaries else waiting


def _titles() -> dict[str, tuple[str, str]]:
    """Return each group's title and what the address of its list says, in the order of urgency."""
    return {
        "risk": (capfirst(_("home at risk")), "order=risk"),
        "overdue": (capfirst(_("overdue")), "state=overdue&order=due"),
        "new": (_("New messages for me"), "state=unread&assignee=me"),
        "today": (_("Due today"), "order=due"),
        "unowned": (_("Nobody has these"), "assignee=none&state=active&order=oldest"),
        "later": (_("Later, mine"), "assignee=me&order=due"),
        "silent": (_("They have not replied"), "state=silent&order=asked"),
    }


def _asked_of_home(request: SupportRequest) -> dict[str, str]:
    """Say what is still asked once a request is over and nobody knows what became of the home."""
    if not request.is_home_at_risk or request.state not in DONE:
        return {}
    if request.home_at_risk_by and is_still_to_come(request):
        return {"outcome_after": short_day(request.home_at_risk_by)}
    return {"outcome_url": reverse("desk-request-home-outcome", args=[request.reference])}


def _not_yet(rows: Iterable[tuple[int, bool, str, int]], taken: set[int]) -> Iterator[int]:
    """Yield the numbers that stand in no group before, and take them."""
    for *_order, pk in rows:
        if pk not in taken:
            taken.add(pk)
            yield pk


def _label(count: int, most: int) -> str:
    return f"{most}+" if count > most else str(count)


def _tile(label: str, query: str, rows: QuerySet[SupportRequest]) -> Tile:
    count = rows.order_by()[: MOST + 1].count()
    return Tile(label, f"{reverse('desk-requests')}?{query}", _label(count, MOST))


def waits_for(reader: User) -> SupportRequestQuerySet:
    """Return what counts in the menu: requests with new words for the reader, and their late answers."""
    requests = SupportRequest.objects.visible_to(reader)
    late = requests.overdue().filter(assignee=reader.pk)
    new = requests.unread().filter(assignee=reader.pk)
    watched = requests.unread().filter(pk__in=Watch.objects.filter(user=reader.pk).values("request"))
    # Apart, so that each is looked up in an index of its own.
    numbers = late.order_by().values("pk").union(new.order_by().values("pk"), watched.order_by().values("pk"))
    return requests.filter(pk__in=numbers)


def _step_row(step: PlanStep) -> dict[str, Any]:
    request = step.plan.request
    return {
        "url": f"{reverse('desk-plan', args=[request.reference])}#step-{step.pk}",
        "subject": step.what,
        "reference": request.reference,
        "due": short_day(step.due_on) if step.due_on else "",
        "is_late": step.is_late,
    }
