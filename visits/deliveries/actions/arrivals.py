"""What the outbox tells of a delivery: its mail has left, has failed, or came back for good."""

from contextlib import suppress

from django.db.models.functions import Lower
from django.utils import timezone

from core import audit
from core.outbox.models import OutgoingMail
from core.states import Conflict, move
from visits.choices import DeliveryState
from visits.models import Delivery, Subscription
from visits.models.delivery import DeliveryQuerySet

ABOUT = Delivery._meta.model_name
ON_THE_WAY = (DeliveryState.QUEUED, DeliveryState.SENT)


def note_sent(mail: OutgoingMail) -> None:
    """Write down that the mail of a delivery has left; what is further already stays as it is."""
    if mail.about_kind != ABOUT:
        return
    row = _carried_by(mail).filter(state=DeliveryState.QUEUED).first()
    if row:
        with suppress(Conflict):
            move(row, DeliveryState.SENT, also={"sent_at": mail.sent_at})


def note_failed(mail: OutgoingMail) -> None:
    """Write down that the mail of a delivery could not be sent, so that the desk finds another way."""
    if mail.about_kind == ABOUT:
        _fail(_carried_by(mail))


def note_dead(email: str) -> None:
    """Write down that mail to an address comes back: deliveries to it, and what it has asked for itself."""
    _fail(Delivery.objects.to_address(email))
    rows = Subscription.objects.confirmed().filter(asked_by=None)
    for row in rows.annotate(address=Lower("email")).filter(address=email):
        Subscription.objects.filter(pk=row.pk).update(ended_at=timezone.now())
        audit.record("subscription.end", row, by=None, why="address")


def _carried_by(mail: OutgoingMail) -> DeliveryQuerySet:
    # Mail to an address that was mended since tells nothing about the new one.
    return Delivery.objects.filter(pk=mail.about_id or 0, email=mail.to)


def _fail(rows: DeliveryQuerySet) -> None:
    for row in rows.filter(state__in=ON_THE_WAY):
        with suppress(Conflict):
            move(row, DeliveryState.FAILED, also={"failed_at": timezone.now(), "next_step_on": None})
            audit.record("delivery.fail", row, by=None)
