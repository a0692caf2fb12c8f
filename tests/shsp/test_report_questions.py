"""A question about a report goes through the desk, and its answer comes back to where it was asked."""

import pytest

from consultations.choices import Channel
from consultations.models import Contact, SupportRequest
from consultations.requests.actions.desk import answer, take
from consultations.requests.actions.undo import undo_answer
from shsp import report_questions
from tests.factories.accounts import UserFactory
from tests.factories.deliveries import DeliveryFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from visits.choices import DeliveryState
from visits.deliveries.actions.questions import Asked, ask, asked_from

pytestmark = pytest.mark.django_db

SAID = {"text": "Kolik to stálo?", "name": "Jana", "email": "j@example.org", "language": "cs"}


def now(delivery):
    delivery.refresh_from_db()
    return delivery.state


@pytest.fixture
def consultant():
    return UserFactory()


def test_it_is_answered_at_the_desk_and_an_answer_taken_back_is_none(consultant):
    delivery = DeliveryFactory(edition__title_cs="Finsko", edition__title_en="Finland")
    ask(delivery, **SAID, by=None)
    request = SupportRequest.objects.get(pk=delivery.request_id)
    assert "Finsko" in request.subject
    assert (request.municipality, request.channel, request.requester.email, request.is_official) == (
        delivery.municipality,
        Channel.WEB,
        "j@example.org",
        False,
    )
    take(request, by=consultant)
    answer(request, text="Nic.", by=consultant)
    assert now(delivery) == DeliveryState.ANSWERED
    undo_answer(Contact.objects.get(is_answer=True), by=consultant)
    assert now(delivery) == DeliveryState.ASKED
    request = SupportRequest.objects.get(pk=request.pk)
    answer(request, text="Milion.", by=consultant, is_given=True)
    assert now(delivery) == DeliveryState.ANSWERED
    told = Asked(url=request.get_desk_url(), question=SAID["text"], answer="Milion.")
    assert asked_from(delivery, consultant) == told
    assert asked_from(delivery, UserFactory(official=True)) is None


def test_an_official_asks_for_their_municipality():
    member = MembershipFactory()
    delivery = DeliveryFactory(municipality=member.municipality)
    ask(delivery, **{**SAID, "name": member.user.name, "email": member.user.email}, by=member.user)
    request = SupportRequest.objects.get()
    assert (request.is_official, request.created_by) == (True, member.user)
    assert SupportRequest.objects.visible_to(member.user).count() == 1


def test_of_somebody_without_a_municipality_too_and_a_long_title_is_cut():
    delivery = DeliveryFactory(municipality=None, edition__title_cs="x" * 160)
    ask(delivery, **SAID, by=None)
    assert len(SupportRequest.objects.get().subject) <= report_questions.LONGEST_SUBJECT


def test_other_requests_are_no_business_of_deliveries(consultant):
    delivery = DeliveryFactory(
        state=DeliveryState.ASKED, request_id=987654321, municipality=MunicipalityFactory()
    )
    other = DeliveryFactory(municipality=None)
    ask(other, **SAID, by=None)
    request = SupportRequest.objects.get()
    take(request, by=consultant)
    answer(request, text="Nic.", by=consultant)
    assert now(delivery) == DeliveryState.ASKED
