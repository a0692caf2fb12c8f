"""How the report of a visit is begun from its programme, and what is in the way of publishing it."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core import audit
from core.documents import actions as documents
from core.documents.parts.actions import open_draft, who_writes
from core.states import move, verb
from visits.choices import HELD, Consent, PlaceState, VisitState
from visits.models import Lesson, LessonWording, Report, ReportEdition, StudyVisit

_published: list[Callable[[ReportEdition], None]] = []


def when_published(callback: Callable[[ReportEdition], None]) -> None:
    """Let a capability hear of each published edition but minor ones, inside the verb's transaction."""
    if callback not in _published:
        _published.append(callback)


def new_lesson(row: Any, _words: Any) -> dict[str, Any]:
    """Return the lesson that a new wording is of; one that is written anew stays with its own."""
    if row.pk:
        return {}
    report = row.edition.document
    last = report.lessons.aggregate(last=Max("number"))["last"] or 0
    return {"lesson": Lesson.objects.create(report=report, number=last + 1)}


def drop_lesson(row: LessonWording) -> None:
    """Take away the lesson of a wording that is removed, unless another edition has it."""
    if not row.lesson.wordings.exists():
        row.lesson.delete()


def tell_published(edition: ReportEdition) -> None:
    """Move the visit on, and tell all who want to hear of it."""
    visit = StudyVisit.objects.get(pk=edition.document.visit_id)
    if visit.state == VisitState.REPORTING:
        move(visit, VisitState.REPORTED)
    for callback in _published:
        callback(edition)


# Beginning ----------------------------------------------------------------------


def reasons_against_beginning(visit: StudyVisit) -> list[str]:
    """Return why a report cannot be begun now; empty when it can."""
    if Report.objects.filter(visit=visit).exists():
        return [_("There is a report of this visit already.")]
    if visit.state not in HELD:
        return [_("A report is begun once the visit is under way.")]
    return []


def _lock(visit: StudyVisit) -> None:
    StudyVisit.objects.select_for_update().get(pk=visit.pk)


@verb(against=reasons_against_beginning, lock=_lock)
def begin(visit: StudyVisit, *, by: Any) -> ReportEdition:
    """Begin a report: a section for each item of the programme, an answer for each question taken along."""
    report = Report(visit=visit, slug=visit.slug, owner=by, is_demo=visit.is_demo)
    with override("cs"):
        words = _first_words(visit)
    edition: Any = documents.start(report, words=words, by=by, visit=visit.pk)
    if visit.state != VisitState.REPORTING:
        move(visit, VisitState.REPORTING)
    return edition


def _first_words(visit: StudyVisit) -> dict[str, Any]:
    title = _("Report of a visit: %(what)s") % {"what": visit.title or visit.country}
    headings: list[Any] = [(item.pk, capfirst(item.title)) for item in visit.programme.all()]
    headings = headings or [(None, _("What we saw"))]
    return {
        "title_cs": title[:160],
        "sections": [
            {"item_id": item, "position": position, "heading": heading[:160]}
            for position, (item, heading) in enumerate(headings, 1)
        ],
        "answers": [_answer_to(question) for question in _questions_of(visit)],
    }


def _questions_of(visit: StudyVisit) -> Any:
    return visit.questions.filter(withdrawn_at=None).order_by("item__position", "pk")


def _answer_to(question: Any) -> dict[str, Any]:
    return {"question_id": question.pk, "wording": question.text, "text": question.keywords}


@transaction.atomic
def take_questions(edition: ReportEdition, *, by: Any) -> int:
    """Add an answer for each question taken along that has none in the edition; return how many."""
    edition = open_draft(edition, by=by)
    known = set(edition.answers.values_list("question", flat=True))
    new = [one for one in _questions_of(edition.document.visit) if one.pk not in known]
    edition.write_beside({"answers": [_answer_to(question) for question in new]})
    audit.record("report.take_questions", edition, by=by, count=len(new))
    return len(new)


# What stands against showing it ---------------------------------------------------


def reasons_against(edition: ReportEdition) -> list[str]:
    """Return what in a report stands against showing it: somebody writes in it, or something is missing."""
    edition.with_parts()
    return [*_unfinished(edition), *_unanswered(edition), *_unseen(edition), *_unticked(edition)]


def _unfinished(edition: ReportEdition) -> list[str]:
    rows = list(edition.sections.all())
    reasons = [who_writes(row) for row in rows if row.is_held]
    if not edition.in_language("summary", "cs"):
        reasons.append(_("Write the summary: municipalities get it by e-mail."))
    if not rows:
        reasons.append(_("The report has no section."))
    empty = [row.heading for row in rows if not row.text.strip()]
    return reasons + [_("The section “%(heading)s” is empty.") % {"heading": one} for one in empty]


def _unanswered(edition: ReportEdition) -> list[str]:
    sentence = _("The question “%(question)s” has no answer. Write what you heard, or that you did not ask.")
    rows = [row.wording for row in edition.answers.all() if not row.text.strip()]
    return [sentence % {"question": wording} for wording in rows]


def _unseen(edition: ReportEdition) -> list[str]:
    photos = [row for row in edition.files.all() if row.is_photo]
    sentence = _("On the photo “%(photo)s” somebody can be recognised who has not agreed. Ask, or remove it.")
    missing = [row for row in photos if row.consent == Consent.MISSING or not row.consent]
    return [sentence % {"photo": row.alternative} for row in missing]


def _unticked(edition: ReportEdition) -> list[str]:
    """Whoever was not there gets the report, so that it has to be known who was; of later editions it is."""
    people = edition.document.visit.attendees.filter(state=PlaceState.CONFIRMED, was_there=None)
    count = 0 if edition.number > 1 else people.count()
    words = ngettext(
        "Say whether %(count)s person who had a place was there: who was not, gets the report.",
        "Say whether %(count)s people who had a place were there: who was not, gets the report.",
        count,
    )
    return [words % {"count": count}] if count else []
