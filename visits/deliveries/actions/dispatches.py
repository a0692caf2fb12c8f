"""A published report is queued for each whom it is for: some hundred at a time, each once.

A batch is a transaction of its own that holds the deliveries and their mail. So a run that ends anywhere
goes on where the last whole batch ended: what is queued is not queued again, and nothing is left out.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from core import audit
from core.schedule import next_day
from core.states import update
from municipalities.models import Municipality
from visits.choices import DeliveryState, Readers
from visits.deliveries import emails
from visits.deliveries.addresses import Address, addresses_of, living
from visits.models import Delivery, Dispatch, ReportEdition, Subscription, VisitInvitation
from visits.models.delivery import DeliveryQuerySet, SubscriptionQuerySet

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

    They get the edition that is read today. Raises Conflict when another worker is at it.
    """
    with transaction.atomic():
        update(dispatch, also={})
        rows = [] if _is_over(dispatch) else _for_municipalities(dispatch, is_late=True)
        if rows:
            audit.record("delivery.queue", dispatch, by=None, count=_write(dispatch, rows))
    return bool(rows)


def _is_over(dispatch: Dispatch) -> bool:
    """Tell whether an edition goes out no more: it was withdrawn, or a later one is on its way."""
    report = dispatch.edition.document_id
    later = Dispatch.objects.filter(edition__document=report, edition__number__gt=dispatch.edition.number)
    return later.exists() or not ReportEdition.objects.published().filter(document=report).exists()


def _queue_next(dispatch: Dispatch) -> int | None:
    """Queue the next deliveries; return how many, None at the end.

    All that go to municipalities come before those to addresses: who gets it for a municipality gets it once.
    """
    wanted = _for_municipalities(dispatch) or _for_followers(dispatch)
    return _write(dispatch, wanted) if wanted else _queue_addresses(dispatch)


def _for_municipalities(dispatch: Dispatch, *, is_late: bool = False) -> list[Delivery]:
    """Return the next deliveries to municipalities that were invited, did not go, and have none yet."""
    report, number = dispatch.edition.document, dispatch.edition.number
    theirs = Delivery.objects.filter(report=report.pk, municipality=OuterRef("municipality"))
    rows = VisitInvitation.objects.filter(visit=report.visit_id).absent()
    rows = rows.exclude(Exists(theirs.filter(edition__number__gte=number)))
    if dispatch.readers == Readers.READ:
        # Whoever came to be absent since has no edition at all, and gets this one.
        rows = rows.filter(Exists(theirs.read()) | ~Exists(theirs))
    rows = rows.select_related("municipality").order_by("pk")
    places = [row.municipality for row in rows[:BATCH]]
    found, edition = addresses_of(places), emails.edition_to_read(dispatch.edition) if is_late else None
    return [_delivery(dispatch, found[place.pk], municipality=place, edition=edition) for place in places]


def _for_followers(dispatch: Dispatch) -> list[Delivery]:
    """Return the next deliveries to municipalities whose officials follow a theme of the visit."""
    theirs = Delivery.objects.filter(municipality=OuterRef("municipality"))
    rows = _following(dispatch).filter(asked_by__isnull=False)
    rows = rows.exclude(Exists(theirs.filter(edition=dispatch.edition)))
    if dispatch.readers == Readers.READ:
        rows = rows.filter(Exists(theirs.filter(report=dispatch.edition.document_id).read()))
    first: dict[Any, Subscription] = {}
    for one in rows.select_related("municipality")[:BATCH]:
        first.setdefault(one.municipality, one)
    found = addresses_of(first)
    return [
        _delivery(dispatch, found[place.pk], subscription=one, municipality=place)
        for place, one in first.items()
    ]


def _queue_addresses(dispatch: Dispatch) -> int | None:
    """Queue deliveries to the next addresses that follow a theme; return how many, None at the end."""
    batch = list(_following(dispatch).filter(asked_by=None, pk__gt=dispatch.after)[:BATCH])
    if not batch:
        return None
    update(dispatch, also={"after": batch[-1].pk})
    people = _without_one(dispatch, batch)
    addresses = living(Address(one.email, one.language) for one in people)
    rows = zip(people, addresses, strict=True)
    return _write(dispatch, [_delivery(dispatch, address, subscription=one) for one, address in rows])


def _following(dispatch: Dispatch) -> SubscriptionQuerySet:
    """Return who follows a theme of the visit; their own links are opened later, one by one."""
    themes = dispatch.edition.document.visit.themes.all()
    return Subscription.objects.confirmed().to(themes).defer("link_token").order_by("pk")


def _without_one(dispatch: Dispatch, batch: list[Subscription]) -> list[Subscription]:
    """Return the first of each address that has no delivery of the edition, not even for a municipality."""
    first: dict[str, Subscription] = {}
    for one in batch:
        first.setdefault(one.email.lower(), one)
    done = _addresses(Delivery.objects.filter(edition=dispatch.edition), first)
    wanted = set(first)
    if dispatch.readers == Readers.READ:
        wanted = _addresses(_read_before(dispatch), first)
    return [one for email, one in first.items() if email in wanted and email not in done]


def _addresses(rows: DeliveryQuerySet, among: Iterable[str]) -> set[str]:
    """Return which of some addresses have one of the deliveries."""
    return {email.lower() for email in rows.to_address(*among).values_list("email", flat=True)}


def _read_before(dispatch: Dispatch) -> DeliveryQuerySet:
    earlier = Delivery.objects.filter(report=dispatch.edition.document_id).exclude(edition=dispatch.edition)
    return earlier.read()


def _delivery(
    dispatch: Dispatch,
    address: Address,
    *,
    municipality: Municipality | None = None,
    subscription: Subscription | None = None,
    edition: ReportEdition | None = None,
) -> Delivery:
    now, today = timezone.now(), timezone.localdate()
    is_stuck = address.is_dead or not address.email
    # Who follows a theme has asked for the mail, and is not asked whether it was read.
    is_looked_after = subscription is None and not is_stuck
    row = Delivery(
        report=dispatch.edition.document,
        edition=edition or dispatch.edition,
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
    stuck = [row for row in rows if row.state == DeliveryState.FAILED]
    audit.record_all("delivery.fail", ((row, {}) for row in stuck), by=None)
    emails.queue(row for row in rows if row.state == DeliveryState.QUEUED)
    return len(rows)


def _end_earlier(dispatch: Dispatch, rows: list[Delivery]) -> None:
    places = [row.municipality_id for row in rows if row.municipality_id]
    earlier = Delivery.objects.filter(report=dispatch.edition.document_id, municipality__in=places)
    earlier = earlier.exclude(next_step_on=None)
    earlier.update(next_step_on=None, version=F("version") + 1)
