"""Reads of what came of visits: lessons as they are worded today, answers, practices, what waits."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import AuditEntry, entries_of, record
from core.states import update
from municipalities.hooks import Origin, Task
from municipalities.models import Membership, Municipality, PracticeEdition
from municipalities.practices.queries import editions_of
from visits.choices import ForWhom, LessonAnswer
from visits.models import (
    Lesson,
    LessonWording,
    Outcome,
    Proposal,
    ReportEdition,
    StudyVisit,
    VisitInvitation,
    Workshop,
)

# More lessons never wait for one official at once than anybody answers.
MOST_TASKS = 20
# Whom a lesson is for when municipalities can take it over.
FOR_MUNICIPALITIES = (ForWhom.MUNICIPALITIES, ForWhom.SOCIAL_WORKERS, ForWhom.MAYORS)
# Whole groups to which lessons are proposed.
INVITED, ABSENT, PILOTS = "invited", "absent", "pilots"
# The order in which answers stand in public.
ANSWERS = (LessonAnswer.ADOPTED, LessonAnswer.PLANNED, LessonAnswer.NOT_SUITABLE)


def wordings(reports: Iterable[int]) -> dict[int, LessonWording]:
    """Return how each lesson of some reports is worded now, by its number: one query.

    A lesson that the published edition has no more keeps its last public words. Of a report that nobody
    can read today there are none.
    """
    published = ReportEdition.objects.published().filter(document_id__in=set(reports)).values("document_id")
    rows = LessonWording.objects.filter(edition__document__in=published, edition__published_at__isnull=False)
    rows = rows.select_related("lesson", "edition__document__visit__host")
    return {row.lesson_id: row for row in rows.order_by("edition__number", "position")}


def with_words(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Return proposals of for_list() with the words of their lessons as `wording`; without words none."""
    rows = list(proposals)
    words = wordings(row.lesson.report_id for row in rows)
    for row in rows:
        row.wording = words.get(row.lesson_id)  # type: ignore[attr-defined]
    return [row for row in rows if row.wording]  # type: ignore[attr-defined]


def is_for_municipalities(wording: LessonWording) -> bool:
    """Tell whether municipalities can take a lesson over; one that is for nobody in particular is for all."""
    return not wording.for_whom or not set(FOR_MUNICIPALITIES).isdisjoint(wording.for_whom)


def never_proposed() -> QuerySet[LessonWording]:
    """Return the lessons of published reports that are for municipalities and were proposed to none."""
    somewhere = Q()
    for whom in FOR_MUNICIPALITIES:
        for place in range(len(ForWhom)):
            somewhere |= Q(**{f"for_whom__{place}": whom.value})
    rows = LessonWording.objects.filter(somewhere, edition__in=ReportEdition.objects.published())
    return rows.filter(lesson__proposals=None)


def visits_to_propose() -> QuerySet[StudyVisit]:
    """Return the visits whose lessons wait to be proposed."""
    reports = never_proposed().values("edition__document_id")
    return StudyVisit.objects.filter(report__in=reports).select_related("host").order_by("-position", "-pk")


def to_propose(_reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return what waits at the desk: reports whose lessons nobody was proposed yet."""
    return _("Lessons of visits to be proposed"), reverse("desk-lessons"), visits_to_propose()


def to_ask_by_phone() -> QuerySet[Outcome]:
    """Return what only the desk can ask, since nobody speaks for the municipality here."""
    spoken = Membership.objects.current().filter(user__is_active=True).values("municipality_id")
    return Outcome.objects.open().exclude(proposal__municipality__in=spoken)


def by_phone(_reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return what waits at the desk: municipalities to be asked by phone what came of a lesson."""
    return (
        _("Municipalities to ask by phone what came of a lesson"),
        f"{reverse('desk-lessons')}?waiting=phone",
        to_ask_by_phone(),
    )


def choices_for(visit: StudyVisit) -> list[Municipality]:
    """Return whom the lessons of a visit are offered to one by one: whoever was invited, else every pilot."""
    groups = groups_of(visit)
    return groups.get(INVITED) or groups.get(PILOTS) or []


def groups_of(visit: StudyVisit) -> dict[str, list[Municipality]]:
    """Return the whole groups that lessons of a visit can be proposed to, without empty ones."""
    invited, places = VisitInvitation.objects.filter(visit=visit), Municipality.objects.existing()
    groups = {
        INVITED: places.filter(pk__in=invited.values("municipality")),
        ABSENT: places.filter(pk__in=invited.absent().values("municipality")),
        PILOTS: places.pilots(),
    }
    found = {name: list(rows.order_by("search_name", "pk")) for name, rows in groups.items()}
    return {name: rows for name, rows in found.items() if rows}


def not_proposed(
    lessons: Collection[Lesson], places: Sequence[Municipality]
) -> list[tuple[Lesson, Municipality]]:
    """Return each lesson with each municipality to which it was not proposed yet."""
    known = set(Proposal.objects.filter(lesson__in=lessons).values_list("lesson_id", "municipality_id"))
    pairs = ((lesson, place) for place in places for lesson in lessons)
    return [pair for pair in pairs if (pair[0].pk, pair[1].pk) not in known]


def unspoken(places: Collection[Municipality]) -> list[Municipality]:
    """Return those of some municipalities for which nobody speaks here, so that nobody there can be told."""
    members = Membership.objects.current().filter(user__is_active=True, municipality__in=places)
    spoken = set(members.values_list("municipality_id", flat=True))
    return [place for place in places if place.pk not in spoken]


@dataclass
class Answers:
    """One lesson, who answered what to it, and the practice that it leads to."""

    wording: LessonWording
    practice: PracticeEdition | None = None
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def said(self) -> list[tuple[Any, list[Proposal]]]:
        """Each answer that somebody gave, with the municipalities that gave it."""
        groups = [(state, [row for row in self.proposals if row.state == state]) for state in ANSWERS]
        return [(state, rows) for state, rows in groups if rows]

    @property
    def silent_label(self) -> str:
        """How silence is called."""
        return _("did not answer in time")

    @property
    def silent(self) -> list[Proposal]:
        """Municipalities that have not answered by the day until which they were asked to."""
        return [row for row in self.proposals if row.is_silent]

    @property
    def considering(self) -> int:
        """How many municipalities still have time for their answer; which ones they are is not public."""
        return sum(not row.is_answered and not row.is_silent for row in self.proposals)


def answers_of(visit: StudyVisit) -> list[Answers]:
    """Return the lessons of a visit's published report with all that municipalities said of them."""
    rows = Proposal.objects.filter(lesson__report__visit=visit).prefetch_related("outcomes")
    rows = rows.select_related("municipality", "lesson").order_by("municipality__search_name", "pk")
    lessons = Lesson.objects.filter(report__visit=visit)
    practices = dict(lessons.values_list("pk", "practice_id"))
    words = wordings(lessons.values_list("report_id", flat=True))
    by_lesson: dict[int, list[Proposal]] = defaultdict(list)
    for row in rows:
        by_lesson[row.lesson_id].append(row)
    known = [practices.get(pk) for pk in words] + [row.practice_id for row in rows]
    editions = editions_of(pk for pk in known if pk)
    for row in rows:
        row.practice_edition = editions.get(row.practice_id or 0)  # type: ignore[attr-defined]
    told = [
        Answers(wording, editions.get(practices.get(pk) or 0), by_lesson[pk]) for pk, wording in words.items()
    ]
    return sorted(told, key=lambda one: (one.wording.position, one.wording.pk))


def desk_part(visit: StudyVisit, _reader: Any) -> dict[str, Any]:
    """Return what the desk sees of what came of a visit: municipalities with their answers, and workshops."""
    edition = ReportEdition.objects.published().filter(document__visit=visit).first()
    answers = answers_of(visit) if edition else []
    rows: dict[int, list[Proposal | None]] = {}
    for number, one in enumerate(answers):
        for row in one.proposals:
            rows.setdefault(row.municipality_id, [None] * len(answers))[number] = row
    places = {row.municipality_id: row.municipality for one in answers for row in one.proposals}
    table = sorted(((places[pk], cells) for pk, cells in rows.items()), key=lambda row: row[0].search_name)
    return {
        "edition": edition,
        "answers": answers,
        "table": table,
        "unspoken": {place.pk for place in unspoken([place for place, _cells in table])},
        "workshops": list(Workshop.objects.of_visit(visit)),
    }


def public_part(visit: StudyVisit, _reader: Any) -> dict[str, Any] | None:
    """Return what the public page of a visit tells of what came of it; None when there is nothing."""
    answers = [one for one in answers_of(visit) if one.proposals]
    workshops = list(Workshop.objects.of_visit(visit))
    return {"answers": answers, "workshops": workshops} if answers or workshops else None


def part_of_municipality(municipality: Municipality) -> dict[str, Any] | None:
    """Return the lessons that a municipality answered, the last answer first; None when there are none."""
    rows = Proposal.objects.of_public_reports().filter(municipality=municipality, state__in=ANSWERS)
    answered = with_words(rows.for_list().order_by("-answered_at", "-pk")[:MOST_TASKS])
    return {"proposals": answered} if answered else None


def of_practice(practice: Any) -> dict[str, Any] | None:
    """Return the lessons of visits that lead to a practice, for its page; None when there are none."""
    lessons = Lesson.objects.filter(Q(practice=practice) | Q(proposals__practice=practice)).distinct()
    pairs = dict(lessons.values_list("pk", "report_id"))
    words = wordings(pairs.values())
    rows = [words[pk] for pk in sorted(pairs, reverse=True) if pk in words]
    return {"lessons": rows[:MOST_TASKS]} if rows else None


def origin(reader: User, number: int) -> Origin | None:
    """Return what a practice is born from: a lesson proposed to a municipality that its reader speaks for."""
    rows = Proposal.objects.visible_to(reader).of_public_reports().filter(pk=number).for_list()
    found = with_words(rows)
    if not found:
        return None
    proposal, title = found[0], found[0].wording.title  # type: ignore[attr-defined]

    def after(practice: Any, by: Any) -> None:
        update(proposal, also={"practice": practice})
        record("lesson.practice", proposal, by=by, practice=practice.pk)

    return Origin(title, proposal.lesson.report.visit.get_absolute_url(), {"title_cs": title}, after)


def waiting_of(_user: User, municipalities: list[Municipality]) -> Iterable[Task]:
    """Return what waits for officials: a line for each visit whose lessons wait, and what came of others."""
    yield from _unanswered(municipalities)
    yield from _asked(municipalities)


def _unanswered(municipalities: list[Municipality]) -> Iterable[Task]:
    rows = Proposal.objects.unanswered().filter(municipality__in=municipalities).for_list()
    first: dict[tuple[int, int], Proposal] = {}
    for row in rows.order_by("-proposed_at", "lesson__number", "pk")[: MOST_TASKS * 10]:
        first.setdefault((row.lesson.report_id, row.municipality_id), row)
    for row in list(first.values())[:MOST_TASKS]:
        names = {"visit": row.lesson.report.visit.name, "municipality": row.municipality.name}
        title = _("Lessons of a visit wait for your answer: %(visit)s, %(municipality)s") % names
        yield Task(title, row.get_my_url(), row.answer_by, since=row.proposed_at)


def _asked(municipalities: list[Municipality]) -> Iterable[Task]:
    found = Outcome.objects.open().filter(proposal__municipality__in=municipalities)
    related = ("proposal__lesson__report__visit__host", "proposal__municipality")
    rows = list(found.select_related(*related).order_by("asked_at", "pk")[:MOST_TASKS])
    words = wordings(row.proposal.lesson.report_id for row in rows)
    for row in rows:
        proposal = row.proposal
        names = {"visit": proposal.lesson.report.visit.name, "municipality": proposal.municipality.name}
        title, lesson = _("What came of a lesson: %(visit)s, %(municipality)s"), words.get(proposal.lesson_id)
        note = lesson.title if lesson else ""
        yield Task(title % names, proposal.get_my_url(), row.answer_by, note, since=row.asked_at)


def in_line(proposal: Proposal) -> list[Proposal]:
    """Return all lessons of the same report for the same municipality, in the order of the report."""
    same = {"municipality": proposal.municipality_id, "lesson__report": proposal.lesson.report_id}
    rows = with_words(Proposal.objects.filter(**same).for_list().order_by("lesson__number", "pk"))
    return sorted(rows, key=lambda row: (row.wording.position, row.pk))  # type: ignore[attr-defined]


def history_of(proposal: Proposal) -> list[dict[str, Any]]:
    """Return what was done to a proposal, the newest first: when, by whom, what; two queries."""
    entries = list(entries_of(proposal).order_by("-id"))
    users = User.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    return [
        {"at": entry.at, "who": users.get(entry.actor_id or 0), "done": _done(entry), "was": entry.details}
        for entry in entries
    ]


def _done(entry: AuditEntry) -> str:
    if entry.verb == "lesson.answer":
        return _("answered: %(answer)s") % {"answer": LessonAnswer(entry.details["state"]).label}
    said = {
        "lesson.propose": _("proposed it"),
        "lesson.ask": _("asked what came of it"),
        "lesson.outcome": _("said what came of it"),
    }
    return said.get(entry.verb, "")


def practices_to_choose(also: int | None = None) -> list[tuple[str, str]]:
    """Return every published practice as a choice, its number and its title; `also` one that is chosen."""
    rows = PracticeEdition.objects.published().select_related("document__municipality")
    if also and not rows.filter(document=also).exists():
        newest = PracticeEdition.objects.filter(document=also).order_by("-number")
        rows |= PracticeEdition.objects.filter(pk__in=newest.values("pk")[:1])
    names = [(row.document_id, row.title, row.document.municipality) for row in rows.order_by("title", "pk")]
    return [(str(pk), f"{title} ({place.name})" if place else title) for pk, title, place in names]
