"""Tests of the contracts on a material: what is refused, what its history says, who may."""

from datetime import date

import pytest
import time_machine
from django.utils import translation

from accounts.permissions import Role
from core.states import Conflict, Refused
from studies.models import Contract
from studies.plan.actions import contracts
from tests.factories.accounts import UserFactory
from tests.factories.studies import ContractFactory, MaterialFactory
from tests.verbs import written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def editor():
    return UserFactory(role=Role.EDITOR)


@time_machine.travel("2027-03-01T12:00:00Z")
def test_a_contract_is_written_down_changed_and_taken_off(editor):
    material = MaterialFactory()
    words = {"supplier": "Jana Autorská", "due_on": date(2027, 4, 1)}
    row = contracts.add(material, words=words, by=editor)
    assert row.next_step_on == date(2027, 3, 18)
    assert contracts.change(row, words={"due_on": date(2027, 3, 10)}, version=1, by=editor)
    assert row.next_step_on == date(2027, 3, 10)
    assert not contracts.change(row, words={"supplier": "Jana Autorská"}, version=2, by=editor)
    contracts.change(row, words={"delivered_on": date(2027, 2, 27)}, version=2, by=editor)
    assert row.next_step_on is None
    contracts.remove(row, version=3, by=editor)
    assert not Contract.objects.exists()
    verbs = [verb for verb, _by, _details in written(material)]
    assert verbs == [
        "material.contract_add", *["material.contract_change"] * 2, "material.contract_remove",
    ]  # fmt: skip
    assert "Autorská" not in str(written(material))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"signed_on": date(2027, 3, 2), "due_on": date(2027, 3, 1)}, "It is due before it is signed"),
        ({"delivered_on": date(2099, 1, 1)}, "This day is yet to come"),
    ],
)
def test_what_is_wrong_is_refused(editor, words, reason):
    row = ContractFactory()
    for deed in (
        lambda: contracts.add(row.material, words={"supplier": "A", **words}, by=editor),
        lambda: contracts.change(row, words=words, version=1, by=editor),
    ):
        with pytest.raises(Refused, match=reason):
            deed()


def test_of_two_people_the_second_is_told_and_others_may_not(editor):
    row = ContractFactory()
    contracts.change(Contract.objects.get(), words={"note": "A"}, version=1, by=editor)
    with pytest.raises(Conflict):
        contracts.change(row, words={"note": "B"}, version=1, by=editor)
    other = UserFactory(role=Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="does not keep"):
        contracts.add(row.material, words={"supplier": "A"}, by=other)
