"""What the portal writes to the people who speak for a municipality. It holds a link, never a matter."""

from functools import partial

from django.urls import reverse

from accounts.models import User
from core.outbox.mail import OutgoingMail, Stopped
from core.outbox.notices import notify
from municipalities.models import Membership, Municipality

HANDED_OVER = "municipalities/handed_over"
ABOUT = Membership._meta.model_name


def handed_over(membership: Membership, *, to: User, moved: int) -> OutgoingMail:
    """Tell a successor that they speak for a municipality, and how many open matters are theirs now."""
    context = {"municipality": membership.municipality.name, "moved": moved}
    return notify(HANDED_OVER, membership, to, partial(reverse, "my"), **context)


def reason_to_stop(message: OutgoingMail) -> str:
    """Return why a message must not be sent any more, or "": a successor may have left meanwhile."""
    if message.kind != HANDED_OVER or message.about_kind != ABOUT:
        return ""
    to = User.objects.active().filter(email=message.to).first()
    place = Municipality.objects.filter(memberships=message.about_id)
    still = to and Membership.objects.current().filter(user=to, municipality__in=place).exists()
    return "" if still else Stopped.NOT_THEIRS
