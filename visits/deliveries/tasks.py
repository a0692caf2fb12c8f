"""What becomes of deliveries by itself: they are queued, reminded of twice, and then somebody phones."""

from contextlib import suppress
from datetime import date, datetime

from django.utils import timezone

from core import audit
from core.outbox import mail
from core.schedule import comes_back, steps
from core.states import Conflict, move, update
from visits.choices import DeliveryState
from visits.deliveries import emails
from visits.deliveries.actions.dispatches import REMINDERS, next_step_on, queue_batch
from visits.models import Delivery, Dispatch
from visits.models.delivery import DeliveryQuerySet

REMINDED = (DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.OPENED)


def next_at() -> datetime | None:
    """Return when reports are to be queued: at once, where an edition is on its way."""
    return timezone.now() if Dispatch.objects.filter(done_at=None).exists() else None


@comes_back(next_at)
def queue_reports() -> None:
    """Queue the deliveries of every edition that is on its way, a batch a transaction."""
    rows = Dispatch.objects.filter(done_at=None).select_related("edition__document__visit")
    for dispatch in rows.order_by("begun_at", "pk"):
        # Another worker is at it, and goes on.
        with suppress(Conflict):
            while queue_batch(dispatch):
                pass


def reminded() -> DeliveryQuerySet:
    """Return what is looked after: reports that are public and that nobody has confirmed."""
    rows = Delivery.objects.filter(state__in=REMINDED).of_public()
    return rows.select_related("edition", "municipality")


@steps(reminded)
def look_after_deliveries(delivery: Delivery) -> None:
    """Remind a municipality of a report that waits for it; at the end let somebody phone."""
    today, queued = timezone.localdate(), timezone.localdate(delivery.queued_at)
    is_over = today > queued + REMINDERS[-1] and delivery.reminded_at is not None
    if not is_over:
        # Where the portal stood still for weeks, there is still a reminder before the call.
        _remind(delivery, next_step_on(queued, after=today) or today + REMINDERS[0])
    elif delivery.state == DeliveryState.OPENED:
        update(delivery, also={"next_step_on": None})
    else:
        move(delivery, DeliveryState.BY_PHONE, also={"next_step_on": None})
        audit.record("delivery.to_phone", delivery, by=None)


def _remind(delivery: Delivery, step: date) -> None:
    update(delivery, also={"reminded_at": timezone.now(), "next_step_on": step})
    audit.record("delivery.remind", delivery, by=None)
    mail.queue_all([emails.report(delivery, emails.REMINDER)])
