"""What whoever a report is for does with it: opens it, and says that they have it.

`by` is the account of an official, None behind the personal link.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.states import may_move, move, update
from visits.choices import DeliveryState
from visits.models import Delivery


@transaction.atomic
def open_report(delivery: Delivery, *, by: Any) -> None:
    """Note that somebody went on to the report; only the first time counts."""
    _lock(delivery)
    if delivery.opened_at is not None:
        return
    _go_on(delivery, DeliveryState.OPENED, {"opened_at": timezone.now()})
    audit.record("delivery.open", delivery, by=by)


@transaction.atomic
def acknowledge(delivery: Delivery, *, by: Any) -> None:
    """Note that they have read it; nobody is reminded any more. Said once more, it stays as it was."""
    _lock(delivery)
    if delivery.acknowledged_at is not None:
        return
    now = timezone.now()
    said = {"acknowledged_at": now, "acknowledged_by": by, "next_step_on": None}
    _go_on(delivery, DeliveryState.ACKNOWLEDGED, said)
    audit.record("delivery.acknowledge", delivery, by=by)


def _go_on(delivery: Delivery, state: str, also: dict[str, Any]) -> None:
    """Move to a state where that is a step on; what is further already only notes when it was."""
    if may_move(delivery, state):
        move(delivery, state, also=also)
    else:
        update(delivery, also=also)


def _lock(delivery: Delivery) -> None:
    """Read the row anew and keep it: two buttons at once are one after another, and neither is refused."""
    delivery.refresh_from_db(from_queryset=Delivery.objects.select_for_update(of=("self",)))
