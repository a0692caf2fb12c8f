"""What the portal tells the people who speak for a municipality. It holds a link, never a matter."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from core.notices.actions import notify
from core.notices.kinds import How, Kind
from municipalities.models import Membership

HANDED_OVER = "municipalities/handed_over"

KINDS = (
    Kind(
        key=HANDED_OVER,
        label=_("A colleague has handed over to me"),
        sentence=_("You have taken over from a colleague, and speak for the municipality %(municipality)s."),
        permission=Permission.SPEAK_FOR_MUNICIPALITY,
        usual=How.AT_ONCE,
        template=HANDED_OVER,
    ),
)


def handed_over(membership: Membership, *, to: User, moved: int) -> None:
    """Tell a successor that they speak for a municipality, and how many open matters are theirs now."""
    context = {"municipality": membership.municipality.name, "moved": moved}
    notify(HANDED_OVER, membership, to, partial(reverse, "my"), **context)
