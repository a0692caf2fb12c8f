"""Who speaks for a municipality, who will, and who did."""

from django.db.models import Q
from django.utils import timezone

from municipalities.models import Membership, Municipality
from municipalities.models.membership import MembershipQuerySet

# More never speak for one municipality at a time.
MOST = 100


def people_now(municipality: Municipality) -> list[Membership]:
    """Return who speaks for a municipality today or will, the newest first."""
    over = Q(ends_on__lte=timezone.localdate())
    return list(Membership.objects.for_list().filter(municipality=municipality).exclude(over)[:MOST])


def people_once(municipality: Municipality) -> MembershipQuerySet:
    """Return who spoke for a municipality before, those who left last first."""
    rows = Membership.objects.filter(municipality=municipality, ends_on__lte=timezone.localdate())
    return rows.select_related("user").order_by("-ends_on", "-pk")
