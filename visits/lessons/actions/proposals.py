"""Lessons are proposed to municipalities, which answer; an adopted one goes on in the practice ledger."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit
from core.documents.choices import State
from core.notices.actions import mark_done
from core.outbox.mail import absolute
from core.states import move, refuse_for, update, verb
from municipalities.choices import AdoptionState
from municipalities.models import AdoptionStep, Municipality, Practice, PracticeEdition
from municipalities.places.successions import reasons_against_choosing
from municipalities.practices import actions as ledger
from visits.choices import LessonAnswer
from visits.lessons import emails, queries, tasks
from visits.models import Lesson, Proposal, Report, ReportEdition

# What an answer is in the ledger of a practice.
IN_LEDGER = {LessonAnswer.ADOPTED: AdoptionState.RUNNING, LessonAnswer.PLANNED: AdoptionState.PLANNED}


def reasons_against_proposing(edition: ReportEdition, *, by: User) -> list[str]:
    """Return why `by` cannot propose the lessons of an edition; empty when they can."""
    reasons = by.reasons_without(Permission.MANAGE_VISITS, _("Your role does not run study visits."))
    if edition.state != State.PUBLISHED:
        reasons.append(_("Only lessons of a published report can be proposed."))
    return reasons


def _lock(edition: ReportEdition) -> object:
    return Report.objects.select_for_update().get(pk=edition.document_id)


@verb(against=reasons_against_proposing, lock=_lock)
def propose(
    edition: ReportEdition,
    *,
    lessons: Collection[Lesson],
    municipalities: Collection[Municipality],
    answer_by: date,
    by: User,
) -> list[Proposal]:
    """Propose lessons of a published report to municipalities, each once; return what is new.

    Their officials are told once for all of it, and until when they are asked to answer.
    Raises Refused, too, where nothing is chosen, all was proposed already, or the day is not one to come.
    """
    refuse_for(_reasons_against_choice(edition, lessons, municipalities, answer_by))
    rows = _new(lessons, municipalities, answer_by, by)
    refuse_for(
        [] if rows else [_("All of this was proposed already. Choose another lesson or municipality.")]
    )
    Proposal.objects.bulk_create(rows)
    told = ((row, {"lesson": row.lesson_id, "municipality": row.municipality_id}) for row in rows)
    audit.record_all("lesson.propose", told, by=by)
    emails.proposed(rows, by=by)
    tasks.ask_what_came.plan()
    return rows


def _reasons_against_choice(edition: ReportEdition, lessons: Any, places: Any, answer_by: date) -> list[str]:
    theirs = {row.lesson_id for row in edition.lessons.all()}
    reasons = [] if lessons else [_("Tick a lesson.")]
    reasons += [] if places else [_("Choose at least one municipality.")]
    if any(lesson.pk not in theirs for lesson in lessons):
        reasons.append(_("This lesson does not stand in the published report."))
    reasons += reasons_against_day(answer_by)
    return [*reasons, *(sentence for place in places for sentence in reasons_against_choosing(place))]


def reasons_against_day(answer_by: date) -> list[str]:
    """Return why no answer can be asked for by a day; empty when it can."""
    return [] if answer_by > timezone.localdate() else [_("Choose a day to come.")]


def _new(lessons: Any, places: Any, answer_by: date, by: User) -> list[Proposal]:
    now = timezone.now()
    rows = [
        Proposal(lesson=lesson, municipality=place, proposed_by=by, proposed_at=now, answer_by=answer_by)
        for lesson, place in queries.not_proposed(lessons, places)
    ]
    for row in rows:
        row.next_step_on = row.first_step_after(timezone.localdate(now))
    return rows


def reasons_against_speaking(proposal: Proposal, *, by: User) -> list[str]:
    """Return why `by` cannot answer for the municipality; the desk can, after a call."""
    speaks = by.has(Permission.MANAGE_VISITS) or (
        Municipality.objects.spoken_for_by(by).filter(pk=proposal.municipality_id).exists()
    )
    return [] if speaks else [_("You do not speak for this municipality.")]


def reasons_against_answer(*, state: str, reason: str) -> dict[str, list[str]]:
    """Return what stands against the words of an answer, by the field of its form."""
    found: dict[str, list[str]] = {}
    if state not in LessonAnswer.values or state == LessonAnswer.PROPOSED:
        found["state"] = [_("Choose an answer.")]
    if state == LessonAnswer.NOT_SUITABLE and not reason.strip():
        found["reason"] = [_("Write why it is not suitable for you. Others learn the most from it.")]
    return found


@verb(against=reasons_against_speaking, versioned=True)
def answer(
    proposal: Proposal,
    *,
    state: str,
    reason: str = "",
    practice: Practice | None = None,
    version: int,
    by: User,
) -> None:
    """Say what a municipality does with a lesson; said again, it takes the place of what was said before.

    With a `practice` adoption goes on in its ledger.
    Raises Refused with reasons_against_answer, too, and Conflict when it changed meanwhile.
    """
    against = reasons_against_answer(state=state, reason=reason)
    refuse_for(sentence for several in against.values() for sentence in several)
    before = {"was": proposal.state, "reason": proposal.reason} if proposal.is_answered else {}
    columns = {
        "reason": reason.strip(),
        "answered_at": timezone.now(),
        "answered_by": by,
        "next_step_on": _next_step(proposal, state),
        # What does not suit keeps the practice in which it went on before.
        "practice": proposal.practice if state == LessonAnswer.NOT_SUITABLE else practice,
    }
    if state == proposal.state:
        update(proposal, also=columns)
    else:
        move(proposal, state, also=columns)
    audit.record("lesson.answer", proposal, by=by, state=state, **before)
    _settle(proposal)
    mark_ledger(proposal, by=by)
    tasks.ask_what_came.plan()


def _next_step(proposal: Proposal, state: str) -> Any:
    """Return the day of the next question: counted from the first answer; what does not suit is not asked."""
    if state == LessonAnswer.NOT_SUITABLE:
        return None
    goes_on = proposal.state in (LessonAnswer.ADOPTED, LessonAnswer.PLANNED)
    return proposal.next_step_on if goes_on else proposal.first_step_after(timezone.localdate())


def _settle(proposal: Proposal) -> None:
    """Take what officials were told as dealt with once no lesson of the report waits for the municipality."""
    rows = Proposal.objects.filter(
        municipality=proposal.municipality_id, lesson__report=proposal.lesson.report_id
    )
    if not rows.filter(state=LessonAnswer.PROPOSED).exists():
        for row in rows:
            mark_done(row, emails.PROPOSED)


def mark_ledger(proposal: Proposal, *, by: User) -> None:
    """Write an answer into the ledger of its practice, with the report as its source, where it says more.

    The ledger itself decides what may follow what; nothing is written that it would refuse.
    """
    state, practice = IN_LEDGER.get(LessonAnswer(proposal.state)), proposal.practice
    if state is None or practice is None:
        return
    adoption = ledger.adoption_of(practice, proposal.municipality)
    step = AdoptionStep(state=state, reason_cs=proposal.reason, **source_of(proposal))
    if ledger.reasons_against_marking(practice, proposal.municipality, step=step, by=by):
        return
    version = adoption.version if adoption else 0
    ledger.mark_adoption(practice, proposal.municipality, step=step, version=version, by=by)


def source_of(proposal: Proposal) -> dict[str, str]:
    """Return where an adoption is known from, in both languages: the report and its address."""
    sources = {}
    for code in ("cs", "en"):
        with translation.override(code):
            report = proposal.lesson.report
            named = {"visit": report.visit.name, "url": absolute(report.get_absolute_url())}
            sources[f"source_{code}"] = _("Report of the visit “%(visit)s”, %(url)s") % named
    return sources


def reasons_against_taking_back(proposal: Proposal, *, by: User) -> list[str]:
    """Return why a proposal cannot be taken back; empty when it can."""
    reasons = by.reasons_without(Permission.MANAGE_VISITS, _("Your role does not run study visits."))
    if proposal.is_answered or proposal.outcomes.exists():
        reasons.append(_("The municipality was asked already, or has answered. It stays."))
    return reasons


@verb(against=reasons_against_taking_back, versioned=True)
def take_back(proposal: Proposal, *, version: int, by: User) -> None:
    """Take back what was proposed by mistake and nobody has answered."""
    update(proposal, also={})
    mark_done(proposal, emails.PROPOSED)
    audit.record("lesson.take_back", proposal, by=by, lesson=proposal.lesson_id)
    proposal.delete()


def reasons_against_linking(lesson: Lesson, *, practice: Practice | None, by: User) -> list[str]:
    """Return why a lesson cannot lead to a practice; empty when it can."""
    reasons = by.reasons_without(Permission.MANAGE_VISITS, _("Your role does not run study visits."))
    if practice and not PracticeEdition.objects.published().filter(document=practice).exists():
        reasons.append(_("Only a published practice can be linked."))
    return reasons


@verb(against=reasons_against_linking)
def link_practice(lesson: Lesson, *, practice: Practice | None, by: User) -> None:
    """Say which practice a lesson leads to, or that it leads to none."""
    update(lesson, also={"practice": practice}, seen={"practice": lesson.practice_id})
    audit.record("lesson.practice", lesson, by=by, practice=practice.pk if practice else None)
