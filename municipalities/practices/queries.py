"""Reads of practices that span models: lessons, a municipality's part, what waits for its officials."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.documents.choices import State
from municipalities.hooks import Task
from municipalities.models import Adoption, AdoptionStep, Municipality, PracticeEdition
from municipalities.models.practice import PracticeEditionQuerySet

MOST_SHOWN = 50
MOST_TASKS = 20


def editions_of(practices: Iterable[int]) -> dict[int, PracticeEdition]:
    """Return the published edition of each of some practices that has one, in one query."""
    rows = PracticeEdition.objects.published().filter(document_id__in=set(practices))
    return {row.document_id: row for row in rows.select_related("document__municipality")}


def lessons_of(steps: list[AdoptionStep]) -> list[tuple[AdoptionStep, PracticeEdition]]:
    """Return some steps of AdoptionStepQuerySet.lessons(), each with the practice that it is about."""
    editions = editions_of(step.adoption.practice_id for step in steps)
    found = ((step, editions.get(step.adoption.practice_id)) for step in steps)
    return [(step, edition) for step, edition in found if edition]


def taken_by(adoptions: Iterable[Adoption]) -> list[tuple[PracticeEdition, Adoption]]:
    """Return some adoptions of for_page() with what they are about; practices not public are left out."""
    rows = list(adoptions)
    editions = editions_of(row.practice_id for row in rows)
    return [(editions[row.practice_id], row) for row in rows if row.practice_id in editions]


def part_of(municipality: Municipality) -> dict[str, Any] | None:
    """Return what a municipality's page tells of practice, or None when there is nothing.

    Each practice stands once: how far it is with its own one, `standing` tells by the practice's number.
    """
    published = PracticeEdition.objects.published().for_list()
    own = list(published.filter(document__municipality=municipality)[:MOST_SHOWN])
    ledger = taken_by(municipality.adoptions.for_page()[:MOST_SHOWN])
    if not own and not ledger:
        return None
    return {
        "municipality": municipality,
        "own": own,
        "standing": {row.practice_id: row for _edition, row in ledger if row.is_of_the_practice},
        "taken": [(edition, row) for edition, row in ledger if not row.is_of_the_practice],
    }


def sent_back(_user: Any, municipalities: list[Municipality]) -> list[Task]:
    """Return the texts of municipalities that came back to be mended, the newest first."""
    drafts = PracticeEdition.objects.filter(document__municipality__in=municipalities, state=State.DRAFT)
    rows = drafts.filter(returned_at__isnull=False).select_related("document")
    return [
        Task(
            _("Mend the practice: %(title)s") % {"title": row.title},
            reverse("my-practice", args=[row.document_id]),
            note=row.returned_remark[:200],
        )
        for row in rows.order_by("-returned_at", "-pk")[:MOST_TASKS]
    ]


def newest_editions(editions: PracticeEditionQuerySet) -> PracticeEditionQuerySet:
    """Return the newest edition of each practice that some are of, the newest work first."""
    newest = PracticeEdition.objects.filter(document=OuterRef("document")).order_by("-number")
    return editions.filter(pk=Subquery(newest.values("pk")[:1])).for_desk()


def to_review(reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return what waits for the reader as a second person: its title, its list, its rows."""
    address = f"{reverse('desk-practices')}?to_review=on"
    return _("Practices in review"), address, PracticeEdition.objects.waiting_for(reader)
