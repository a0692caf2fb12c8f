"""What is done early, before the daily mail: days that are due or over are told, answers are counted."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from consultations.choices import ACTIVE
from consultations.models import AnsweredCount, SupportRequest
from consultations.requests import notices
from consultations.requests.clock import AWAKE
from core import audit
from core.notices.kinds import Kind
from core.notices.models import Notice
from core.schedule import add_working_days, comes_back, is_working_day, next_early
from core.states import Conflict, update

# After so long nobody is told any more: it stands on top of every list.
LATEST = timedelta(days=7)


def untold(rows: QuerySet[Any], kind: Kind, *, column: str) -> Iterator[Any]:
    """Yield the rows of whose day, as a column has it, nobody was told yet."""
    about = {"about_kind": rows.model._meta.model_name, "about_id__in": rows.order_by().values("pk")}
    told = set(Notice.objects.filter(kind=kind.key, **about).values_list("about_id", "words__day"))
    return (row for row in rows if (row.pk, getattr(row, column).isoformat()) not in told)


@comes_back(next_early)
def tell_of_days() -> None:
    """Tell on working days of answers that are due by the next one, or were due; of each day once."""
    today = timezone.localdate()
    if not is_working_day(today):
        return
    rows = SupportRequest.objects.on_us().select_related("assignee").order_by("due_on", "pk")
    for kind, since, until in (
        (notices.DUE, today, add_working_days(today, 1)),
        (notices.OVERDUE, today - LATEST, today - timedelta(days=1)),
    ):
        for request in untold(rows.filter(due_on__range=(since, until)), kind, column="due_on"):
            notices.told_of_day(kind, request, day=request.due_on)
    _wake_all(today)


@comes_back(next_early)
def count_answered() -> None:
    """Count for the public how many questions were answered."""
    found = {"number": SupportRequest.objects.answered().count(), "counted_at": timezone.now()}
    AnsweredCount.objects.update_or_create(pk=1, defaults=found)


def _wake_all(today: date) -> None:
    """Bring back what was put aside until today, and what is late or at risk by now."""
    is_urgent = Q(is_home_at_risk=True) | Q(is_on_us=True, due_on__lt=today)
    rows = SupportRequest.objects.put_aside().filter(Q(snoozed_until__lte=today) | is_urgent)
    for request in rows.select_related("assignee").order_by("snoozed_until", "pk"):
        with suppress(Conflict), transaction.atomic():
            wake(request)


def wake(request: SupportRequest) -> None:
    """Bring back a request that was put aside; of its day whoever has it is told."""
    until = request.snoozed_until
    update(request, also=AWAKE)
    audit.record("request.wake", request, by=None)
    if until and until <= timezone.localdate() and request.state in ACTIVE:
        notices.told_of_day(notices.SNOOZE_OVER, request, day=until)
