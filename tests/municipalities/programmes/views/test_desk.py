import pytest
from django.urls import reverse

from municipalities.models import Municipality, Programme
from municipalities.programmes.actions import programmes
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.programmes import a_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return MunicipalityFactory(name="Vír", slug="vir")


@pytest.fixture
def draft(place):
    official = MembershipFactory(municipality=place, user__name="Eva Malá").user
    row = a_draft(place, official)
    programmes.ask_publishing(row, version=1, by=official)
    return row


def address(name, row):
    return reverse(name, args=[row.municipality.slug, row.pk])


def test_the_wish_is_seen_at_the_desk_and_fulfilled(log_in, draft):
    client, _user = log_in("consultant")
    assert "Eva Malá" in client.get(reverse("desk-programmes")).content.decode()
    assert "žádá o zveřejnění" in client.get(reverse("desk-municipality", args=["vir"])).content.decode()
    page = client.get(address("desk-programme", draft))
    assert "Eva Malá" in page.content.decode()
    client.post(address("desk-programme-publish", draft), {"version": page.context["programme"].version})
    assert Programme.objects.published().get() == draft
    assert "Eva Malá" not in client.get(reverse("desk-programmes")).content.decode()


def test_taking_back_asks_first_and_says_when_somebody_was_quicker(log_in, draft):
    client, user = log_in("editor")
    programmes.publish(draft, version=2, by=user)
    where = address("desk-programme-unpublish", draft)
    assert client.get(where).status_code == 200
    late = client.post(where, {"version": "2"})
    assert late.status_code == 409
    assert Programme.objects.get().is_public
    client.post(where, {"version": late.context["programme"].version})
    assert not Programme.objects.get().is_public
    assert client.post(where, {"version": "4"}).status_code == 422


def test_an_administrator_reads_but_does_not_write(log_in, draft):
    client, _user = log_in("administrator")
    html = client.get(address("desk-programme", draft)).content.decode()
    assert "/edit/" not in html
    assert client.get(address("desk-programme-edit", draft)).status_code == 403


def test_the_desk_writes_programmes_and_offices(log_in, place):
    client, user = log_in("coordinator")
    words = {"name_cs": "Byty", "source": "web obce", "version": "0"}
    client.post(reverse("desk-programme-new", args=["vir"]), words)
    row = Programme.objects.get()
    assert (row.name_cs, row.changed_by) == ("Byty", user)
    client.post(reverse("desk-office", args=["vir"]), {"note": "Podatelna", "website": "https://vir.example"})
    assert Municipality.objects.get(slug="vir").website == "https://vir.example"


def test_the_address_of_another_municipality_leads_nowhere(log_in, draft):
    client, _user = log_in("consultant")
    MunicipalityFactory(slug="jinde")
    assert client.get(reverse("desk-programme", args=["jinde", draft.pk])).status_code == 404
