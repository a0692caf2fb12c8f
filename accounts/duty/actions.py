"""Who is on duty in a week, and who is away: written by coordinators, one's own absence by everybody."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.duty.queries import colleagues, monday_of
from accounts.models import Absence, Duty, User
from accounts.permissions import Permission
from core import audit
from core.states import refuse_for, update, verb
from core.templatetags.ui import day as in_words


def reasons_against_filling(*, by: User) -> list[str]:
    """Return why `by` does not fill the rota; empty when they do."""
    return by.reasons_without(Permission.MANAGE_MEMBERSHIPS, _("Your role does not fill the rota."))


@verb(against=reasons_against_filling)
def set_week(monday: date, *, users: Iterable[User], seen: Iterable[int], by: User) -> None:
    """Let exactly these be on duty in a week. Raises Refused, too, when others than `seen` are by now."""
    wanted, week = {user.pk for user in users}, Duty.objects.filter(monday=monday)
    there = week.filter(user__in=colleagues()).select_for_update(of=("self",))
    before = set(there.values_list("user", flat=True))
    names = {"day": in_words(monday)}
    if monday < monday_of(timezone.localdate()):
        refuse_for([_("The week from %(day)s is over.") % names])
    if before != set(seen):
        refuse_for([_("Somebody else has changed the week from %(day)s meanwhile.") % names])
    week.exclude(user__in=wanted).delete()
    new = [Duty(monday=monday, user_id=pk) for pk in sorted(wanted - before)]
    Duty.objects.bulk_create(new, ignore_conflicts=True)
    audit.record("duty.set_week", by, by=by, monday=monday.isoformat(), users=sorted(wanted))


def reasons_against_writing(user: User, *, by: User) -> list[str]:
    """Return why `by` cannot write when somebody is away; empty when they can."""
    if user == by:
        return by.reasons_without(Permission.VIEW_DESK, _("Your role does not work at the desk."))
    sentence = _("You write your own absence only; those of others are a coordinator’s.")
    return by.reasons_without(Permission.MANAGE_MEMBERSHIPS, sentence)


@verb(against=reasons_against_writing)
def write_absence(user: User, *, since: date, until: date, deputy: User | None, by: User) -> Absence:
    """Write that somebody is away, and who stands in. Raises Refused, too, where the days do not fit."""
    refuse_for(_reasons_of_days(user, since, until, deputy))
    absence = Absence.objects.create(user=user, since=since, until=until, deputy=deputy, written_by=by)
    audit.record("absence.write", absence, by=by, **_told(absence))
    return absence


def reasons_against_changing(absence: Absence, *, by: User) -> list[str]:
    """Return why `by` cannot change an absence; empty when they can."""
    return reasons_against_writing(absence.user, by=by)


@verb(against=reasons_against_changing)
def change_absence(absence: Absence, *, since: date, until: date, deputy: User | None, by: User) -> None:
    """Put an absence right. Raises Refused, too, where the days do not fit."""
    refuse_for(_reasons_of_days(absence.user, since, until, deputy, but=absence.pk))
    _change(absence, "absence.change", by, since=since, until=until, deputy=deputy)


def reasons_against_ending(absence: Absence, *, by: User) -> list[str]:
    """Return why `by` cannot end an absence early; empty when they can."""
    reasons, today = reasons_against_changing(absence, by=by), timezone.localdate()
    if not absence.since < today <= absence.until:
        reasons.append(_("There is nothing to end early. Change the days, or remove them."))
    return reasons


@verb(against=reasons_against_ending)
def end_absence(absence: Absence, *, by: User) -> None:
    """Say that somebody is back today."""
    _change(absence, "absence.end", by, until=timezone.localdate() - timedelta(days=1))


@verb(against=reasons_against_changing)
def remove_absence(absence: Absence, *, by: User) -> None:
    """Take away what was written by mistake, or did not come about."""
    audit.record("absence.remove", absence, by=by, **_told(absence))
    absence.delete()


def _change(absence: Absence, name: str, by: User, **columns: object) -> None:
    seen = {column: getattr(absence, column) for column in ("since", "until", "deputy_id")}
    update(absence, also=columns, seen=seen)
    audit.record(name, absence, by=by, **_told(absence))


def _told(absence: Absence) -> dict[str, object]:
    days = {"since": absence.since.isoformat(), "until": absence.until.isoformat()}
    return {**days, "user": absence.user_id, "deputy": absence.deputy_id}


def _reasons_of_days(
    user: User, since: date, until: date, deputy: User | None, *, but: int | None = None
) -> list[str]:
    if until < since:
        return [_("The last day lies before the first one.")]
    if until < timezone.localdate():
        return [_("These days are over already.")]
    own = Absence.objects.meeting(since, until).filter(user=user).exclude(pk=but or 0).first()
    return [*_reasons_of_own(own), *_reasons_of_deputy(user, since, until, deputy)]


def _reasons_of_own(own: Absence | None) -> list[str]:
    if own is None:
        return []
    words = _("There is an absence from %(since)s to %(until)s already. Change that one.")
    return [words % {"since": in_words(own.since), "until": in_words(own.until)}]


def _reasons_of_deputy(user: User, since: date, until: date, deputy: User | None) -> list[str]:
    if deputy is None:
        return []
    if deputy == user:
        return [_("Somebody else has to stand in.")]
    if not deputy.has(Permission.ANSWER_REQUEST):
        return [_("%(name)s does not answer requests.") % {"name": deputy.name}]
    # On some of the days only, whoever is on duty stands in; the page says so.
    if Absence.objects.filter(user=deputy, since__lte=since, until__gte=until).exists():
        words = _("%(name)s is away then, too. Choose somebody else, or leave it to whoever is on duty.")
        return [words % {"name": deputy.name}]
    return []
