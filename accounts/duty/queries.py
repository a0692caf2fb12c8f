"""Who is on duty, who is away, and who stands in for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Absence, Duty, User
from accounts.permissions import Permission
from core.templatetags.ui import day as in_words

# The rota shows so many weeks that have passed, and so many from this one on.
PAST_WEEKS, COMING_WEEKS = 4, 8
# So many absences that are to come are shown.
ABSENCES = 100


# The absences of one day, by the number of who is away.
Away = dict[int, Absence]


def monday_of(day: date) -> date:
    """Return the Monday with which the week of a day begins."""
    return day - timedelta(days=day.weekday())


def colleagues() -> QuerySet[User]:
    """Return everybody who answers requests, by name: who can be on duty and stand in for a colleague."""
    return User.objects.who_may(Permission.ANSWER_REQUEST)


def named_on_duty(day: date | None = None) -> list[User]:
    """Return those whom the rota names for the week of a day (today), away or not, by name."""
    monday = monday_of(day or timezone.localdate())
    duties = Duty.objects.filter(monday=monday).values("user")
    return list(colleagues().filter(pk__in=duties))


def on_duty(day: date | None = None, *, away: Away | None = None) -> list[User]:
    """Return who is told of what comes in on a day (today); `away` are its absences, where they are known.

    For somebody who is away their deputy counts. Where that leaves nobody it is everybody who answers
    requests, so that nothing waits unseen.
    """
    away = absences(day) if away is None else away
    there = [user for named in named_on_duty(day) if (user := _there(named, away))]
    if there:
        return list(dict.fromkeys(there))
    everybody = list(colleagues())
    return [user for user in everybody if user.pk not in away] or everybody


def absences(day: date | None = None) -> Away:
    """Return the absences of a day (today), by the number of who is away."""
    rows = Absence.objects.on(day or timezone.localdate()).select_related("user", "deputy")
    return {row.user_id: row for row in rows.order_by("-pk")}


def stand_ins(users: Iterable[User], day: date | None = None) -> list[User]:
    """Return the users and, for each who is away, their deputy; without one, whoever is on duty."""
    users, away = list(users), absences(day)
    found = [*users]
    for user in users:
        if user.pk in away:
            deputy = _there(user, away)
            found += [deputy] if deputy else on_duty(day, away=away)
    return list(dict.fromkeys(found))


def named_as_deputy_by(user: User) -> QuerySet[Any, Any]:
    """Return the numbers of those who are away today and whose deputy is a user, to be a subquery."""
    return Absence.objects.on(timezone.localdate()).filter(deputy=user).order_by().values("user")


def uncovered(away: Away) -> list[User]:
    """Return who is away without anybody standing in: theirs is everybody's on duty."""
    return [row.user for row in away.values() if _there(row.user, away) is None]


def with_absence(users: QuerySet[User], day: date | None = None) -> QuerySet[User]:
    """Add to accounts until when each is away on a day (today), and the number of who stands in."""
    rows = Absence.objects.on(day or timezone.localdate()).filter(user=OuterRef("pk")).order_by("-pk")
    return users.annotate(
        away_until=Subquery(rows.values("until")[:1]), deputy=Subquery(rows.values("deputy")[:1])
    )


def called(user: Any, others: Mapping[int, Any]) -> str:
    """Return a name and, of somebody who is away, who stands in; all come from `with_absence`, by number."""
    if user.away_until is None:
        return str(user.name)
    names = {"name": user.name, "day": in_words(user.away_until)}
    deputy = others.get(user.deputy)
    if deputy is None or deputy.away_until:
        return _("%(name)s (away until %(day)s; whoever is on duty stands in)") % names
    return _("%(name)s (away until %(day)s; %(deputy)s stands in)") % {**names, "deputy": deputy.name}


def covered_by(user: User, away: Away) -> list[Absence]:
    """Return today's absences in which somebody stands in: as deputy, or on duty."""
    on_duty_too = bool(uncovered(away)) and user in on_duty(away=away)
    return [
        row
        for row in away.values()
        if row.user_id != user.pk
        and ((deputy := _there(row.user, away)) == user or (not deputy and on_duty_too))
    ]


@dataclass
class Week:
    """One week of the rota: who is on duty, and who of them is away on some of its days."""

    monday: date
    users: list[User]
    away: list[Absence]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def is_now(self) -> bool:
        return self.monday == monday_of(timezone.localdate())

    @property
    def is_over(self) -> bool:
        return self.monday < monday_of(timezone.localdate())


def rota() -> list[Week]:
    """Return the weeks of the rota, the oldest first; past ones only where they named somebody."""
    now, able = monday_of(timezone.localdate()), {user.pk: user for user in colleagues()}
    mondays = [now + timedelta(weeks=number) for number in range(-PAST_WEEKS, COMING_WEEKS)]
    named: dict[date, list[int]] = {monday: [] for monday in mondays}
    for monday, pk in Duty.objects.filter(monday__in=mondays).values_list("monday", "user"):
        named[monday].append(pk)
    away = coming_absences()
    weeks = [_week(monday, [able[pk] for pk in able if pk in named[monday]], away) for monday in mondays]
    return [week for week in weeks if week.users or not week.is_over]


def _week(monday: date, users: list[User], away: list[Absence]) -> Week:
    week = Week(monday, users, [])
    week.away = [row for row in away if row.user in users and row.meets(monday, week.sunday)]
    return week


def coming_absences() -> list[Absence]:
    """Return who is away now or will be, the soonest first."""
    rows = Absence.objects.filter(until__gte=timezone.localdate(), user__is_active=True)
    return list(rows.select_related("user", "deputy").order_by("since", "pk")[:ABSENCES])


def deputies_away(absences: list[Absence]) -> list[tuple[Absence, Absence]]:
    """Return each absence whose deputy is away on some of its days, with the absence of the deputy."""
    return [
        (row, other)
        for row in absences
        for other in absences
        if row.deputy_id == other.user_id and other.meets(row.since, row.until)
    ]


def _there(user: User, away: Away) -> User | None:
    """Return the user, or the deputy of one who is away; None where nobody of them is there."""
    if user.pk not in away:
        return user
    deputy = away[user.pk].deputy
    answers = deputy is not None and deputy.has(Permission.ANSWER_REQUEST)
    return deputy if deputy and answers and deputy.pk not in away else None
