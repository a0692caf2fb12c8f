"""What is written down of each week, so that the desk today shows how it went without counting again."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.duty.queries import monday_of
from consultations.desk.queries import WEEKS, long_waiting
from consultations.models import SupportRequest, Week
from consultations.requests.clock import midnight
from core.schedule import comes_back, next_early


@comes_back(next_early)
def keep_weeks() -> None:
    """Write down this week as it stands, and of the weeks before what can be known: how many were answered.

    What was open or late in a week in which nobody looked cannot be told afterwards, and stays empty.
    """
    requests, monday = SupportRequest.objects.all(), monday_of(timezone.localdate())
    now = {
        "open": requests.active().order_by().count(),
        "overdue": requests.overdue().order_by().count(),
        "at_risk": requests.homes_at_risk().order_by().count(),
        "waiting": long_waiting(requests).order_by().count(),
    }
    Week.objects.update_or_create(monday=monday, defaults={**now, "answered": _answered(monday)})
    # The week that ended has had its last days since; those before stay as they were written down.
    last = monday - timedelta(weeks=1)
    Week.objects.update_or_create(monday=last, defaults={"answered": _answered(last)})
    for ago in range(2, WEEKS):
        before = monday - timedelta(weeks=ago)
        if not Week.objects.filter(monday=before).exists():
            Week.objects.create(monday=before, answered=_answered(before))


def _answered(monday: date) -> int:
    """Return how many requests had their last answer in a week."""
    since, until = midnight(monday), midnight(monday + timedelta(weeks=1))
    return SupportRequest.objects.filter(answered_at__gte=since, answered_at__lt=until).count()
