"""What happens by itself: experts and authors are reminded, and who does not answer is not waited for."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.documents.choices import OPEN
from core.schedule import steps
from studies.choices import ReviewState
from studies.models import Confirmation, Reviewer
from studies.reviews.actions import confirmations, invitations
from studies.reviews.clock import answer_by


def _waited_for() -> QuerySet[Any]:
    rows = Reviewer.objects.reading().filter(round__closed_at=None)
    return rows.select_related("expert", "round__edition__document__material", "round__opened_by")


@steps(_waited_for)
def look_after_reviewers(row: Reviewer) -> None:
    """Remind an expert; for one who has not answered an invitation in time a substitute is asked."""
    if row.state == ReviewState.INVITED and timezone.localdate() > answer_by(row):
        invitations.fall_silent(row)
    else:
        invitations.send_reminder(row)


def _unconfirmed() -> QuerySet[Any]:
    rows = Confirmation.objects.waiting().filter(edition__state__in=OPEN)
    return rows.select_related("edition__document__material")


@steps(_unconfirmed)
def remind_authors(row: Confirmation) -> None:
    """Remind an author who has neither confirmed nor objected."""
    confirmations.send_reminder(row)
