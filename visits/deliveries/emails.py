"""What is written to those who could not go and to those who follow a theme: a summary and a link."""

from functools import lru_cache
from typing import Any

from django.utils import translation

from core.documents.messages import as_letter
from core.outbox import mail
from core.outbox.models import OutgoingMail, Stopped
from visits.models import Delivery, ReportEdition, Subscription

REPORT, REMINDER, CONFIRM = "visits/report", "visits/report_reminder", "visits/subscription_confirm"

# The same few texts go out together, some thousand times each.
_letter = lru_cache(maxsize=4)(as_letter)


def edition_to_read(edition: ReportEdition) -> ReportEdition:
    """Return what readers of an edition read today: what was mended since goes out, never the older text."""
    published = ReportEdition.objects.published().filter(document=edition.document_id).first()
    return published or edition


def report(
    delivery: Delivery, template: str = REPORT, *, edition: ReportEdition | None = None
) -> OutgoingMail:
    """Return the message that carries a report, or reminds of it; not in the outbox yet.

    `edition` is the one that is read today, where the caller knows it.
    """
    follows, edition = delivery.subscription, edition or edition_to_read(delivery.edition)
    context = {
        "delivery": delivery,
        "edition": edition,
        "delivered": delivery.edition,
        "visit": delivery.report.visit,
        "municipality": delivery.municipality,
        "is_new_edition": delivery.edition.number > 1,
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


def reason_to_stop(message: OutgoingMail) -> str:
    """Return why a message that waits must not be sent: its report was withdrawn; "" where it may."""
    if message.kind not in (REPORT, REMINDER):
        return ""
    public = ReportEdition.objects.published().filter(document__deliveries=message.about_id)
    return "" if public.exists() else Stopped.NOT_PUBLIC


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
