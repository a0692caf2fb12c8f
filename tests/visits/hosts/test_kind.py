import pytest
from django.test import Client
from django.urls import reverse

from core import search
from core.forms.own_words import WordsForm
from tests.factories.visits import HostFactory
from visits.hosts.forms import HostForm
from visits.models import Host

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Bergen kommune",
    "country_cs": "Norsko",
    "country_en": "Norway",
    "country_code": "NO",
    "topics_cs": "sociální byty\nspolupráce s obcemi",
    "source": "https://example.org/bergen",
}


@pytest.fixture
def client(log_in):
    return log_in("consultant")[0]


def hosts():
    return Client().get("/cs/visits/").content.decode()


def found(words):
    return [hit.object_id for hit in search.find(words, scope=search.PUBLIC).hits]


def test_a_host_is_added_and_found_in_public(client):
    client.post(reverse("desk-host-new"), NEW)
    row = Host.objects.get()
    assert (row.slug, row.topics_cs, row.homes) == (
        "bergen-kommune",
        ["sociální byty", "spolupráce s obcemi"],
        None,
    )
    page = Client().get(f"/cs/visits/hosts/{row.slug}/").content.decode()
    assert "Norsko" in page
    assert "sociální byty, spolupráce s obcemi" in page
    assert found("Bergen") == [row.pk]


def test_what_is_known_now_is_added_with_the_words_before(client):
    row = HostFactory(city_cs="Vídeň", topics_cs=["doprava"])
    sent = {**HostForm.initial_of(row), "city_cs": "Štýrský Hradec", "topics_cs": "bydlení", "version": 1}
    sent = {name: word for name, word in sent.items() if word not in (None, [])}
    page = client.post(reverse("desk-host-edit", args=[row.pk]), sent, follow=True).content.decode()
    assert "<del>Vídeň</del> <ins>Štýrský Hradec</ins>" in page
    assert "<del>doprava</del> <ins>bydlení</ins>" in page
    assert "Štýrský Hradec" in Client().get(f"/cs/visits/hosts/{row.slug}/").content.decode()


def test_partners_without_a_name_are_told_apart_and_shown_to_nobody_else(client):
    row = HostFactory(name="", slug="partner-6", position=6, country_cs="", country_en="")
    HostFactory(name="", slug="partner-7", position=7, country_cs="", country_en="")
    page = client.get(reverse("desk-hosts")).content.decode()
    assert ("Partner č. 6, jméno neznáme" in page, "Partner č. 7, jméno neznáme" in page) == (True, True)
    assert "neznámo" in page
    assert "Partner č." not in hosts()
    assert Client().get("/cs/visits/hosts/partner-6/").status_code == 404
    client.post(reverse("desk-host-edit", args=[row.pk]), {**NEW, "version": 1})
    assert "Bergen kommune" in hosts()
    assert found("Bergen") == [row.pk]
    row.refresh_from_db()
    assert row.slug == "bergen-kommune"
    # From now on people may know its address.
    renamed = {**NEW, "name": "Bergen", "version": row.version}
    page = client.post(reverse("desk-host-edit", args=[row.pk]), renamed, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.name, row.slug) == ("Bergen", "bergen-kommune")
    assert "slug" not in page


def test_one_that_is_retired_is_neither_listed_nor_found_and_keeps_its_page(client):
    client.post(reverse("desk-host-new"), NEW)
    row = Host.objects.get()
    client.post(reverse("desk-host-use", args=[row.pk]), {"version": 1, "retire": "1"})
    assert "Bergen" not in hosts()
    assert found("Bergen") == []
    assert Client().get(f"/cs/visits/hosts/{row.slug}/").status_code == 200


def test_hosts_of_one_country_stand_together():
    for place, (name, code) in enumerate([("A", "AT"), ("B", "NL"), ("C", "AT")], start=1):
        HostFactory(name=name, country_code=code, position=place)
    assert "".join(host.name for host in Host.objects.for_list()) == "ACB"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"country_code": "n0"}, "country_code"),
        ({"founded": "2100"}, "founded"),
        ({"founded": "kdysi"}, "founded"),
        ({"homes": "-1"}, "homes"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"topics_cs": "x" * 201}, "topics_cs"),
        ({"source": ""}, "source"),
    ],
)
def test_what_cannot_be_is_answered_at_its_field(client, changes, field):
    response = client.post(reverse("desk-host-new"), {**NEW, **changes})
    form = response.context["form"]
    assert isinstance(form, WordsForm)
    assert (response.status_code, list(form.errors)) == (422, [field])
    assert not Host.objects.exists()
