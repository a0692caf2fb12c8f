from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.duty.queries import (
    absences,
    called,
    covered_by,
    monday_of,
    on_duty,
    stand_ins,
    uncovered,
    with_absence,
)
from accounts.models import User
from tests.factories.accounts import AbsenceFactory, DutyFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_whoever_the_rota_names_for_the_week_is_on_duty():
    jana, _petr = UserFactory(name="Jana"), UserFactory(name="Petr")
    DutyFactory(user=jana)
    assert on_duty() == [jana]


def test_without_a_rota_everybody_who_answers_is_on_duty():
    jana, petr = UserFactory(name="Jana"), UserFactory(name="Petr")
    for others in ({"editor": True}, {"official": True}, {"is_active": False}):
        UserFactory(**others)
    assert on_duty() == [jana, petr]


def test_of_everybody_those_who_are_away_are_left_out():
    jana, petr = UserFactory(name="Jana"), UserFactory(name="Petr")
    AbsenceFactory(user=jana)
    assert on_duty() == [petr]


def test_where_all_are_away_nothing_is_told_to_nobody():
    absences = AbsenceFactory.create_batch(2)
    assert {user.pk for user in on_duty()} == {row.user_id for row in absences}


def test_another_week_has_other_people():
    jana, petr = UserFactory(name="Jana"), UserFactory(name="Petr")
    DutyFactory(user=jana)
    next_week = timezone.localdate() + timedelta(days=7)
    DutyFactory(user=petr, monday=monday_of(next_week))
    assert on_duty(next_week) == [petr]


def test_a_deputy_is_on_duty_for_who_is_away():
    jana, petr = UserFactory(name="Jana"), UserFactory(name="Petr")
    DutyFactory(user=jana)
    AbsenceFactory(user=jana, deputy=petr)
    assert on_duty() == [petr]


def test_somebody_is_away_from_the_first_day_to_the_last():
    today = timezone.localdate()
    row = AbsenceFactory(since=today, until=today)
    found = [row.user_id in absences(today + timedelta(days=days)) for days in (-1, 0, 1)]
    assert found == [False, True, False]


def test_who_is_there_needs_nobody_to_stand_in():
    jana = UserFactory()
    assert stand_ins([jana]) == [jana]


def test_a_deputy_stands_in():
    jana, petr, _other = UserFactory.create_batch(3)
    AbsenceFactory(user=jana, deputy=petr)
    assert stand_ins([jana]) == [jana, petr]


@pytest.mark.parametrize("deputy", ["none", "away", "disabled"])
def test_without_a_deputy_who_is_there_whoever_is_on_duty_stands_in(deputy):
    jana, petr, eva = UserFactory.create_batch(3)
    DutyFactory(user=eva)
    AbsenceFactory(user=jana, deputy=None if deputy == "none" else petr)
    if deputy == "away":
        AbsenceFactory(user=petr)
    if deputy == "disabled":
        petr.is_active = False
        petr.save()
    assert stand_ins([jana]) == [jana, eva]


def test_nobody_stands_there_twice():
    jana, petr = UserFactory.create_batch(2)
    AbsenceFactory(user=jana, deputy=petr)
    assert stand_ins([jana, petr]) == [jana, petr]


def test_whom_somebody_covers_follows_the_same_rule():
    jana, petr, eva = UserFactory(name="Jana"), UserFactory(name="Petr"), UserFactory(name="Eva")
    DutyFactory(user=eva)
    with_deputy, without = AbsenceFactory(user=jana, deputy=petr), AbsenceFactory()
    assert covered_by(petr, absences()) == [with_deputy]
    assert covered_by(eva, absences()) == [without]
    assert covered_by(jana, absences()) == []


def test_whom_nobody_stands_in_for_is_uncovered():
    jana, petr, eva = UserFactory(name="Jana"), UserFactory(name="Petr"), UserFactory(name="Eva")
    AbsenceFactory(user=jana, deputy=petr)
    assert uncovered(absences()) == []
    AbsenceFactory(user=petr, deputy=eva)
    assert uncovered(absences()) == [jana]


def test_who_is_away_is_called_with_who_stands_in():
    jana, petr = UserFactory(name="Jana"), UserFactory(name="Petr")
    AbsenceFactory(user=jana, deputy=petr)
    people = with_absence(User.objects.order_by("name")).in_bulk()
    assert called(people[petr.pk], people) == "Petr"
    assert "Jana" in called(people[jana.pk], people)
    assert "Petr" in called(people[jana.pk], people)
    AbsenceFactory(user=petr)
    people = with_absence(User.objects.order_by("name")).in_bulk()
    assert "Petr" not in called(people[jana.pk], people)
