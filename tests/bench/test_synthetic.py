"""What is measured: synthetic rows, written past the models, that the portal finds and shows like others."""

import pytest

from accounts.models import User
from consultations.models import Contact, SummaryEdition, SupportRequest
from consultations.requests import loading
from core import search
from tests.bench.synthetic import PERCENT_WORD, RARE_TIMES, RARE_WORD, load_requests, load_summaries
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> list[User]:
    """All that a portal must have for synthetic rows."""
    loading.load()
    MunicipalityFactory.create_batch(2, pilot=True)
    return UserFactory.create_batch(2)


def test_requests_have_contacts_and_are_found(staff: list[User]) -> None:
    load_requests(300, staff=staff)
    rows = SupportRequest.objects.filter(idempotency_key=None)
    assert (rows.count(), Contact.objects.filter(request__in=rows).count()) == (300, 600)
    assert len(search.ids(RARE_WORD, kind="request", scope="desk")) == RARE_TIMES
    assert len(search.ids(PERCENT_WORD, kind="request", scope="desk")) == 3
    last = rows.latest("pk")
    assert search.ids(last.requester.phone, kind="request", scope="desk") == [last.pk]


def test_a_second_run_adds_nothing(staff: list[User]) -> None:
    load_requests(20, staff=staff)
    load_requests(20, staff=staff)
    assert SupportRequest.objects.count() == 20


def test_what_comes_after_them_gets_a_new_number(staff: list[User]) -> None:
    load_requests(5, staff=staff)
    highest = SupportRequest.objects.latest("pk")
    highest.pk, highest.link_token, highest.idempotency_key = None, "", None
    highest.save(force_insert=True)
    assert SupportRequest.objects.latest("pk").pk == highest.pk


def test_summaries_are_published_and_found(staff: list[User]) -> None:
    load_summaries(200, staff=staff)
    assert SummaryEdition.objects.published().count() == 200
    assert search.find(PERCENT_WORD, scope="public").count == 2
