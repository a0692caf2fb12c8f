"""What of visits waits for officials and for the desk, what is to come, and what was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.loading import DAY
from municipalities.hooks import Task, in_order
from municipalities.models import Municipality
from visits.attendance import queries as attendance
from visits.choices import COMING, HELD, InvitationState, VisitState
from visits.deliveries import queries as deliveries
from visits.lessons import queries as lessons
from visits.models import Attendee, Delivery, Outcome, Proposal, ReportEdition, StudyVisit, VisitInvitation
from visits.models.visit import StudyVisitQuerySet

# Of each kind that an official's page shows; what is older stands on pages of its own.
MOST = 50
# Of what is to come, on the overview and in public.
NEXT = 5
MOST_TO_COME = 30
# What waits for officials, of each thing that may.
TASKS = (attendance.tasks, deliveries.tasks, lessons.waiting_of)


def for_readers(rows: StudyVisitQuerySet) -> StudyVisitQuerySet:
    """Return visits as lists show them, each with `has_report`: whether everybody can read its report."""
    report = ReportEdition.objects.published().filter(document__visit=OuterRef("pk"))
    return rows.for_list().annotate(has_report=Exists(report))


def to_come(rows: StudyVisitQuerySet) -> list[StudyVisit]:
    """Return visits that have not begun, the soonest first; one without a day stands last."""
    found = rows.filter(state__in=COMING).order_by("starts_on", "pk")[:MOST_TO_COME]
    return sorted(found, key=lambda visit: visit.starts_on or date.max)


def joined_by(municipality: Municipality) -> StudyVisitQuerySet:
    """Return the visits that somebody of a municipality is known to have joined."""
    there = Attendee.objects.filter(
        visit=OuterRef("pk"), invitation__municipality=municipality, was_there=True
    )
    held = StudyVisit.objects.filter(state__in=HELD)
    known = Exists(
        StudyVisit.municipalities.through.objects.filter(studyvisit=OuterRef("pk"), municipality=municipality)
    )
    return held.filter(known | Exists(there))


@dataclass(frozen=True)
class Row:
    """One line of an official's page of visits: what it is, of which visit, where it leads, how it stands."""

    visit: StudyVisit
    title: str
    url: str
    state: str
    look: str
    # Whether it stands among what waits already.
    waits: bool
    at: datetime | None = None
    # The lesson that it is about, where it is about one of several; else empty.
    lesson: str = ""

    @property
    def name(self) -> str:
        """What it is about: the lesson, else the visit."""
        return self.lesson or self.visit.name

    @property
    def lang(self) -> str:
        """The language of the name when it is not the reader's, else empty."""
        return "cs" if self.lesson else self.visit.title_lang


def waiting_of(user: User, municipalities: list[Municipality]) -> list[Task]:
    """Return what of visits waits for an official, as their overview of everything counts it."""
    return in_order(task for source in TASKS for task in source(user, municipalities))


def of_officials(municipalities: list[Municipality]) -> list[Row]:
    """Return all that municipalities have of visits, the newest first."""
    rows = [*_invitations(municipalities), *_deliveries(municipalities), *_proposals(municipalities)]
    last = timezone.now()
    return sorted(rows, key=lambda row: row.at or last, reverse=True)


def _invitations(municipalities: list[Municipality]) -> Iterable[Row]:
    rows = VisitInvitation.objects.filter(municipality__in=municipalities).for_list().order_by("-pk")[:MOST]
    for row in rows:
        waits = row.state == InvitationState.INVITED and row.visit.takes_names
        yield Row(
            row.visit, _("Invitation"), row.get_my_url(), row.get_state_display(), row.state, waits,
            row.invited_at,
        )  # fmt: skip


def _deliveries(municipalities: list[Municipality]) -> Iterable[Row]:
    rows = Delivery.objects.filter(municipality__in=municipalities).for_list()
    for row in rows[:MOST]:
        waits = row.state in deliveries.WAITING and row.edition.state == "published"
        yield Row(
            row.report.visit, _("Report"), reverse("my-delivery", args=[row.pk]), row.get_state_display(),
            row.state, waits, row.queued_at,
        )  # fmt: skip


def _proposals(municipalities: list[Municipality]) -> Iterable[Row]:
    asked = Outcome.objects.open().filter(proposal=OuterRef("pk"))
    theirs = Proposal.objects.of_public_reports().filter(municipality__in=municipalities)
    rows: Any = lessons.with_words(theirs.annotate(is_asked=Exists(asked)).for_list()[:MOST])
    for row in rows:
        yield Row(
            row.lesson.report.visit, _("Lesson to take over"), row.get_my_url(), row.get_state_display(),
            row.state, row.is_asked or not row.is_answered, row.proposed_at, row.wording.title,
        )  # fmt: skip


def waits_for(user: User) -> QuerySet[VisitInvitation]:
    """Return the invitations that an official still has to answer in time, for the menu."""
    in_time = Q(visit__sign_up_until=None) | Q(visit__sign_up_until__gte=timezone.now())
    rows = VisitInvitation.objects.visible_to(user).filter(in_time, state=InvitationState.INVITED)
    return rows.filter(visit__state=VisitState.OPEN)


def next_visits(_user: User, municipalities: list[Municipality]) -> Iterable[Task]:
    """Return the visits to come that municipalities were invited to, for the officials' overview."""
    invited = VisitInvitation.objects.filter(municipality__in=municipalities, visit__state__in=COMING)
    for row in invited.for_list().order_by("visit__starts_on", "pk")[:NEXT]:
        visit = row.visit
        day = visit.starts_on if visit.starts_precision == DAY else None
        yield Task(visit.name, row.get_my_url(), day, f"{row.municipality.name}: {row.get_state_display()}")


def behind_calendar(_reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return the visits whose first or last day has passed while their state has not moved on."""
    today = timezone.localdate()
    begun = Q(state__in=[VisitState.PLANNED, VisitState.CLOSED], starts_on__lt=today, starts_precision=DAY)
    ended = Q(state=VisitState.UNDER_WAY, ends_on__lt=today)
    return (
        _("Visits whose state is behind the calendar"),
        f"{reverse('desk-visits')}?state=coming&sort=first_day",
        StudyVisit.objects.filter(begun | ended),
    )
