"""Whoever looks after a material is reminded of its contracts."""

from datetime import date

import pytest
import time_machine

from core.notices.models import Notice
from core.outbox.mail import OutgoingMail
from studies.plan import tasks
from studies.plan.actions import contracts
from tests.factories.accounts import AbsenceFactory, UserFactory
from tests.factories.studies import ContractFactory, MaterialFactory

pytestmark = pytest.mark.django_db


def told():
    return sorted(Notice.objects.values_list("receiver__name", "kind"))


def test_the_owner_is_reminded_two_weeks_before_and_on_the_day_each_once():
    owner = UserFactory(name="Olga Pečlivá", role="consultant")
    UserFactory(name="Petr Jiný", role="consultant")
    with time_machine.travel("2027-03-01T12:00:00Z"):
        words = {"supplier": "Jana Autorská", "due_on": date(2027, 4, 1)}
        contracts.add(MaterialFactory(owner=owner), words=words, by=UserFactory())
        assert tasks.look_after_contracts.next_at().date() == date(2027, 3, 18)
    counts = {}
    for day in ("03-17", "03-18", "03-19", "04-01", "04-02"):
        with time_machine.travel(f"2027-{day}T09:00:00Z"):
            tasks.look_after_contracts.call()
            tasks.look_after_contracts.call()
            counts[day] = len(told())
    assert counts == {"03-17": 0, "03-18": 1, "03-19": 1, "04-01": 2, "04-02": 2}
    assert told() == [("Olga Pečlivá", "materials/contract_due"), ("Olga Pečlivá", "materials/contract_soon")]
    assert "Autorská" not in OutgoingMail.objects.get().text


def test_what_is_delivered_reminds_nobody_and_what_nobody_looks_after_all_who_may():
    UserFactory(name="Petr Jiný", role="consultant")
    day = date(2027, 4, 1)
    ContractFactory(due_on=day, next_step_on=day, delivered_on=date(2027, 3, 1))
    ContractFactory(due_on=day, next_step_on=day, material__owner=None)
    with time_machine.travel("2027-04-01T09:00:00Z"):
        tasks.look_after_contracts.call()
    assert ("Petr Jiný", "materials/contract_due") in told()
    assert len(told()) == len({name for name, _kind in told()})


def test_for_an_owner_who_is_away_the_deputy_is_told_too():
    owner, deputy = UserFactory(name="Olga", role="editor"), UserFactory(name="Dana", role="editor")
    AbsenceFactory(user=owner, since=date(2027, 3, 30), until=date(2027, 4, 5))
    material = MaterialFactory(owner=owner, deputy=deputy)
    ContractFactory(material=material, due_on=date(2027, 4, 1), next_step_on=date(2027, 4, 1))
    with time_machine.travel("2027-04-01T09:00:00Z"):
        tasks.look_after_contracts.call()
    assert {name for name, _kind in told()} == {"Olga", "Dana"}
