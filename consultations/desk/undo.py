"""What the page of a request offers right after something was sent: to take it back."""

from dataclasses import dataclass
from math import ceil

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from consultations.models import SupportRequest
from consultations.requests.actions.undo import reasons_against_undoing
from core.views.paging import whole_number


@dataclass(frozen=True)
class UndoOffer:
    """A message that waits: where to take it back, and for how many seconds this is possible."""

    url: str
    seconds: int


def undo_offer(case: SupportRequest, *, reader: User, contact_pk: str) -> UndoOffer | None:
    """Return what `reader` may take back of what they have just sent, or None.

    `contact_pk` is what stands in the address after sending, whatever it may be.
    """
    pk = whole_number(contact_pk)
    contact = case.contacts.select_related("sent_as", "request").filter(pk=pk).first() if pk else None
    if contact is None or contact.sent_as is None or reasons_against_undoing(contact, by=reader):
        return None
    left = contact.sent_as.next_try_at - timezone.now()
    return UndoOffer(
        url=reverse("desk-request-undo-answer", args=[case.reference, contact.pk]),
        seconds=ceil(left.total_seconds()),
    )
