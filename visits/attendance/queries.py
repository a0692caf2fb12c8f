"""Reads of taking part: who speaks, how many places are taken, who is next, what waits."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from municipalities.hooks import Task
from municipalities.models import Membership, Municipality
from municipalities.models.membership import MembershipQuerySet
from visits.choices import COMING, STANDING, InvitationState, PlaceState, VisitState
from visits.models import Attendee, StudyVisit, TravelQuestion, VisitInvitation

# Of what waits for an official.
MOST = 20
# Before a visit nobody travels with more people or questions.
MOST_PEOPLE, MOST_QUESTIONS = 300, 300


def lock_visit(visit: StudyVisit) -> None:
    """Let nobody else move people of a visit until the transaction ends; the row in memory is read anew."""
    visit.refresh_from_db(from_queryset=StudyVisit.objects.select_for_update())


def speakers_for(municipality: int) -> MembershipQuerySet:
    """Return who speaks for a municipality today, by its number."""
    rows = Membership.objects.speaking_for(municipality).filter(user__is_active=True)
    return rows.select_related("user").order_by("pk")


def is_speaker(user: User, municipality: int) -> bool:
    """Tell whether an account speaks for a municipality, by its number."""
    return Municipality.objects.spoken_for_by(user).filter(pk=municipality).exists()


@dataclass
class Places:
    """How the places of one visit are taken, counted once for all its people."""

    capacity: int | None
    # By invitation (None is the ministry): who is named or confirmed, and who of them is confirmed.
    taken: Counter[int | None] = field(default_factory=Counter)
    confirmed: Counter[int | None] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How many people have a place."""
        return self.confirmed.total()

    @property
    def left(self) -> int | None:
        """How many places are left; None where nobody has said how many there are."""
        return None if self.capacity is None else max(self.capacity - self.count, 0)

    @property
    def are_full(self) -> bool:
        return self.left == 0

    @property
    def free(self) -> int | None:
        """How many places are left beside those that people wait to be confirmed for; None as above."""
        return None if self.capacity is None else max(self.capacity - self.taken.total(), 0)

    def has_quota_for(self, attendee: Attendee) -> bool:
        """Tell whether the quota lets somebody who waits have a place; whoever is named counts already."""
        invitation = attendee.invitation
        taken = self.confirmed if attendee.state == PlaceState.NAMED else self.taken
        return invitation is None or taken[invitation.pk] < invitation.places

    def has_room_for(self, invitation: VisitInvitation | None) -> bool:
        """Tell whether one more person of a municipality may go by its quota; the ministry has none."""
        return invitation is None or self.taken[invitation.pk] < invitation.places


def places_of(visit: StudyVisit) -> Places:
    """Count the places of a visit; inside `lock_visit` nobody changes them meanwhile."""
    places = Places(visit.capacity)
    for invitation, state in visit.attendees.values_list("invitation", "state"):
        places.taken[invitation] += state in (PlaceState.NAMED, PlaceState.CONFIRMED)
        places.confirmed[invitation] += state == PlaceState.CONFIRMED
    return places


def next_on_list(visit: StudyVisit, *, but: int = 0, left_by: int | None = None) -> Attendee | None:
    """Return who gets a place that was given up; None where none is free, or nobody waits who may have it.

    Whoever waits to be confirmed is not passed over: their places are not free. Where places are short,
    municipalities of which nobody has one come first, then whoever was named first; else the invitation
    `left_by` whose people left it. Of one municipality its own order counts.
    """
    places = places_of(visit)
    if places.free == 0:
        return None
    waiting = [
        row
        for row in visit.attendees.filter(state=PlaceState.WAITING)
        .exclude(pk=but)
        .select_related("invitation")
        if places.has_room_for(row.invitation)
    ]
    own = [row for row in waiting if left_by and row.invitation_id == left_by]
    if own and places.free != 1:
        waiting = own
    if not waiting:
        return None
    first = min(waiting, key=lambda row: (places.confirmed[row.invitation_id] > 0, row.named_at, row.pk))
    same = [row for row in waiting if row.invitation_id == first.invitation_id]
    return min(same, key=lambda row: (row.priority, row.pk))


def invitations_of(visit: StudyVisit) -> list[VisitInvitation]:
    """Return the invitations to a visit with their people, as the desk lists them."""
    people = Attendee.objects.order_by("priority", "pk").select_related("named_by")
    rows = visit.invitations.for_list().prefetch_related(Prefetch("attendees", people, to_attr="people"))
    return list(rows.order_by("municipality__search_name", "pk"))


def ministry_people(visit: StudyVisit) -> list[Attendee]:
    """Return who goes for the ministry, by name."""
    return list(visit.attendees.filter(invitation=None).order_by("name", "pk")[:MOST_PEOPLE])


def unspoken(invitations: Iterable[VisitInvitation]) -> set[int]:
    """Return the numbers of those municipalities for which nobody speaks, so that nobody was written to."""
    asked = {row.municipality_id for row in invitations}
    rows = Membership.objects.current().filter(municipality__in=asked, user__is_active=True)
    return asked - set(rows.values_list("municipality_id", flat=True))


def who_goes(visit: StudyVisit) -> QuerySet[Attendee]:
    """Return those who have a place, by municipality, as sheets and the page on the spot list them."""
    rows = visit.attendees.filter(state=PlaceState.CONFIRMED).select_related("invitation__municipality")
    return rows.order_by("invitation__municipality__search_name", "name", "pk")


def questions_by_item(visit: StudyVisit) -> list[tuple[str, list[TravelQuestion]]]:
    """Return the questions taken along, by programme item in its order, general ones last."""
    rows = visit.questions.filter(withdrawn_at=None).select_related("municipality", "item", "noted_by")
    questions = list(rows.order_by("pk")[:MOST_QUESTIONS])
    told = [
        (item.title, [row for row in questions if row.item_id == item.pk]) for item in visit.programme.all()
    ]
    told.append((capfirst(_("anywhere on the programme")), [row for row in questions if row.item_id is None]))
    return [(title, rows) for title, rows in told if rows]


def open_for(user: User, municipalities: list[Municipality]) -> QuerySet[VisitInvitation]:
    """Return the invitations of some municipalities to visits that have not begun."""
    rows = VisitInvitation.objects.visible_to(user).filter(municipality__in=municipalities)
    return rows.filter(visit__state__in=COMING).select_related("visit", "municipality")


def tasks(user: User, municipalities: list[Municipality]) -> Iterator[Task]:
    """Return what waits for an official: invitations to answer, and questions to send along."""
    rows = open_for(user, municipalities).order_by("visit__sign_up_until", "pk")
    asked = set(
        TravelQuestion.objects.filter(municipality__in=municipalities, withdrawn_at=None).values_list(
            "visit", "municipality"
        )
    )
    for row in rows[:MOST]:
        names = {"visit": row.visit.name, "name": row.municipality.name}
        if row.state == InvitationState.INVITED and row.visit.takes_names:
            until = row.visit.sign_up_until
            due = timezone.localtime(until).date() if until else None
            title = _("Answer the invitation to a visit: %(visit)s (%(name)s)") % names
            yield Task(title, row.get_my_url(), due)
        elif (row.visit_id, row.municipality_id) not in asked:
            title = _("Send questions to take along: %(visit)s (%(name)s)") % names
            yield Task(title, f"{row.get_my_url()}#questions", row.visit.starts_on)


def to_confirm(_reader: User) -> tuple[str, str, QuerySet[Attendee]]:
    """Return the people who wait to be confirmed at the desk, for municipalities.hooks."""
    rows = Attendee.objects.filter(state=PlaceState.NAMED, visit__state__in=COMING)
    return _("People named for study visits"), reverse("desk-visits"), rows


def my_people(invitation: VisitInvitation) -> list[Attendee]:
    """Return all whom a municipality named: in its order, then substitutes, last those who do not go."""
    return sorted(invitation.attendees.order_by("priority", "pk"), key=rank_of)


def rank_of(attendee: Attendee) -> int:
    """Return where somebody stands among those of their municipality before its own order counts."""
    if attendee.state == PlaceState.WAITING:
        return 1
    return 0 if attendee.state in STANDING else 2


def staff_of_visits() -> QuerySet[User]:
    """Return who at the desk runs visits."""
    return User.objects.who_may(Permission.MANAGE_VISITS)


def is_over(visit: StudyVisit) -> bool:
    """Tell whether nobody is moved on the list of a visit any more."""
    return visit.state not in COMING or visit.state == VisitState.CANCELLED


def own_questions(invitation: VisitInvitation) -> QuerySet[Any]:
    """Return what a municipality sends along, with what was heard."""
    rows = invitation.visit.questions.filter(municipality=invitation.municipality_id, withdrawn_at=None)
    return rows.select_related("item", "asked_by").order_by("pk")
