"""What comes by itself: planned publishing, and reminders of texts that are to be looked at again."""

from contextlib import suppress
from datetime import datetime

from django.utils import timezone, translation

from core.documents.actions import publish_as_planned
from core.documents.kind import kinds
from core.documents.reviews import tell_of_reviews
from core.schedule import comes_back, is_working_day, next_early
from core.states import Conflict


def next_planned() -> datetime | None:
    """Return the moment of the next planned publishing of any kind, or None."""
    soonest = (
        kind.edition.objects.planned().values_list("publish_at", flat=True).first() for kind in kinds()
    )
    return min(filter(None, soonest), default=None)


@comes_back(next_planned)
def publish_due() -> None:
    """Publish all that is due by now."""
    for kind in kinds():
        due = kind.edition.objects.planned().filter(publish_at__lte=timezone.now())
        for edition in due.select_related("document", "publish_by", "submitted_by"):
            # Somebody may publish it, or send it back, this very moment.
            with suppress(Conflict), translation.override(edition.publish_by.language):
                publish_as_planned(edition)


@comes_back(next_early)
def remind_of_reviews() -> None:
    """Tell on working days of texts that are to be checked soon, or now."""
    if is_working_day(timezone.localdate()):
        tell_of_reviews()
