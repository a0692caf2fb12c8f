"""A visitor reports a wrong contact in one click."""

import pytest
from django.test import Client
from django.urls import reverse

from municipalities.models import Municipality, OfficeReport
from municipalities.places.offices.views import public
from tests.factories.municipalities import MunicipalityFactory, OfficeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Municipality:
    return MunicipalityFactory(name="Vír", slug="vir")


def click(client: Client, place: Municipality, **fields):
    return client.post(reverse("office-report", args=[place.slug]), fields)


def test_one_click_is_enough_and_leads_back(client, place):
    office = OfficeFactory(municipality=place)
    answer = click(client, place, office=office.pk, next="/cs/help/?place=vir")
    row = OfficeReport.objects.get()
    assert (row.office, row.municipality, row.note) == (office, place, "")
    page = client.get(answer["Location"])
    assert 'href="/cs/help/?place=vir"' in page.text
    assert office.name in page.text


def test_more_may_be_said_on_the_next_page(client, place):
    address = click(client, place, next="/cs/help/")["Location"]
    answer = client.post(address, {"note": "Nikdo to nebere.", "website": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/cs/help/")
    assert OfficeReport.objects.get().note == "Nikdo to nebere."


def test_nothing_and_a_birth_number_are_answered_beside_the_field(client, place):
    address = click(client, place)["Location"]
    for note in ("", "Ptejte se na 736028/5163"):
        answer = client.post(address, {"note": note})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"note"}
    assert OfficeReport.objects.get().note == ""


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "", "a\0b"]
)
def test_it_leads_nowhere_else(client, place, back):
    answer = click(client, place, next=back)
    page = client.get(answer["Location"])
    assert 'href="/cs/municipalities/vir/"' in page.text
    assert "evil" not in page.text


def test_programs_are_let_go_and_nothing_is_noted(client, place):
    assert click(client, place, website="x").status_code == 302
    assert not OfficeReport.objects.exists()
    address = click(client, place)["Location"]
    client.post(address, {"note": "Levné půjčky", "website": "x"})
    assert OfficeReport.objects.get().note == ""


def test_one_network_reports_only_so_often(client, place, monkeypatch):
    monkeypatch.setattr(public, "MOST_AN_HOUR", 1)
    click(client, place)
    answer = click(client, place, office=OfficeFactory(municipality=place).pk)
    assert (answer.status_code, OfficeReport.objects.count()) == (429, 1)


def test_one_network_adds_only_so_many_sentences(client, place, monkeypatch):
    address = click(client, place)["Location"]
    monkeypatch.setattr(public, "MOST_AN_HOUR", 2)
    answers = [client.post(address, {"note": f"Nikdo to nebere {number}."}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert OfficeReport.objects.count() == 2


def test_an_office_of_another_place_or_a_closed_one_is_not_reported(client, place):
    for office in (OfficeFactory(), OfficeFactory(municipality=place, closed_on="2026-01-01")):
        assert click(client, place, office=office.pk).status_code == 404
    assert click(client, place, office="x").status_code == 404
    assert not OfficeReport.objects.exists()


def test_an_address_that_nobody_was_given_opens_nothing(client, place):
    assert client.get(reverse("office-reported", args=["1:guessed:token"])).status_code == 404


def test_the_form_takes_its_token():
    place = MunicipalityFactory()
    answer = Client(enforce_csrf_checks=True).post(reverse("office-report", args=[place.slug]))
    assert answer.status_code == 403
