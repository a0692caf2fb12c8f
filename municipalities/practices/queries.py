"""Reads of practices that span models: lessons, a municipality's part, what waits for its officials."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.documents.choices import State
from municipalities.hooks import Task
from municipalities.models import Adoption, AdoptionStep, Municipality, PracticeEdition
from municipalities.models.practice import PracticeEditionQuerySet
from municipalities.practices import page

MOST_SHOWN = 50
MOST_TASKS = 20


@dataclass(frozen=True)
class Lesson:
    """What was dropped somewhere, with the practice that it is about."""

    municipality: Municipality
    edition: PracticeEdition
    line: page.Line


def editions_of(practices: Iterable[int]) -> dict[int, PracticeEdition]:
    """Return the published edition of each of some practices that has one, in one query."""
    rows = PracticeEdition.objects.published().filter(document_id__in=set(practices))
    return {row.document_id: row for row in rows.select_related("document__municipality")}


def lessons_of(steps: list[AdoptionStep]) -> list[Lesson]:
    """Return the lessons of some steps of AdoptionStepQuerySet.lessons()."""
    editions = editions_of(step.adoption.practice_id for step in steps)
    return [
        Lesson(step.adoption.municipality, editions[step.adoption.practice_id], page.line_of(step))
        for step in steps
        if step.adoption.practice_id in editions
    ]


@dataclass(frozen=True)
class Taken:
    """A practice that a municipality has in its ledger."""

    edition: PracticeEdition
    place: page.Place


def taken_by(adoptions: Iterable[Adoption]) -> list[Taken]:
    """Return what some adoptions of for_page() are about; practices that are not public are left out."""
    rows = list(adoptions)
    editions = editions_of(row.practice_id for row in rows)
    return [
        Taken(editions[row.practice_id], page.place_of(row)) for row in rows if row.practice_id in editions
    ]


def part_of(municipality: Municipality) -> dict[str, Any] | None:
    """Return what a municipality's page tells of practice, or None when there is nothing.

    Each practice stands once: how far it is with its own one, `standing` tells by the practice's number.
    """
    own = list(
        PracticeEdition.objects.published()
        .for_list()
        .filter(document__municipality=municipality)[:MOST_SHOWN]
    )
    ledger = taken_by(municipality.adoptions.for_page()[:MOST_SHOWN])
    if not own and not ledger:
        return None
    return {
        "municipality": municipality,
        "own": own,
        "standing": {row.edition.document_id: row.place for row in ledger if row.place.is_of_the_practice},
        "taken": [row for row in ledger if not row.place.is_of_the_practice],
    }


def sent_back(_user: Any, municipalities: list[Municipality]) -> list[Task]:
    """Return the texts of municipalities that came back to be mended, the newest first."""
    rows = (
        PracticeEdition.objects.filter(
            state=State.DRAFT, returned_at__isnull=False, document__municipality__in=municipalities
        )
        .select_related("document")
        .order_by("-returned_at", "-pk")[:MOST_TASKS]
    )
    return [
        Task(
            _("Mend the practice: %(title)s") % {"title": row.title},
            reverse("my-practice", args=[row.document_id]),
            note=row.returned_remark[:200],
        )
        for row in rows
    ]


def newest_editions(editions: PracticeEditionQuerySet) -> PracticeEditionQuerySet:
    """Return the newest edition of each practice that some are of, the newest work first."""
    newest = PracticeEdition.objects.filter(document=OuterRef("document")).order_by("-number")
    return editions.filter(pk=Subquery(newest.values("pk")[:1])).for_desk()


def to_review(reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return what waits for the reader as a second person: its title, its list, its rows."""
    address = f"{reverse('desk-practices')}?to_review=on"
    return _("Practices in review"), address, PracticeEdition.objects.waiting_for(reader)
