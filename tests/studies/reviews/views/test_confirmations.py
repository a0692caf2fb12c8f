"""Authors are asked to confirm a text, and do it behind their link."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.states import update
from studies.models import Confirmation
from tests.factories.reviews import ConfirmationFactory
from tests.studies.reviews.parts import a_text, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk(log_in):
    client, user = log_in("coordinator")
    client.user = user
    return client


@pytest.fixture
def row(desk):
    return ConfirmationFactory(edition=a_text(), asked_by=desk.user)


def test_an_author_is_asked_and_waived(desk):
    edition = a_text()
    address = reverse("desk-confirmations", args=[edition.document.material_id])
    sent = {"name": "Jana Nová", "email": "jana@example.org", "language": "cs"}
    assert desk.post(address, {**sent, "email": "x"}).status_code == 422
    assert "Jana Nová" in desk.post(address, sent, follow=True).content.decode()
    assert desk.post(address, sent).status_code == 422
    row = Confirmation.objects.get()
    waive = reverse("desk-confirmation-waive", args=[row.pk])
    assert desk.post(waive, {"version": 1, "reason": ""}).status_code == 422
    assert desk.post(waive, {"version": 7, "reason": "Dovolená."}).status_code == 409
    page = desk.post(waive, {"version": 1, "reason": "Dovolená."}, follow=True).content.decode()
    assert "Dovolená." in page
    for name in ("ask-again", "revoke"):
        seen = {"version": Confirmation.objects.get().version}
        assert desk.post(reverse(f"desk-confirmation-{name}", args=[row.pk]), seen).status_code == 302
    assert [kind for _to, kind in told()] == ["studies/author_asked"] * 2


def test_a_scanner_confirms_nothing(client, row):
    for _time in range(50):
        client.head(row.get_link())
        page = client.get(row.get_link()).content.decode()
    assert ("Open the text" in page, "Druhý odstavec" in page) == (True, False)
    assert Confirmation.objects.get().confirmed_at is None


def test_the_text_is_read_and_confirmed_by_buttons(client, row):
    client.post(row.get_link(), {"open": "1"})
    chapter = row.edition.chapters.get()
    text = client.get(f"{row.get_link()}chapter-{chapter.pk}/").content.decode()
    assert "Druhý odstavec" in text
    assert client.get(f"{row.get_link()}nothing/").status_code == 404
    page = client.post(row.get_link(), {"do": "confirm", "version": 1}, follow=True).content.decode()
    assert "You confirmed this text." in page
    late = client.post(row.get_link(), {"do": "object", "version": 1, "text": "Ne."})
    assert (late.status_code, "Ne." in late.content.decode()) == (409, True)


def test_an_objection_has_words(client, row):
    assert client.post(row.get_link(), {"do": "object", "version": 1, "text": ""}).status_code == 422
    client.post(row.get_link(), {"do": "object", "version": 1, "text": "Chybí kapitola."})
    assert Confirmation.objects.get().objection == "Chybí kapitola."


def test_of_a_changed_text_nothing_is_confirmed(client, row, desk):
    update(row.edition, also={"saved_at": timezone.now(), "saved_by": desk.user})
    page = client.post(row.get_link(), {"do": "confirm", "version": 1})
    assert (page.status_code, "has changed since" in page.content.decode()) == (422, True)


def test_a_withdrawn_link_gives_back_what_was_typed(client, row):
    Confirmation.objects.update(revoked_at=timezone.now())
    page = client.post(row.get_link(), {"do": "object", "text": "Chybí kapitola."})
    assert (page.status_code, "Chybí kapitola." in page.content.decode()) == (410, True)
