"""The page of a person: whom one could mean by the same, merged and parted."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.related.actions.persons import merge_persons
from tests.conftest import LogIn
from tests.factories.consultations import PersonFactory, SupportRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


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


def test_the_page_of_a_person_costs_the_same_for_any_number_of_rows(
    log_in: LogIn, django_assert_num_queries: Any
) -> None:
    client, me = log_in("consultant")
    who = PersonFactory(email="a@example.org", phone="+420601123456", name="Jana Nováková")
    client.get(reverse("desk-person", args=[who.pk]))
    for rows in (1, 3):
        while who.requests.count() < rows:
            SupportRequestFactory(requester=who)
            merge_persons(PersonFactory(email="a@example.org"), into=who, by=me)
            PersonFactory(email="a@example.org")
            PersonFactory(phone="+420601123456")
        with django_assert_num_queries(15):
            assert client.get(reverse("desk-person", args=[who.pk])).status_code == 200
