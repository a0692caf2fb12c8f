"""What officials are told of lessons: that some wait for an answer, and that we ask what came of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from core.notices.actions import tell
from core.notices.kinds import How, Kind
from municipalities.models import Membership
from visits.models import Outcome, Proposal, StudyVisit

PROPOSED, ASKED = "visits/lessons", "visits/outcomes"

KINDS = (
    Kind(
        key=PROPOSED,
        label=_("Lessons of a study visit wait for our answer"),
        sentence=_("Lessons of a study visit wait for your answer: %(title)s, %(municipality)s."),
        permission=Permission.SPEAK_FOR_MUNICIPALITY,
        usual=How.AT_ONCE,
        template=PROPOSED,
    ),
    Kind(
        key=ASKED,
        label=_("The Contact Centre asks what came of lessons"),
        sentence=_("The Contact Centre asks what came of lessons: %(title)s, %(municipality)s."),
        permission=Permission.SPEAK_FOR_MUNICIPALITY,
        usual=How.AT_ONCE,
        template=ASKED,
    ),
)


def proposed(proposals: Iterable[Proposal], *, by: User) -> None:
    """Tell the officials of each municipality once that lessons of a report wait for them."""
    by_place: dict[int, list[Proposal]] = defaultdict(list)
    for row in proposals:
        by_place[row.municipality_id].append(row)
    officials = _officials(by_place)
    for place, rows in by_place.items():
        _tell(PROPOSED, rows, officials[place], by=by, answer_by=rows[0].answer_by)


def asked(outcomes: Sequence[Outcome]) -> None:
    """Tell the officials of one municipality once that we ask what came of some lessons."""
    first, place = outcomes[0], outcomes[0].proposal.municipality_id
    words = {"months": first.months, "answer_by": first.answer_by}
    _tell(ASKED, [row.proposal for row in outcomes], _officials([place])[place], by=None, **words)


def _tell(kind: str, rows: Sequence[Proposal], officials: list[User], *, by: Any, **words: Any) -> None:
    first = rows[0]
    link: Callable[[], str] = first.get_my_url
    named = {**name_of(first.lesson.report.visit), "municipality": first.municipality.name}
    tell(first, {kind: officials}, link=link, by=by, count=len(rows), **named, **words)


def name_of(visit: StudyVisit) -> dict[str, str]:
    """Return which visit a notice is about, by language."""
    with translation.override("cs"):
        names = {"title": visit.name}
    with translation.override("en"):
        return {**names, "title_en": visit.name}


def _officials(places: Iterable[int]) -> dict[int, list[User]]:
    """Return who speaks for each municipality today."""
    found: dict[int, list[User]] = defaultdict(list)
    rows = Membership.objects.current().filter(municipality__in=list(places), user__is_active=True)
    for row in rows.select_related("user").order_by("pk"):
        found[row.municipality_id].append(row.user)
    return found
