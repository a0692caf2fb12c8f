"""Tests of the desk's pages of the contracts on a material."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from studies.models import Contract
from tests.factories.studies import ContractFactory, MaterialFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def client(log_in):
    return log_in("editor")[0]


def test_a_contract_is_added_changed_and_taken_off(client):
    material = MaterialFactory()
    typed = {"supplier": "Jana Autorská", "due_on": "2020-04-01"}
    client.post(reverse("desk-contract-new", args=[material.pk]), typed)
    row = Contract.objects.get()
    page = client.get(f"{material.get_desk_url()}?tab=contracts").content.decode()
    assert "Jana Autorská" in page
    assert "overdue" in page
    address = reverse("desk-contract", args=[material.pk, row.pk])
    client.post(address, {**typed, "delivered_on": "2020-05-01", "version": 1})
    row.refresh_from_db()
    assert row.delivered_on == date(2020, 5, 1)
    assert client.post(address, {**typed, "version": 1}).status_code == 409
    client.post(reverse("desk-contract-remove", args=[material.pk, row.pk]), {"version": 2})
    assert not Contract.objects.exists()
    history = client.get(f"{material.get_desk_url()}?tab=history").content.decode()
    assert "took off a contract" in history
    assert "Autorská" not in history


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"supplier": ""}, "required"),
        ({"supplier": "A", "due_on": "someday"}, "Enter a valid date"),
        ({"supplier": "A", "signed_on": "2027-02-01", "due_on": "2027-01-01"}, "before it is signed"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, typed, said):
    address = reverse("desk-contract-new", args=[MaterialFactory().pk])
    response = client.post(address, {**typed, "note": "Dohoda o díle."})
    assert response.status_code == 422
    assert "Dohoda o díle." in response.content.decode()


def test_whoever_does_not_keep_the_plan_sees_no_contract_and_another_material_has_none(client, log_in):
    row, other = ContractFactory(), MaterialFactory()
    assert client.get(reverse("desk-contract", args=[other.pk, row.pk])).status_code == 404
    reader, _user = log_in("administrator")
    page = reader.get(f"{row.material.get_desk_url()}?tab=contracts").content.decode()
    assert "Your role does not see contracts." in page
    assert row.supplier not in page
