"""Reports of visits as the documents' engine knows them."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from core.detector.finds import Find, find
from core.documents.choices import State
from core.documents.filters import DeskFilter
from core.documents.kind import Check, Kind, May, Wording
from core.documents.parts.pages import PartPage
from core.files.previews import shrunk
from core.loading.sources import Sources
from visits.models import ReportEdition, ReportSection
from visits.reports import actions, forms, queries, tasks


def finds(edition: ReportEdition) -> list[Find]:
    """Return what the check finds in the summary and in every part, names of those who went among it."""
    return find(edition.all_texts(), queries.known_of(edition.document))


def at_desk(request: Any, edition: ReportEdition) -> dict[str, Any]:
    """Return what the desk's page of a report shows of its parts, and what can be done with each."""
    edition.with_parts()
    is_open = edition.state == State.DRAFT and request.user.has(Permission.WRITE_REPORT)
    visit = edition.document.visit
    return {
        "heading_facts": [visit.name],
        "visit": visit,
        "may_write_parts": is_open,
        "may_make_pdf": request.user.has(Permission.WRITE_REPORT),
        "reader": request.user,
        "section_page": REPORTS.part_pages[0],
        "new_questions": queries.new_questions(edition) if is_open else 0,
        "report": queries.shown(edition, at_desk=True),
        "sources": Sources(),
    }


def beside(_request: Any, section: ReportSection, _standing: Any) -> dict[str, Any]:
    """Return what was noted on the spot of what a section tells of."""
    return {"notes": queries.notes_of(section)}


def read(_request: Any, edition: ReportEdition) -> dict[str, Any]:
    """Return what the public page of a report shows."""
    edition.with_parts()
    return {
        "visit": edition.document.visit,
        "report": queries.shown(edition, at_desk=False),
        "notes": queries.earlier_notes(edition),
        "sources": Sources(),
    }


def gone(_request: Any, edition: ReportEdition) -> dict[str, Any]:
    """Return what is said beside a report that was withdrawn."""
    return {"visit": edition.document.visit}


REPORTS = Kind(
    name="visit-report",
    plural="visit-reports",
    document=ReportEdition.document.field.related_model,
    form=forms.ReportForm,
    may=May(
        view=Permission.VIEW_DESK,
        write=Permission.WRITE_REPORT,
        approve=Permission.APPROVE_REPORT,
        withdraw=Permission.APPROVE_REPORT,
    ),
    wording=Wording(
        plural=_("Reports of visits"),
        readers=_("Reports of visits"),
        edit=_("Edit the title and the summary"),
        withdraw=_("Withdraw the report"),
        none=_("There is no such report"),
        none_help=_("A report is begun on the page of a visit."),
        list_lead=_("What was learned on study visits. A report is begun on the page of a visit."),
        write_lead=_("Whoever writes a word of the report cannot publish it."),
        published=_("The report is published."),
        gone=_("This report was withdrawn"),
    ),
    verbs=(
        "edit", "justify", "submit", "publish", "plan", "send-back", "withdraw", "new-edition", "compare",
        "look-after",
    ),
    filters=DeskFilter,
    columns=((_("Study visit"), lambda edition: edition.document.visit.name),),
    list_rows=lambda rows: rows.for_desk().select_related("document__visit"),
    text_template="visits/reports/desk_text.html",
    rail_template="visits/reports/desk_rail.html",
    page_context=at_desk,
    part_pages=(
        PartPage(
            name="sections",
            rows="sections",
            form=forms.SectionForm,
            new_form=forms.NewSectionForm,
            new=_("Add a section"),
            edit=_("Section"),
            remove=_("Remove the section"),
            write=_("Write in this section"),
            most=40,
            about_template="visits/reports/about_section.html",
            below_template="visits/reports/notes.html",
            beside=beside,
            passage=queries.keywords_of,
        ),
        PartPage(
            name="answers",
            rows="answers",
            form=forms.AnswerForm,
            edit=_("Answer to a question taken along"),
            remove=_("Leave the question out"),
            is_ordered=False,
        ),
        PartPage(
            name="figures",
            rows="figures",
            form=forms.FigureForm,
            new=_("Add a figure"),
            edit=_("Figure with its source"),
            remove=_("Remove the figure"),
        ),
        PartPage(
            name="photos",
            rows="files",
            narrower={"is_photo": True},
            form=forms.PhotoForm,
            new=_("Add a photo"),
            edit=_("Photo"),
            remove=_("Remove the photo"),
            prepared=shrunk,
        ),
        PartPage(
            name="documents",
            rows="files",
            narrower={"is_photo": False},
            form=forms.DocumentFileForm,
            new=_("Add a document"),
            edit=_("Document to take away"),
            remove=_("Remove the document"),
        ),
        PartPage(
            name="lessons",
            rows="lessons",
            form=forms.LessonForm,
            new=_("Add a lesson"),
            edit=_("Lesson"),
            remove=_("Remove the lesson"),
            most=30,
            following=actions.new_lesson,
            when_removed=actions.drop_lesson,
        ),
    ),
    public_template="visits/reports/report.html",
    public_context=read,
    gone_template="visits/reports/withdrawn.html",
    gone_context=gone,
    reasons_against=actions.reasons_against,
    check=Check(
        finds,
        lambda report, texts: find(texts, queries.known_of(report)),
        where=lambda edition, one: edition.address_of(one.field),
    ),
    approvers=partial(User.objects.who_may, Permission.APPROVE_REPORT),
    when_published=actions.tell_published,
    when_public=tasks.make_soon,
)  # fmt: skip
