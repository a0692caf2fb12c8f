"""Members of the expert group, as the desk keeps them."""

import pytest
from django.test import Client
from django.urls import reverse

from core.audit import AuditEntry
from studies.models import Expert
from studies.reviews.forms.experts import ExpertForm
from tests.factories.reviews import ExpertFactory

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Eva Malá", "email": "eva@example.org", "language": "cs", "field_cs": "právo", "field_en": "law",
    "since": "2024-01-01",
}  # fmt: skip


@pytest.fixture
def client(log_in):
    return log_in("consultant")[0]


def in_public():
    return Client().get("/cs/expert-group/").content.decode()


def sent(row, **words):
    shown = {name: word for name, word in ExpertForm.initial_of(row).items() if word is not None}
    return {**shown, "version": row.version, **words}


def test_only_who_agreed_is_named_in_public(client):
    client.post(reverse("desk-group-member-new"), NEW)
    row = Expert.objects.get()
    assert (row.field_en, row.consented_on) == ("law", None)
    assert "Eva Malá" not in in_public()
    assert "Jména členů neznáme" in in_public()
    client.post(reverse("desk-group-member-edit", args=[row.pk]), sent(row, consented_on="2024-02-01"))
    page = in_public()
    assert (
        "Eva Malá" in page,
        "od 1. ledna 2024" in page.replace("\xa0", " "),
        "eva@example.org" in page,
    ) == (True, True, False)


def test_the_history_says_that_an_address_changed_and_keeps_none(client):
    row = ExpertFactory(email="stara@example.org", note="Volat odpoledne.")
    address = reverse("desk-group-member-edit", args=[row.pk])
    page = client.post(address, sent(row, email="nova@example.org", note=""), follow=True).content.decode()
    assert ("<ins>neuchováváme</ins>" in page, "stara@example.org" in page) == (True, False)
    assert "Vrátit předchozí text" not in page
    assert "example.org" not in str(list(AuditEntry.objects.values_list("details", flat=True)))
    row.refresh_from_db()
    page = client.post(address, sent(row, field_cs="právo", name="Eva"), follow=True).content.decode()
    assert "<del>sociální práce</del> <ins>právo</ins>" in page
    entry = AuditEntry.objects.filter(verb="words.change").latest("id")
    client.post(reverse("desk-group-member-put-back", args=[row.pk, entry.pk]), {"version": 3})
    row.refresh_from_db()
    assert (row.field_cs, row.name) == ("sociální práce", "Eva")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"email": "ODBORNICE@example.org"}, "email"),
        ({"email": "x"}, "email"),
        ({"until": "2023-01-01"}, "until"),
        ({"consented_on": "2999-01-01"}, "consented_on"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client, words, field):
    ExpertFactory(email="odbornice@example.org")
    response = client.post(reverse("desk-group-member-new"), {**NEW, **words})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_one_who_left_stays_with_their_reviews_and_is_not_asked_any_more(client):
    row = ExpertFactory(named=True)
    assert list(Expert.objects.reachable()) == [row]
    client.post(reverse("desk-group-member-use", args=[row.pk]), {"version": row.version, "retire": "1"})
    assert (list(Expert.objects.reachable()), row.name in in_public()) == ([], False)
