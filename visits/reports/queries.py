"""What is read of a report: its parts as they are shown, and who is known of those behind it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core.detector.finds import Known
from core.documents.choices import State
from core.templatetags.ui import day
from visits.models import (
    Attendee,
    ProgrammeItem,
    Report,
    ReportEdition,
    ReportFile,
    ReportSection,
    StudyVisit,
    TravelQuestion,
)
from visits.reports import actions


def to_review(reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return what waits for the reader as a second person: its title, its list, its rows."""
    address = f"{reverse('desk-visit-reports')}?to_review=on"
    return _("Reports of visits in review"), address, ReportEdition.objects.waiting_for(reader)


def report_of(visit: StudyVisit) -> Report | None:
    """Return the report of a visit, or None."""
    return Report.objects.filter(visit=visit).first()


def published_of(visit: StudyVisit) -> ReportEdition | None:
    """Return the published edition of a visit's report, or None."""
    return ReportEdition.objects.published().for_page().filter(document__visit=visit).first()


def of_visit(visit: StudyVisit, _user: Any) -> dict[str, Any] | None:
    """Return what the public page of a visit says of its report; None while there is none."""
    edition = published_of(visit)
    return {"edition": edition.with_parts(), "lessons": list(edition.lessons.all())} if edition else None


def of_visit_at_desk(visit: StudyVisit, user: Any) -> dict[str, Any]:
    """Return how far the report of a visit is, or what it would begin with."""
    edition = ReportEdition.objects.filter(document__visit=visit).select_related("document", "saved_by")
    newest = edition.order_by("-number").first()
    if newest is None:
        questions = visit.questions.filter(withdrawn_at=None).count()
        return {
            "edition": None,
            "programme": list(visit.programme.all()),
            "questions": questions,
            "may_write": user.has(Permission.WRITE_REPORT),
            "reasons": actions.reasons_against_beginning(visit),
        }
    newest.with_parts()
    return {"edition": newest, "sections": list(newest.sections.all())}


def known_of(report: Report) -> Known:
    """Return who went on the visit, and how they are reached: the report names none of them."""
    people = Attendee.objects.filter(visit=report.visit_id).values_list("name", "phone")
    names = dict.fromkeys(name for name, _phone in people if name)
    return Known(names=tuple(names), phones=tuple(dict.fromkeys(phone for _name, phone in people if phone)))


def new_questions(edition: ReportEdition) -> int:
    """Return how many questions taken along have no answer in an edition."""
    asked = edition.document.visit.questions.filter(withdrawn_at=None)
    return asked.exclude(pk__in=[row.question_id for row in edition.answers.all()]).count()


def notes_of(section: ReportSection) -> list[TravelQuestion]:
    """Return the questions to what a section tells of, with the keywords that were noted on the spot."""
    if section.item_id is None:
        return []
    rows = TravelQuestion.objects.filter(item=section.item_id, withdrawn_at=None)
    return list(rows.exclude(keywords="").order_by("pk"))


def keywords_of(section: ReportSection, question: int) -> str:
    """Return what was noted to a question, for whoever has no JavaScript that puts it in; "" for none."""
    return next((row.keywords for row in notes_of(section) if row.pk == question), "")


def shown(edition: ReportEdition, *, at_desk: bool) -> dict[str, Any]:
    """Return the parts of an edition as a page shows them; readers get no photo that must not be public."""
    files = [row for row in edition.files.all() if at_desk or row.is_public]
    photos: dict[int | None, list[dict[str, Any]]] = {}
    for row in files:
        if row.is_photo:
            photos.setdefault(row.section_id, []).append(_served(edition, row, at_desk=at_desk))
    sections = list(edition.sections.all())
    return {
        "sections": [(row, photos.get(row.pk, [])) for row in sections],
        "answers": list(edition.answers.all()),
        "figures": list(edition.figures.all()),
        "photos": photos.get(None, []),
        "documents": [_served(edition, row, at_desk=at_desk) for row in files if not row.is_photo],
        "lessons": list(edition.lessons.all()),
    }


def _served(edition: ReportEdition, row: ReportFile, *, at_desk: bool) -> dict[str, Any]:
    """Return a file with the address at which it is served."""
    file = row.attachment
    desk = reverse("desk-visit-report-part-file", args=[edition.document_id, row.page, row.pk])
    url = desk if at_desk else file_url(edition, row)
    return {
        "row": row,
        "name": row.alternative or file.name,
        "size": file.size,
        "url": url,
        **file.pictured(url),
    }


def file_url(edition: ReportEdition, row: ReportFile) -> str:
    """Return where readers get a file of the published edition."""
    return reverse("visit-report-file", args=[edition.document.slug, row.pk])


def item_line(item: ProgrammeItem) -> str:
    """Return when and where something on the programme was, and who spoke, as far as it is known."""
    hours = "–".join(f"{moment:%H:%M}" for moment in (item.starts_at, item.ends_at) if moment)
    return " · ".join(filter(None, [day(item.on) if item.on else "", hours, item.place, item.speaker]))


def earlier_notes(edition: ReportEdition) -> list[ReportEdition]:
    """Return the editions after the first one, newest first, each with what it changed."""
    if edition.number == 1:
        return []
    rows = edition.document.editions.filter(state__in=[State.PUBLISHED, State.SUPERSEDED], number__gt=1)
    return [row for row in rows.order_by("-number") if row.change_note]
