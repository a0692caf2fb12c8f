"""Reads of practices that span models: what their pages show, lessons, a municipality's part, what waits."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.permissions import Permission
from core.documents import footnotes
from core.documents.choices import State
from municipalities.choices import STAGES, UNDER_WAY, AdoptionState, Criterion, Verdict
from municipalities.hooks import Task
from municipalities.models import Adoption, AdoptionStep, Municipality, Practice, PracticeEdition
from municipalities.models.practice import SECTIONS, PracticeEditionQuerySet

MOST_SHOWN = 50
MOST_TASKS = 20
# So many municipalities of each stage stand on the page of a practice; all of them in its ledger.
SHOWN_OF_A_STAGE = 5


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


def sent_back_to(user: User) -> QuerySet[PracticeEdition]:
    """Return the texts of an official's municipalities that came back to be mended."""
    return PracticeEdition.objects.visible_to(user).filter(state=State.DRAFT, returned_at__isnull=False)


def sent_back(user: Any, municipalities: list[Municipality]) -> list[Task]:
    """Return the texts of municipalities that came back to be mended, the newest first."""
    theirs = sent_back_to(user).filter(document__municipality__in=municipalities)
    rows = theirs.select_related("document")
    return [
        Task(
            _("Mend the practice: %(title)s") % {"title": row.title},
            reverse("my-practice", args=[row.document_id]),
            note=row.returned_remark[:200],
            since=row.returned_at,
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


def text_in(edition: PracticeEdition, code: str) -> dict[str, Any]:
    """Return the text of an edition in the language `code`; labels are in the page's language.

    Its `sections` are titles with HTML, which is empty when nothing is known; `missing` are those as facts.
    """

    def get(name: str) -> str:
        return edition.in_language(name, code)

    sources = footnotes.lines(get("sources"))
    with override(code):
        # The word "source" inside a mark is of the text's language.
        bodies = {name: footnotes.render(get(name), len(sources)) for name in SECTIONS}
        lead = footnotes.line(" ".join(get("lead").split()), len(sources))
    sections = [(str(title), bodies[name]) for name, title in SECTIONS.items()]
    parts = [*sections, (_("Contact"), get("contact")), (_("Sources"), sources)]
    return {
        "title": get("title"),
        "lead": lead,
        "sections": sections,
        "contact": get("contact"),
        "sources": [footnotes.source_line(row) for row in sources],
        "missing": [{"term": title, "value": ""} for title, known in parts if not known],
    }


def judgement(edition: PracticeEdition) -> dict[str, Any]:
    """Return how an edition stands against all criteria: their labels, each with its assessment or None."""
    found = {row.criterion: row for row in edition.assessments.all()}
    rows = [(label, found.get(code)) for code, label in Criterion.choices]
    return {
        "rows": rows,
        "is_done": all(row for _label, row in rows),
        "has_label": all(row and row.verdict == Verdict.MET for _label, row in rows),
        "on": max((row.assessed_at for _label, row in rows if row), default=None),
    }


def ledger(practice: Practice) -> dict[str, Any]:
    """Return who took a practice over and how far they are, as far as it fits on the practice's page.

    `counts` are how many are in each state, `stages` those that are about as far, the first of them shown.
    """
    counts = practice.adoptions.counts()
    rows = list(practice.adoptions.first_of_stages(SHOWN_OF_A_STAGE))
    headings = {
        AdoptionState.RUNNING: _("Where it runs"),
        UNDER_WAY: _("Where it is being studied, planned or tried out"),
        AdoptionState.DROPPED: _("Where it was dropped, and why"),
    }
    stages = [
        {
            "key": key,
            "heading": headings[key],
            "count": sum(counts.get(state, 0) for state in states),
            "adoptions": [row for row in rows if row.state in states],
        }
        for key, states in STAGES.items()
    ]
    in_order = [state for states in STAGES.values() for state in states]
    return {
        "counts": [(state, counts[state]) for state in in_order if state in counts],
        "stages": [stage for stage in stages if stage["count"]],
    }


def mark_url(reader: User, practice: Practice) -> str:
    """Return where the reader marks how far a municipality is, by its code; empty when they may not."""
    if not reader.has(Permission.EDIT_MUNICIPALITY) or not practice.slug:
        return ""
    return reverse("desk-adoption-mark", args=[practice.pk])
