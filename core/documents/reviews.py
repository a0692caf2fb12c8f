"""Days on which published texts are looked at again: spread over the year, told before, put off."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.documents import care
from core.documents.choices import OPEN, State
from core.documents.emails import title_of
from core.documents.kind import Kind, kinds
from core.notices import kinds as notices
from core.notices.actions import tell
from core.notices.kinds import How
from core.notices.models import Notice
from core.schedule import add_working_days, is_working_day
from core.states import refuse_for, update
from core.views.paging import whole_number

# A text is looked at a year later, on that of the days after with the fewest others.
AFTER, WITHIN = timedelta(days=365), timedelta(days=28)
# So many days before it is due its people are told, and on the day.
BEFORE = (30, 7, 0)
MONTHS = (1, 3, 6)
SOON, DUE = "documents/review_soon", "documents/review_due"


def register(*, view: str) -> None:
    """Say which permission it takes to be told of texts that one looks after; in an app's `ready()`."""
    soon = notices.Kind(
        key=SOON,
        label=gettext_lazy("A text of mine is to be checked soon"),
        sentence=gettext_lazy("To be checked within %(days)s days: “%(title)s”."),
        permission=view,
        usual=How.DIGEST,
    )
    due = notices.Kind(
        key=DUE,
        label=gettext_lazy("A text of mine is to be checked now"),
        sentence=gettext_lazy("To be checked now: “%(title)s”."),
        permission=view,
        usual=How.DIGEST,
    )
    notices.add(soon, due, under=gettext_lazy("Texts that I look after"))


# Spread -----------------------------------------------------------------------


def proposed_day() -> date:
    """Return when a text that is right today is to be looked at again, so that not all come at once."""
    first = timezone.localdate() + AFTER
    days = [first + timedelta(days=number) for number in range(WITHIN.days)]
    working = [day for day in days if is_working_day(day)]
    taken = Counter(_days_between(days[0], days[-1]))
    return min(working, key=lambda day: (taken[day], day))


def _days_between(first: date, last: date) -> Iterable[date]:
    """Return the review dates of all texts in a stretch of days, in one query."""
    states = (*OPEN, State.PUBLISHED)
    rows = [
        _editions(kind).filter(review_on__range=(first, last), state__in=states).order_by()
        for kind in kinds()
    ]
    days = [found.values_list("review_on", flat=True) for found in rows]
    return days[0].union(*days[1:], all=True)


def _editions(kind: Kind) -> Any:
    edition: Any = kind.edition
    return edition.objects


# Due --------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """A published text whose review date has come."""

    kind: Kind
    edition: Any

    @property
    def key(self) -> str:
        """How a form names it, with the version that was seen."""
        return f"{self.kind.name}-{self.edition.pk}-{self.edition.version}"


def due(condition: Q, *, kind: str = "", most: int) -> list[Due]:
    """Return what is due, the longest first: at most so many, of one kind or all, in a query a kind.

    `condition` is one on editions; see care.looked_after_by.
    """
    asked = [one for one in kinds() if kind in ("", one.name)]
    found = [Due(one, row) for one in asked for row in _due(one).filter(condition)[:most]]
    return sorted(found, key=lambda row: (row.edition.review_on, row.key))[:most]


def _due(kind: Kind) -> Any:
    rows = _editions(kind).published().filter(review_on__lte=timezone.localdate())
    return rows.select_related("document__owner", "document__deputy").order_by("review_on", "pk")


def numbers_due(condition: Q) -> list[Any]:
    """Return the numbers of editions that are due, kind by kind, to be counted in one query."""
    return [_due(kind).filter(condition).order_by().values("pk") for kind in kinds()]


def named(key: str, *, by: Any) -> Due | None:
    """Return the published text that a form names, as it was seen; None when there is none."""
    name, pk, version = (*key.rsplit("-", 2), "", "")[:3]
    kind = next((one for one in kinds() if one.name == name), None)
    number, seen = whole_number(pk), whole_number(version)
    if kind is None or number is None or seen is None:
        return None
    edition = _editions(kind).visible_to(by).published().filter(pk=number).first()
    if edition is None:
        return None
    edition.version = seen
    return Due(kind, edition)


@transaction.atomic
def put_off(rows: Iterable[Due], *, months: int, by: Any) -> None:
    """Let texts be looked at so many months later, on a day on which offices work.

    Raises Refused for none, or for those of a kind that `by` does not write; Conflict when one changed.
    """
    rows = list(rows)
    reasons = [] if rows else [_("Choose the texts first.")]
    if any(not by.has(row.kind.may.write) for row in rows):
        reasons.append(_("Your role does not write all of these texts."))
    refuse_for(reasons)
    for row in rows:
        before = row.edition.review_on
        day = later(max(before or timezone.localdate(), timezone.localdate()), months)
        update(row.edition, also={"review_on": day})
        audit.record("edition.put_off", row.edition, by=by, day=day.isoformat(), months=months)


def later(day: date, months: int) -> date:
    """Return the working day so many months after a day, or the next one after that."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    there = date(day.year + years, month + 1, min(day.day, last))
    return there if is_working_day(there) else add_working_days(there, 1)


# Told before --------------------------------------------------------------------


def tell_of_reviews() -> None:
    """Tell who looks after texts that they are to be checked soon, or now; of each day once."""
    today = timezone.localdate()
    for kind in kinds():
        until = today + timedelta(days=BEFORE[0])
        rows = _editions(kind).published().filter(review_on__range=(today - timedelta(days=7), until))
        rows = list(rows.select_related("document__owner", "document__deputy").order_by("review_on", "pk"))
        told = _told(rows)
        for edition in rows:
            days = _step(edition, today)
            if days is not None and (edition.pk, edition.review_on.isoformat(), days) not in told:
                _tell(edition, days)


def _step(edition: Any, today: date) -> int | None:
    """Return how many days before it is due is told now; None for a text that was published since then."""
    left = (edition.review_on - today).days
    days = min(number for number in BEFORE if left <= number)
    began = edition.review_on - timedelta(days=days)
    return days if timezone.localdate(edition.published_at) < began else None


def _told(rows: Iterable[Any]) -> set[tuple[int, str, int]]:
    """Return what was told of some editions: number, day, and how many days before."""
    rows = list(rows)
    if not rows:
        return set()
    about = {"about_kind": rows[0]._meta.model_name, "about_id__in": [row.pk for row in rows]}
    found = Notice.objects.filter(kind__in=(SOON, DUE), **about)
    return set(found.values_list("about_id", "words__day", "words__days"))


def _tell(edition: Any, days: int) -> None:
    document = edition.document
    told = {SOON if days else DUE: care.told([document.owner, document.deputy])}
    words = {"day": edition.review_on.isoformat(), "days": days, **title_of(edition)}
    tell(edition, told, link=document.get_desk_url, **words)


def again(edition: Any) -> date | None:
    """Return when the next edition of a text is to be looked at: anew, where the day has nearly come."""
    day: date | None = edition.review_on
    is_near = day is not None and day <= timezone.localdate() + timedelta(days=BEFORE[0])
    return proposed_day() if is_near else day
