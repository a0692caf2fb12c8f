"""What is to be published by itself."""

from contextlib import suppress
from datetime import datetime

from django.utils import timezone, translation

from core.documents.actions import publish_as_planned
from core.documents.kind import kinds
from core.schedule import comes_back
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
