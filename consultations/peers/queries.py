"""Whom to ask among the municipalities: those like the request's, with what they still have time for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import PERMISSIONS_OF, Permission
from consultations.models import PeerQuestion, SupportRequest
from municipalities.choices import Approach
from municipalities.hooks import Task
from municipalities.models import Membership, Municipality
from municipalities.places.similar import Alike, Match

OFFERED = 12
EXCERPT = 160
# The officials of no municipality are more than this.
MOST_OFFICIALS = 50
_SPEAKERS = [role for role, may in PERMISSIONS_OF.items() if Permission.SPEAK_FOR_MUNICIPALITY in may]


def askers_of(case: SupportRequest) -> set[int]:
    """Return the municipalities that a request comes from or is about, as far as anything suggests it."""
    places = (case.municipality_id, case.requester.municipality_id, case.guessed_municipality_id)
    return {place for place in places if place}


def speaking() -> Any:
    """Return the memberships in force of people who may sign in and speak for their municipality."""
    return Membership.objects.current().filter(user__is_active=True, user__role__in=_SPEAKERS)


def officials_for(municipality: Municipality, case: SupportRequest) -> list[User]:
    """Return who may read and answer a question: the municipality's officials today.

    Whoever speaks for the asking municipality, too, is left out: they could tell whom it is about.
    """
    there = speaking().filter(municipality__in=askers_of(case)).values("user")
    rows = speaking().filter(municipality=municipality).exclude(user__in=there)
    return [row.user for row in rows.select_related("user").order_by("pk")[:MOST_OFFICIALS]]


def asked_in_month(municipalities: Collection[int], day: date) -> dict[int, int]:
    """Return how many questions each municipality got in the calendar month of a day."""
    rows = PeerQuestion.objects.in_month(day).filter(municipality__in=municipalities).order_by()
    return dict(rows.values_list("municipality").annotate(count=Count("pk")))


def left_words(municipality: Municipality, asked: int) -> str:
    """Say how many questions a municipality, asked so many, can still be asked this month."""
    left = max(0, municipality.help_limit - asked)
    words = ngettext("%(count)s question left this month", "%(count)s questions left this month", left)
    return words % {"count": left}


@dataclass(frozen=True)
class Colleague:
    """A municipality that could help: why it fits, and how many questions it got this month."""

    match: Match
    asked: int

    @property
    def left_words(self) -> str:
        return left_words(self.match.municipality, self.asked)

    @property
    def reasons_against(self) -> list[str]:
        return reasons_of_limit(self.match.municipality.help_limit, self.asked)


def approach_for(case: SupportRequest) -> str:
    """Return what leads the way where a request names no municipality to compare with: its topic."""
    of_topic = "" if case.municipality_id or not case.topic else case.topic.slug.replace("-", "_")
    return of_topic if of_topic in Approach.values else ""


def colleagues_for(case: SupportRequest, *, approach: str) -> list[Colleague]:
    """Return who fits a request best, first whoever can be asked now, in queries that do not grow."""
    speakers = set(speaking().values_list("municipality", flat=True).distinct()[:400])
    alike = Alike(case.municipality, approach=approach, also=speakers, without=askers_of(case))
    matches = [match for match in alike.experienced if match.municipality.pk in speakers]
    asked = asked_in_month(speakers, timezone.localdate()) if matches else {}
    found = [Colleague(match, asked.get(match.municipality.pk, 0)) for match in matches]
    return sorted(found, key=lambda colleague: bool(colleague.reasons_against))[:OFFERED]


def reasons_of_limit(limit: int, asked: int) -> list[str]:
    """Return why a municipality with this monthly limit cannot be asked once more; empty when it can."""
    if limit == 0:
        return [_("It does not take questions now.")]
    if asked >= limit:
        return [_("It has used up its limit for this month (%(limit)s).") % {"limit": limit}]
    return []


def part(municipality: Municipality) -> dict[str, Any] | None:
    """Return the part of a municipality's page on how often it helped others; None where it did not."""
    count = PeerQuestion.objects.answered().filter(municipality=municipality).count()
    return {"count": count} if count else None


def tasks(user: User, municipalities: list[Municipality]) -> list[Task]:
    """Return the questions that wait for a municipality's officials, for their overview."""
    rows = PeerQuestion.objects.visible_to(user).pending().filter(municipality__in=municipalities)
    waiting = rows.order_by("due_on", "pk")[:MOST_OFFICIALS]
    title = _("Help others: a question waits for your experience")
    return [
        Task(title, row.get_my_url(), row.due_on, Truncator(row.question).chars(EXCERPT))
        for row in waiting
        if not row.is_past_its_end
    ]


def names_of(places: Iterable[Municipality | None]) -> tuple[str, ...]:
    """Return every name that municipalities go by, Czech and English, each once."""
    known = (name for place in places if place for name in (place.name, place.name_en) if name)
    return tuple(dict.fromkeys(known))
