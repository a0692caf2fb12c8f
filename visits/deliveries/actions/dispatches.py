"""A published report is queued for each whom it is for: some hundred at a time, each once.

A batch is a transaction of its own that holds the deliveries and their mail. So a run that ends anywhere
goes on where the last whole batch ended: what is queued is not queued again, and nothing is left out.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone

from core import audit
from core.outbox import mail
from core.schedule import next_day
from core.states import update
from municipalities.models import Municipality
from visits.choices import DeliveryState, Readers
from visits.deliveries import emails
from visits.deliveries.addresses import Address, addresses_of, living
from visits.models import Delivery, Dispatch, ReportEdition, Subscription, VisitInvitation
from visits.models.delivery import DeliveryQuerySet

BATCH = 500
# Days from the one on which a delivery was queued: two reminders, and then somebody phones.
REMINDERS = (timedelta(days=7), timedelta(days=21))
PHONE = timedelta(days=28)


def next_step_on(queued: date, *, after: date) -> date | None:
    """Return the day of the next reminder of what was queued on a day, or of the call after them."""
    return next_day([queued + pause for pause in (*REMINDERS, PHONE)], after=after)


def queue_batch(dispatch: Dispatch) -> bool:
    """Queue the next deliveries of an edition; tell whether there may be more.

    Raises Conflict when another worker is at it.
    """
    with transaction.atomic():
        update(dispatch, also={})
        count = None if _is_over(dispatch) else _queue_next(dispatch)
        if count is None:
            update(dispatch, also={"done_at": timezone.now()})
        audit.record("delivery.queue", dispatch, by=None, count=count or 0)
    return count is not None


def queue_late(dispatch: Dispatch) -> bool:
    """Queue deliveries to municipalities that came to be absent after all were queued; tell whether any was.

    Raises Conflict when another worker is at it.
    """
    with transaction.atomic():
        update(dispatch, also={})
        rows = [] if _is_over(dispatch) else _for_municipalities(dispatch)
        if rows:
            audit.record("delivery.queue", dispatch, by=None, count=_write(dispatch, rows))
    return bool(rows)


def _is_over(dispatch: Dispatch) -> bool:
    """Tell whether an edition goes out no more: it was withdrawn, or a later one is on its way."""
    report = dispatch.edition.document_id
    later = Dispatch.objects.filter(edition__document=report, edition__number__gt=dispatch.edition.number)
    return later.exists() or not ReportEdition.objects.published().filter(document=report).exists()


def _queue_next(dispatch: Dispatch) -> int | None:
    wanted = _for_municipalities(dispatch)
    return _write(dispatch, wanted) if wanted else _queue_subscriptions(dispatch)


def _for_municipalities(dispatch: Dispatch) -> list[Delivery]:
    """Return the next deliveries to municipalities that were invited, did not go, and have none yet."""
    report = dispatch.edition.document
    rows = VisitInvitation.objects.filter(visit=report.visit_id).absent()
    if dispatch.readers == Readers.READ:
        rows = rows.filter(Exists(_read_before(dispatch).filter(municipality=OuterRef("municipality"))))
    have = Delivery.objects.filter(edition=dispatch.edition, municipality=OuterRef("municipality"))
    rows = rows.exclude(Exists(have)).select_related("municipality").order_by("pk")
    places = [row.municipality for row in rows[:BATCH]]
    found = addresses_of(places)
    return [_delivery(dispatch, found[place.pk], municipality=place) for place in places]


def _queue_subscriptions(dispatch: Dispatch) -> int | None:
    """Queue deliveries to the next who follow a theme of the visit; return how many, None at the end."""
    themes = dispatch.edition.document.visit.themes.all()
    rows = Subscription.objects.confirmed().to(themes).filter(pk__gt=dispatch.after)
    batch = list(rows.select_related("municipality").order_by("pk")[:BATCH])
    if not batch:
        return None
    update(dispatch, also={"after": batch[-1].pk})
    return _write(dispatch, _for_subscriptions(dispatch, batch))


def _for_subscriptions(dispatch: Dispatch, batch: list[Subscription]) -> list[Delivery]:
    """Return the deliveries to some who follow a theme: one for a municipality, one for an address."""
    places = {one.municipality: one for one in _by_municipality(dispatch, batch) if one.municipality}
    found = addresses_of(places)
    written_to = {address.email.lower() for address in found.values()}
    people = [one for one in _by_address(dispatch, batch) if one.email.lower() not in written_to]
    addresses = living(Address(one.email, one.language) for one in people)
    return [
        *(_delivery(dispatch, found[place.pk], subscription=one, municipality=place)
          for place, one in places.items()),
        *(_delivery(dispatch, address, subscription=one)
          for one, address in zip(people, addresses, strict=True)),
    ]  # fmt: skip


def _by_municipality(dispatch: Dispatch, batch: list[Subscription]) -> list[Subscription]:
    """Return those of an official for their municipality, the first of each that has no delivery yet."""
    first: dict[Any, Subscription] = {}
    for one in batch:
        if one.asked_by_id:
            first.setdefault(one.municipality_id, one)
    have = Delivery.objects.filter(edition=dispatch.edition, municipality__in=first)
    done = set(have.values_list("municipality_id", flat=True))
    read = _read_among(dispatch, "municipality_id", first)
    return [one for key, one in first.items() if key not in done and (read is None or key in read)]


def _by_address(dispatch: Dispatch, batch: list[Subscription]) -> list[Subscription]:
    """Return those of an address, the first of each that has no delivery yet, not even a municipality's."""
    first: dict[str, Subscription] = {}
    for one in batch:
        if not one.asked_by_id:
            first.setdefault(one.email.lower(), one)
    done = _addresses(Delivery.objects.filter(edition=dispatch.edition), first)
    read = _read_among(dispatch, "address", first)
    return [one for key, one in first.items() if key not in done and (read is None or key in read)]


def _read_among(dispatch: Dispatch, name: str, keys: Any) -> set[Any] | None:
    """Return which municipalities or addresses have read an earlier edition; None where all are told."""
    if dispatch.readers != Readers.READ:
        return None
    rows = _read_before(dispatch)
    if name == "address":
        return set(_addresses(rows, keys))
    return set(rows.filter(municipality__in=keys).values_list("municipality_id", flat=True))


def _addresses(rows: DeliveryQuerySet, among: Iterable[str]) -> set[str]:
    """Return which of some addresses have one of the deliveries."""
    known: Any = rows.annotate(address=Lower("email"))
    return set(known.filter(address__in=list(among)).values_list("address", flat=True))


def _read_before(dispatch: Dispatch) -> DeliveryQuerySet:
    earlier = Delivery.objects.filter(report=dispatch.edition.document_id).exclude(edition=dispatch.edition)
    return earlier.read()


def _delivery(
    dispatch: Dispatch,
    address: Address,
    *,
    municipality: Municipality | None = None,
    subscription: Subscription | None = None,
) -> Delivery:
    now, today = timezone.now(), timezone.localdate()
    is_stuck = address.is_dead or not address.email
    # Who follows a theme has asked for the mail, and is not asked whether it was read.
    is_looked_after = subscription is None and not is_stuck
    row = Delivery(
        report=dispatch.edition.document,
        edition=dispatch.edition,
        municipality=municipality,
        subscription=subscription,
        email=address.email,
        language=address.language,
        state=DeliveryState.FAILED if is_stuck else DeliveryState.QUEUED,
        failed_at=now if is_stuck else None,
        queued_at=now,
        next_step_on=next_step_on(today, after=today) if is_looked_after else None,
    )
    row.give_link()
    return row


def _write(dispatch: Dispatch, rows: list[Delivery]) -> int:
    """Write some deliveries and their mail; earlier editions are not reminded of any more."""
    _end_earlier(dispatch, rows)
    Delivery.objects.bulk_create(rows)
    read = emails.edition_to_read(dispatch.edition)
    for row in rows:
        if row.state == DeliveryState.FAILED:
            audit.record("delivery.fail", row, by=None)
    waiting = [row for row in rows if row.state == DeliveryState.QUEUED]
    mail.queue_all([emails.report(row, edition=read) for row in waiting])
    return len(rows)


def _end_earlier(dispatch: Dispatch, rows: list[Delivery]) -> None:
    places = [row.municipality_id for row in rows if row.municipality_id]
    earlier = Delivery.objects.filter(report=dispatch.edition.document_id, municipality__in=places)
    earlier = earlier.exclude(next_step_on=None)
    earlier.update(next_step_on=None, version=F("version") + 1)
