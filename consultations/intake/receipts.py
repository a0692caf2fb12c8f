"""Whether everybody who was owed word that their request has come was sent it."""

from datetime import timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from redis.exceptions import RedisError

from consultations.choices import Receipt
from consultations.models import SupportRequest
from consultations.requests import emails
from core.outbox.mail import OutgoingMail, State

LOOK_BACK = timedelta(days=10)
# A message may take a while; the mail server is not asked to be quicker than this.
GRACE = timedelta(hours=1)
KEPT_SECONDS = 300
_KEY = "consultations.intake.receipts.missing"


def without_receipt() -> QuerySet[SupportRequest]:
    """Return the requests of the last ten days whose receipt is owed and was not handed over, oldest first.

    A receipt that was stopped (a dead address, an official who has left) is no longer owed.
    """
    now = timezone.now()
    settled = OutgoingMail.objects.filter(
        about_kind=emails.ABOUT,
        about_id=OuterRef("pk"),
        kind=emails.RECEIPT,
        state__in=[State.SENT, State.STOPPED],
    )
    owed = SupportRequest.objects.filter(
        receipt=Receipt.OWED, received_at__gt=now - LOOK_BACK, received_at__lt=now - GRACE
    )
    return owed.exclude(Exists(settled)).order_by("received_at", "pk")


def is_one_missing() -> bool:
    """Tell whether a receipt is missing; asked anew after a few minutes only, for a page that all open."""
    try:
        return bool(cache.get_or_set(_KEY, without_receipt().exists, KEPT_SECONDS))
    except (OSError, RedisError):
        return without_receipt().exists()
