"""What the desk does with a delivery that did not arrive or was not read: another address, or a call."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.links.models import new_link
from core.outbox.dead_addresses import is_dead
from core.states import Refused, move, reasons_against_moving, update, verb
from visits.choices import ARRIVED, DeliveryState
from visits.deliveries import emails
from visits.deliveries.actions.dispatches import next_step_on
from visits.models import Delivery, ReportEdition

MENDED = (DeliveryState.FAILED, DeliveryState.BY_PHONE)


def reasons_of_role(by: User) -> list[str]:
    """Return why somebody may not look after deliveries at all."""
    return by.reasons_without(Permission.MANAGE_VISITS, _("Your role does not look after visits."))


def reasons_against_mending(delivery: Delivery, *, by: User) -> list[str]:
    """Return why the delivery cannot go to another address; empty when nothing stands against it."""
    if delivery.state not in MENDED:
        return [
            *reasons_of_role(by),
            _("Only what did not arrive, or waits for a call, gets another address."),
        ]
    return reasons_of_role(by)


@verb(against=reasons_against_mending, versioned=True)
def mend_address(delivery: Delivery, *, email: str, note: str, by: User, version: int) -> None:
    """Send the same delivery to another address, under a new link: the old one may be in wrong hands.

    Raises Refused, too, when mail comes back from that address as well.
    """
    if is_dead(email):
        raise Refused([_("Mail to this address comes back, too. Enter another one, or phone.")])
    also: dict[str, object] = {"email": email, "note": note, "failed_at": None, "sent_at": None, **new_link()}
    _queue_anew(delivery, also)
    audit.record("delivery.mend", delivery, by=by)


def reasons_against_sending_again(delivery: Delivery, *, by: User) -> list[str]:
    """Return why the delivery cannot be sent again; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if delivery.state == DeliveryState.QUEUED:
        reasons.append(_("It waits to be sent."))
    elif delivery.state in ARRIVED:
        reasons.append(_("They have it already."))
    elif not delivery.email:
        reasons.append(_("Nobody knows an address. Enter one first."))
    elif is_dead(delivery.email):
        reasons.append(_("Mail to this address comes back. Enter another one first."))
    elif delivery.subscription and delivery.subscription.ended_at:
        reasons.append(_("They do not want the reports any more."))
    elif not ReportEdition.objects.published().filter(document=delivery.report_id).exists():
        reasons.append(_("The report is not public now."))
    return reasons


@verb(against=reasons_against_sending_again)
def send_again(delivery: Delivery, *, by: User) -> None:
    """Send the mail of a delivery once more, with the same link."""
    if delivery.state in MENDED:
        _queue_anew(delivery, {"failed_at": None})
    else:
        update(delivery, also={"reminded_at": timezone.now()})
        emails.queue([delivery])
    audit.record("delivery.send_again", delivery, by=by)


def _queue_anew(delivery: Delivery, also: dict[str, object]) -> None:
    today = timezone.localdate()
    step = next_step_on(today, after=today) if delivery.municipality_id else None
    fresh = {"queued_at": timezone.now(), "reminded_at": None, "next_step_on": step}
    move(delivery, DeliveryState.QUEUED, also={**also, **fresh})
    emails.queue([delivery])


def reasons_against_phoning(delivery: Delivery, *, by: User) -> list[str]:
    """Return why the delivery cannot wait for a call; empty when nothing stands against it."""
    return reasons_of_role(by) + reasons_against_moving(delivery, DeliveryState.BY_PHONE)


@verb(against=reasons_against_phoning, versioned=True)
def to_phone(delivery: Delivery, *, by: User, version: int) -> None:
    """Let the delivery wait for somebody to phone."""
    move(delivery, DeliveryState.BY_PHONE, also={"next_step_on": None})
    audit.record("delivery.to_phone", delivery, by=by)


def reasons_against_telling(delivery: Delivery, *, by: User) -> list[str]:
    """Return why nobody can say now that they told of it by phone; empty when nothing stands against it."""
    return reasons_of_role(by) + reasons_against_moving(delivery, DeliveryState.DONE)


@verb(against=reasons_against_telling)
def told_by_phone(delivery: Delivery, *, note: str, by: User) -> None:
    """Write down that a municipality was told of the report by phone, by whom and when."""
    also = {"told_at": timezone.now(), "told_by": by, "note": note, "next_step_on": None}
    move(delivery, DeliveryState.DONE, also=also)
    audit.record("delivery.told", delivery, by=by)


def each(deliveries: Iterable[Delivery], do: str, *, note: str, by: User) -> tuple[int, list[str]]:
    """Do one thing to several deliveries; return how many it was done to, and why not to the others."""
    done, reasons = 0, []
    for delivery in deliveries:
        try:
            if do == "send":
                send_again(delivery, by=by)
            else:
                told_by_phone(delivery, note=note, by=by)
        except Refused as refusal:
            reasons.append(f"{delivery.whom}: {refusal}")
        else:
            done += 1
    return done, reasons
