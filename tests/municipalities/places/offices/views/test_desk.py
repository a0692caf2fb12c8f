"""Offices at the desk: found, added, corrected, checked, closed; reports settled; the table taken away."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from municipalities.choices import OfficeKind
from municipalities.models import Municipality, Office, OfficeReport
from tests.factories.municipalities import (
    MunicipalityFactory,
    OfficeFactory,
    OfficeReportFactory,
    RegionFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

LIST = "/en/desk/offices/"
WORDS = {
    "name": "Kontaktní místo Vír", "address": "Vír 146", "phone": "566 575 028", "email": "", "website": "",
    "hours": "", "source": "telefonát", "as_of": "11/2026",
}  # fmt: skip


@pytest.fixture
def client(log_in) -> Client:
    return log_in("editor")[0]


@pytest.fixture
def place() -> Municipality:
    return MunicipalityFactory(name="Vír", slug="vir")


def names(client: Client, query: str) -> list[str]:
    return [office.name for office in client.get(LIST + query).context["page"].object_list]


def test_the_list_is_narrowed_by_its_address(client, place):
    other = MunicipalityFactory(region=RegionFactory(nuts3="CZ063", slug="vysocina", name_cs="Vysočina"))
    OfficeFactory(name="A", municipality=place, phone="+420566575028")
    OfficeFactory(name="B", municipality=other, kind=OfficeKind.SOCIAL)
    OfficeFactory(name="C", municipality=place, closed_on="2026-01-01")
    OfficeReportFactory(office=OfficeFactory(name="D", municipality=other))
    assert names(client, "?q=vír") == ["A"]
    assert names(client, "?kind=social") == ["B"]
    assert set(names(client, "?region=vysocina")) == {"B", "D"}
    assert set(names(client, "?without_phone=on")) == {"B", "D"}
    assert names(client, "?reported=on") == ["D"]
    assert set(names(client, "?closed=on")) == {"A", "B", "C", "D"}
    assert set(names(client, "?unchecked=on")) == {"A", "B", "D"}


def test_the_list_is_sorted_by_its_heads(client):
    for name, place, kind in (("A", "Zlín", OfficeKind.SOCIAL), ("B", "Brno", OfficeKind.LABOUR_OFFICE)):
        OfficeFactory(name=name, kind=kind, municipality=MunicipalityFactory(name=place))
    assert names(client, "") == ["B", "A"]
    assert names(client, "?sort=-place") == ["A", "B"]
    assert names(client, "?sort=kind") == ["B", "A"]
    assert names(client, "?sort=password") == ["B", "A"]


def test_an_empty_list_says_what_to_do(client):
    assert "Take a filter away, add the office, or bring in a table." in client.get(LIST).text


def test_the_table_is_taken_away_as_it_was_filtered(client, place):
    OfficeFactory(name="A", municipality=place, phone="+420566575028")
    OfficeFactory(name="B")
    text = b"".join(client.get(f"{LIST}table/?q=vír").streaming_content).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (row["Name of the office"], row["Municipality"], row["Phone"]) == ("A", "Vír", "'+420566575028")


def test_an_office_is_added(client, place):
    answer = client.post(f"{LIST}new/", {**WORDS, "municipality": "Vír", "kind": "contact_point"})
    row = Office.objects.get()
    assert answer["Location"] == f"{LIST}{row.pk}/"
    assert (row.municipality, row.phone, row.as_of) == (place, "+420566575028", "2026-11")


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client, place):
    wrong = {**WORDS, "phone": "123", "source": "", "as_of": "2999", "municipality": "Vír", "kind": ""}
    answer = client.post(f"{LIST}new/", wrong)
    assert (answer.status_code, Office.objects.exists()) == (422, False)
    assert set(answer.context["form"].errors) == {"phone", "source", "as_of", "kind"}
    assert 'value="Kontaktní místo Vír"' in answer.text


def test_who_was_slower_sees_what_the_other_wrote(client, place):
    office = OfficeFactory(municipality=place, address="Vír 1", version=2)
    address = f"{LIST}{office.pk}/"
    answer = client.post(address, {**WORDS, "version": 1})
    assert answer.status_code == 409
    assert "Vír 1" in answer.text
    assert 'value="Vír 146"' in answer.text
    assert 'name="version" value="2"' in answer.text
    assert client.post(address, {**WORDS, "version": 2})["Location"] == address
    assert Office.objects.get().address == "Vír 146"


def test_the_page_tells_what_became_of_an_office(client, place):
    office = OfficeFactory(municipality=place)
    OfficeReportFactory(office=office, note="Nikdo to nebere.")
    page = client.get(f"{LIST}{office.pk}/")
    assert "Nikdo to nebere." in page.text
    newest = page.context["newest_report"]
    client.post(f"{LIST}{office.pk}/", {**WORDS, "version": 1, "newest_report": newest})
    page = client.get(f"{LIST}{office.pk}/")
    assert "corrected it" in page.text
    assert "Nikdo to nebere." not in page.text


@pytest.mark.parametrize(("button", "closed"), [("check", False), ("close", True)])
def test_a_button_does_it_once(client, button, closed):
    office = OfficeFactory()
    address = reverse(f"desk-office-{button}", args=[office.pk])
    assert client.post(address, {"version": 1})["Location"] == f"{LIST}{office.pk}/"
    office.refresh_from_db()
    assert (office.version, office.closed_on is not None) == (2, closed)
    client.post(address, {"version": 1})
    office.refresh_from_db()
    assert office.version == 2


def test_a_closed_office_is_opened_again(client):
    office = OfficeFactory(closed_on="2026-01-01", version=3)
    assert "This office is closed" in client.get(f"{LIST}{office.pk}/").text
    client.post(reverse("desk-office-reopen", args=[office.pk]), {"version": 3})
    assert Office.objects.open().exists()


def test_reports_wait_and_are_settled(client, place):
    row = OfficeReportFactory(office=OfficeFactory(municipality=place), note="Přestěhovali se.")
    own = OfficeReport.objects.create(municipality=place)
    page = client.get(f"{LIST}reports/")
    assert "Přestěhovali se." in page.text
    assert reverse("desk-office", args=["vir"]) in page.text
    client.post(reverse("desk-office-settle", args=[row.pk]))
    assert [one.pk for one in client.get(f"{LIST}reports/").context["page"].items] == [own.pk]
    assert [one.pk for one in client.get(f"{LIST}reports/?done=1").context["page"].items] == [row.pk]
    answer = client.post(reverse("desk-office-settle", args=[row.pk]), follow=True)
    assert "A colleague has settled it already." in answer.text
