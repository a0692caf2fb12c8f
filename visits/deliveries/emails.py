"""What is written to those who could not go and to those who follow a theme: a summary and a link."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils import translation

from core.documents.messages import as_letter
from core.outbox import mail
from core.outbox.models import OutgoingMail, Stopped
from visits.models import Delivery, ReportEdition, Subscription

REPORT, REMINDER, CONFIRM = "visits/report", "visits/report_reminder", "visits/subscription_confirm"

# The same few texts go out one after another, some thousand times each.
_letter = lru_cache(maxsize=4)(as_letter)


def queue(deliveries: Iterable[Delivery], template: str = REPORT) -> None:
    """Put messages that carry a report, or remind of it, into the outbox; each is written as it leaves."""
    mail.queue_all([_row(delivery, template) for delivery in deliveries])


def _row(delivery: Delivery, template: str) -> OutgoingMail:
    with translation.override(delivery.language):
        subject = str(delivery.edition.title)
    return mail.written_later(
        template, to=delivery.email, subject=subject, language=delivery.language, about=delivery
    )


def write(message: OutgoingMail) -> OutgoingMail:
    """Compose a message that carries a report, or reminds of it, in the words that are read today."""
    rows = Delivery.objects.for_list().select_related("subscription")
    return _report(rows.get(pk=message.about_id or 0), message.kind)


def edition_to_read(edition: ReportEdition) -> ReportEdition:
    """Return what readers of an edition read today: what was mended since goes out, never the older text."""
    published = ReportEdition.objects.published().filter(document=edition.document_id).first()
    return published or edition


def _report(delivery: Delivery, template: str) -> OutgoingMail:
    follows, edition = delivery.subscription, edition_to_read(delivery.edition)
    context = {
        "delivery": delivery,
        "edition": edition,
        "delivered": delivery.edition,
        "visit": delivery.report.visit,
        "municipality": delivery.municipality,
        "is_new_edition": _has_earlier(delivery),
        "follows": follows,
        **_in_language(delivery, edition, follows),
    }
    return mail.compose(
        template,
        to=delivery.email,
        context=context,
        language=delivery.language,
        link=delivery.get_link,
        about=delivery,
        unsubscribe=follows.get_one_click if follows else None,
    )


def _in_language(delivery: Delivery, edition: ReportEdition, follows: Subscription | None) -> dict[str, Any]:
    with translation.override(delivery.language):
        return {
            "summary": _letter(edition.summary),
            "end_link": mail.absolute(follows.get_link()) if follows else "",
        }


def _has_earlier(delivery: Delivery) -> bool:
    """Tell whether whoever it is for got an earlier edition as well."""
    rows = delivery.report.deliveries.filter(edition__number__lt=delivery.edition.number)
    if delivery.municipality_id:
        return rows.filter(municipality=delivery.municipality_id).exists()
    return rows.to_address(delivery.email).exists()


def reason_to_stop(message: OutgoingMail) -> str:
    """Return why a message that waits must not be sent, a value of Stopped; "" where it may."""
    if message.kind not in (REPORT, REMINDER):
        return ""
    row = Delivery.objects.filter(pk=message.about_id or 0).select_related("subscription").first()
    if row is None or not _is_wanted(row):
        return Stopped.NOT_WANTED
    if row.email != message.to:
        # Its link is a new one, which must not come to the old address.
        return Stopped.ELSEWHERE
    public = ReportEdition.objects.published().filter(document=row.report_id)
    return "" if public.exists() else Stopped.NOT_PUBLIC


def _is_wanted(delivery: Delivery) -> bool:
    follows = delivery.subscription
    return delivery.municipality_id is not None or (follows is not None and follows.ended_at is None)


def confirm(subscription: Subscription) -> OutgoingMail:
    """Ask whoever has the address whether they want the reports; nothing comes before their button."""
    return mail.queue(
        CONFIRM,
        to=subscription.email,
        context={"theme": subscription.theme},
        language=subscription.language,
        link=subscription.get_link,
        about=subscription,
    )
