"""The tab "Related", one answer to several, and the page of a person."""

import re
from typing import Any

import pytest
from django.urls import reverse

from consultations.choices import State
from consultations.models import Rearrangement, SupportRequest
from core.mail import OutgoingMail
from tests.conftest import LogIn
from tests.factories.consultations import ContactFactory, PersonFactory, SupportRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def at(name: str, request: SupportRequest, *more: int) -> str:
    return reverse(name, args=[request.reference, *more])


def test_merge_and_undo(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    person = PersonFactory()
    a, b = SupportRequestFactory(requester=person), SupportRequestFactory(requester=person)
    client.post(at("desk-related-merge", a), {"version": a.version, "of": b.reference})
    done = Rearrangement.objects.get()
    assert b.contacts.count() == 2
    assert b.reference in client.get(at("desk-related", a)).content.decode()
    # The link of the merged one shows all of it, and never the other's address.
    page = client.get(a.get_link()).content.decode()
    assert b.reference in page
    assert b.link_token not in page
    client.post(at("desk-related-undo", a, done.pk))
    assert (a.contacts.count(), b.contacts.count()) == (1, 1)


def test_an_old_page_does_not_merge(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    a, b = SupportRequestFactory(), SupportRequestFactory()
    response = client.post(at("desk-related-merge", a), {"version": 99, "of": b.reference})
    assert (response.status_code, Rearrangement.objects.count()) == (409, 0)


def test_split_and_link(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    a, b = SupportRequestFactory(), SupportRequestFactory()
    second = ContactFactory(request=a)
    data = {"version": a.version, "contacts": [second.pk], "subject": "Second"}
    assert client.post(at("desk-related-split", a), data).status_code == 302
    second.refresh_from_db()
    assert second.request.subject == "Second"
    assert OutgoingMail.objects.count() == 0
    a.refresh_from_db()
    client.post(at("desk-related-link", a), {"version": a.version, "of": b.reference})
    link = a.links_onward.get(second=b)
    client.post(at("desk-related-unlink", a, link.pk))
    assert not a.links_onward.filter(second=b).exists()


def test_one_answer_to_several_goes_once_to_each_that_can_have_it(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    new, mine = SupportRequestFactory(), SupportRequestFactory(open=True, assignee=me)
    closed = SupportRequestFactory(closed=True)
    address = at("desk-several", new)
    key = re.search(r'name="idempotency_key" value="([^"]+)"', client.get(address).content.decode())[1]
    references = " ".join(row.reference for row in (new, mine, closed))
    data = {"references": references, "text": "Stejná rada.", "certainty": "", "idempotency_key": key}

    preview = client.post(address, data).content.decode()
    assert OutgoingMail.objects.count() == 0
    assert "Send to 2 requesters" in preview

    for _time in range(2):
        page = client.post(address, {**data, "previewed": references, "send": "1"})
        assert page.status_code == 200
    states = [SupportRequest.objects.get(pk=row.pk).state for row in (new, mine, closed)]
    assert states == [State.ANSWERED, State.ANSWERED, State.CLOSED]
    assert OutgoingMail.objects.count() == 2


def test_persons_are_merged_and_parted_on_their_page(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    one, left = PersonFactory(email="a@example.org"), PersonFactory(email="a@example.org")
    request = SupportRequestFactory(requester=one)
    assert "the same e-mail" in client.get(reverse("desk-person", args=[left.pk])).content.decode()
    client.post(reverse("desk-person-merge", args=[one.pk]), {"into": left.pk})
    request.refresh_from_db()
    assert request.requester == left
    client.post(reverse("desk-person-undo", args=[one.merges.get().pk]))
    request.refresh_from_db()
    assert request.requester == one
