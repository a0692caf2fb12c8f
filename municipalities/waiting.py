"""What waits for a decision at the desk beside requests: how much of it, and where it is decided.

The desk's day shows it. Whoever may not decide is told nothing, and nothing is counted for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from municipalities.choices import ReturnState
from municipalities.models import ExchangeReport, PracticeEdition, Programme, Return

# Where counting stops.
COUNT = 100


@dataclass(frozen=True)
class Waiting:
    """Several things of one kind that wait: what they are, where they are, how many."""

    title: str
    url: str
    count: int

    @property
    def count_label(self) -> str:
        """The number, or that there are more than were counted."""
        return f"{COUNT}+" if self.count > COUNT else str(self.count)


def waiting(reader: User) -> list[Waiting]:
    """Return what the reader may decide on, kinds with nothing in them left out; one query a kind."""
    return [
        found
        for permission, title, url, rows in _kinds(reader)
        if reader.has(permission) and (found := counted(title, url, rows))
    ]


def counted(title: str, url: str, rows: QuerySet[Any]) -> Waiting | None:
    """Return how many rows wait, or None when none does."""
    count = rows.order_by()[: COUNT + 1].count()
    return Waiting(title, url, count) if count else None


def _kinds(reader: User) -> Iterator[tuple[Permission, str, str, QuerySet[Any]]]:
    yield (
        Permission.APPROVE_PRACTICE, _("Practices in review"),
        f"{reverse('desk-practices')}?to_review=on", PracticeEdition.objects.waiting_for(reader),
    )  # fmt: skip
    yield (
        Permission.EDIT_MUNICIPALITY, _("Programmes to be published"),
        reverse("desk-programmes"), Programme.objects.visible_to(reader).asked(),
    )  # fmt: skip
    yield (
        Permission.MANAGE_RETURNS, _("Returns to be accepted"),
        reverse("desk-returns"), Return.objects.visible_to(reader).filter(state=ReturnState.SENT),
    )  # fmt: skip
    yield (
        Permission.MODERATE_EXCHANGE, _("Reports from the exchange"),
        reverse("desk-exchange-reports"), ExchangeReport.objects.visible_to(reader).unsettled(),
    )  # fmt: skip
