"""What the small world has of reports of visits."""

from typing import Any

from accounts.permissions import Role
from core.documents.parts import actions as parts
from municipalities.models import Municipality
from tests.factories.reports import (
    LessonWordingFactory,
    ProgrammeItemFactory,
    ReportAnswerFactory,
    ReportEditionFactory,
    ReportFigureFactory,
    ReportFileFactory,
    ReportSectionFactory,
)
from tests.factories.visits import StudyVisitFactory
from visits.choices import VisitState

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES = {"desk-visit-report-part-file", "visit-report-file", "visit-report-pdf"}


def build(world: Any, place: Municipality) -> None:
    """A published report with a draft of the next edition, in which somebody writes; one in review."""
    editor, writer = world.accounts[Role.EDITOR], world.accounts[Role.CONSULTANT]
    published = ReportEditionFactory(published=True, whole=True, document__owner=writer, published_by=editor)
    ReportFileFactory(edition=published)
    report = published.document
    draft = ReportEditionFactory(
        document=report, number=2, author=writer, change_note_cs="Doplněno", change_note_en="Completed"
    )
    section = ReportSectionFactory(edition=draft, item=ProgrammeItemFactory(visit=report.visit))
    boss = world.accounts[Role.COORDINATOR]
    parts.hold(section, by=boss)
    parts.save_held(section, words={"heading": "Nájem", "text": "Nájem je nízký."}, version=1, by=boss)
    parts.hold(section, by=boss)
    rows = [ReportAnswerFactory(edition=draft), ReportFigureFactory(edition=draft)]
    rows += [LessonWordingFactory(edition=draft), ReportFileFactory(edition=draft)]
    ReportEditionFactory(in_review=True, whole=True, document__owner=writer)
    number, slug = {"pk": report.pk}, {"slug": report.slug}
    begun = StudyVisitFactory(state=VisitState.UNDER_WAY)
    at_section = {**number, "part": "sections", "row": section.pk}
    part = {**number, "part": "figures", "row": rows[1].pk}
    world.arguments |= {
        "visit-report": slug,
        "visit-report-pdf": slug,
        **dict.fromkeys(
            ["desk-visit-report", "desk-visit-report-edit", "desk-visit-report-withdraw"], number
        ),
        "desk-visit-report-compare": {**number, "number": 2},
        "desk-visit-report-begin": {"pk": begun.pk},
        **dict.fromkeys(["desk-visit-report-part-versions"], at_section),
        "desk-visit-report-part-new": {**number, "part": "photos"},
        **dict.fromkeys(["desk-visit-report-part", "desk-visit-report-part-remove"], part),
    }
