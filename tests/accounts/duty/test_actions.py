"""The rota and absences: who writes them, and what does not fit is said in a sentence."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from accounts.duty.actions import (
    change_absence,
    end_absence,
    reasons_against_ending,
    remove_absence,
    set_week,
    write_absence,
)
from accounts.duty.queries import named_on_duty
from accounts.models import Absence, User
from core import audit
from core.states import Refused
from tests.factories.accounts import AbsenceFactory, DutyFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

MONDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 4)


@pytest.fixture(autouse=True)
def _on_a_monday() -> Iterator[None]:
    with time_machine.travel("2026-11-30 09:00+01:00", tick=False):
        yield


@pytest.fixture
def boss() -> User:
    return UserFactory(coordinator=True)


@pytest.fixture
def jana() -> User:
    return UserFactory(name="Jana")


def test_a_week_has_exactly_those_that_are_ticked(boss: User, jana: User) -> None:
    petr = UserFactory(name="Petr")
    set_week(MONDAY, users=[jana, petr], seen=[], by=boss)
    assert named_on_duty() == [jana, petr]
    set_week(MONDAY, users=[petr], seen=[jana.pk, petr.pk], by=boss)
    assert named_on_duty() == [petr]
    entry = audit.entries_of(boss).last()
    assert entry.details == {"monday": "2026-11-30", "users": [petr.pk]}


def test_who_fills_a_week_that_somebody_has_changed_is_told_so(boss: User, jana: User) -> None:
    DutyFactory(user=jana)
    with pytest.raises(Refused, match="Somebody else has changed the week"):
        set_week(MONDAY, users=[boss], seen=[], by=boss)
    assert named_on_duty() == [jana]


def test_who_has_left_is_in_nobodys_way(boss: User, jana: User) -> None:
    DutyFactory(user=UserFactory(is_active=False))
    set_week(MONDAY, users=[jana], seen=[], by=boss)
    assert named_on_duty() == [jana]


def test_a_week_that_is_over_stays(boss: User, jana: User) -> None:
    with pytest.raises(Refused, match="is over"):
        set_week(date(2026, 11, 23), users=[jana], seen=[], by=boss)


@pytest.mark.parametrize("role", ["consultant", "editor"])
def test_others_do_not_fill_the_rota(role: str) -> None:
    with pytest.raises(Refused, match="does not fill the rota"):
        set_week(MONDAY, users=[], seen=[], by=UserFactory(role=role))


def test_everybody_writes_their_own_absence_and_coordinators_anybodys(boss: User, jana: User) -> None:
    write_absence(jana, since=MONDAY, until=FRIDAY, deputy=boss, by=jana)
    write_absence(boss, since=date(2026, 12, 7), until=date(2026, 12, 8), deputy=jana, by=boss)
    absence = write_absence(UserFactory(), since=MONDAY, until=FRIDAY, deputy=None, by=boss)
    with pytest.raises(Refused, match="your own absence only"):
        change_absence(absence, since=MONDAY, until=MONDAY, deputy=None, by=jana)
    with pytest.raises(Refused, match="your own absence only"):
        write_absence(boss, since=MONDAY, until=FRIDAY, deputy=None, by=jana)


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        (FRIDAY, MONDAY, "The last day lies before the first one."),
        (date(2026, 11, 1), date(2026, 11, 29), "These days are over already."),
        (FRIDAY, date(2026, 12, 10), "There is an absence from"),
    ],
)
def test_days_that_do_not_fit(jana: User, since: date, until: date, sentence: str) -> None:
    AbsenceFactory(user=jana, since=MONDAY, until=FRIDAY)
    with pytest.raises(Refused, match=sentence):
        write_absence(jana, since=since, until=until, deputy=None, by=jana)


def test_a_deputy_is_somebody_else_who_answers_and_is_there(jana: User) -> None:
    petr = UserFactory(name="Petr")
    AbsenceFactory(user=petr, since=MONDAY, until=FRIDAY)
    for deputy, sentence in ((jana, "Somebody else"), (UserFactory(editor=True), "does not answer"),
                             (petr, "Petr is away then, too")):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            write_absence(jana, since=MONDAY, until=FRIDAY, deputy=deputy, by=jana)
    # On some of the days only: the page says it, and whoever is on duty stands in.
    write_absence(jana, since=MONDAY, until=date(2026, 12, 11), deputy=petr, by=jana)


def test_an_absence_is_put_right_without_meeting_itself(jana: User) -> None:
    absence = AbsenceFactory(user=jana, since=MONDAY, until=FRIDAY)
    change_absence(absence, since=MONDAY, until=date(2026, 12, 11), deputy=None, by=jana)
    absence.refresh_from_db()
    assert absence.until == date(2026, 12, 11)


def test_who_is_back_early_is_there_from_today(jana: User) -> None:
    absence = AbsenceFactory(user=jana, since=date(2026, 11, 23), until=FRIDAY)
    end_absence(absence, by=jana)
    absence.refresh_from_db()
    assert absence.until == date(2026, 11, 29)
    assert reasons_against_ending(absence, by=jana) != []


def test_what_begins_today_is_removed_instead(jana: User) -> None:
    absence = AbsenceFactory(user=jana, since=MONDAY, until=FRIDAY)
    assert reasons_against_ending(absence, by=jana) != []
    remove_absence(absence, by=jana)
    assert not Absence.objects.exists()
