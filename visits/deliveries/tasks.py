"""What becomes of deliveries by itself: they are queued, reminded of twice, and then somebody phones."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.utils import timezone

from core import audit
from core.links.models import new_link
from core.schedule import comes_back, steps
from core.states import Conflict, move, update
from visits.choices import DeliveryState
from visits.deliveries import emails
from visits.deliveries.actions.dispatches import REMINDERS, next_step_on, queue_batch, queue_late
from visits.deliveries.addresses import addresses_of, emails_of
from visits.models import Delivery, Dispatch
from visits.models.delivery import DeliveryQuerySet

LOOK = timedelta(days=1)
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


def next_look() -> datetime | None:
    """Return when to look for municipalities that were left out: once a day, where any report went out."""
    return timezone.now() + LOOK if Dispatch.objects.exists() else None


@comes_back(next_look)
def queue_late_reports() -> None:
    """Queue reports for municipalities that were invited, or were found not to have gone, afterwards."""
    rows = Dispatch.objects.exclude(done_at=None).select_related("edition__document__visit")
    for dispatch in rows.order_by("pk"):
        with suppress(Conflict):
            while queue_late(dispatch):
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


def _new_address(delivery: Delivery) -> dict[str, object]:
    """Return where a reminder goes instead, under a new link: to whoever speaks for the municipality now.

    It stays as it is as long as whoever has it speaks for the municipality, where nobody else is known, and
    where the desk wrote down why it goes where it does.
    """
    place = delivery.municipality
    if place is None or delivery.note or delivery.email in emails_of(place):
        return {}
    now = addresses_of([place])[place.pk]
    if now.is_dead or not now.email:
        return {}
    return {"email": now.email, "language": now.language, **new_link()}


def _remind(delivery: Delivery, step: date) -> None:
    update(delivery, also={**_new_address(delivery), "reminded_at": timezone.now(), "next_step_on": step})
    audit.record("delivery.remind", delivery, by=None)
    emails.queue([delivery], emails.REMINDER)
