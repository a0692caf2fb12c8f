"""A question about a report goes through the desk, and its answer comes back to where it was asked."""

import pytest
from django.utils import timezone

from consultations.choices import Channel, State
from consultations.models import Contact, SupportRequest
from consultations.requests.actions.desk import answer, take
from consultations.requests.actions.undo import undo_answer
from core.outbox.models import OutgoingMail
from shsp import report_questions
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, SupportRequestFactory
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
    told = asked_from(delivery, consultant)
    assert told == Asked(
        url=request.get_desk_url(),
        question="<p>Kolik to stálo?</p>",
        answer="<p>Milion.</p>",
        sent_to="j…@example.org",
    )
    assert asked_from(delivery, UserFactory(official=True)) is None


class TestWhoeverHasTheDelivery:
    @pytest.fixture
    def request_(self, consultant):
        self.delivery = DeliveryFactory()
        ask(self.delivery, **SAID, by=None)
        request = SupportRequest.objects.get()
        take(request, by=consultant)
        return request

    def test_reads_the_question_and_once_it_has_left_the_answer(self, request_, consultant, client):
        page = client.get(self.delivery.get_link()).content.decode()
        assert "<p>Kolik to stálo?</p>" in page
        answer(request_, text="Milion.", by=consultant)
        assert "Milion." not in client.get(self.delivery.get_link()).content.decode()
        OutgoingMail.objects.update(state="sent", sent_at=timezone.now())
        page = client.get(self.delivery.get_link()).content.decode()
        assert "<p>Milion.</p>" in page
        assert "j…@example.org" in page

    def test_reads_no_note_and_no_answer_that_goes_by_link_only(self, request_, consultant):
        SupportRequest.objects.update(link_only=True)
        request_.refresh_from_db()
        answer(request_, text="Milion.", by=consultant)
        OutgoingMail.objects.update(state="sent", sent_at=timezone.now())
        ContactFactory(request=request_, direction="note", text="Pozor na něj.", logged_by=consultant)
        self.delivery.refresh_from_db()
        told = asked_from(self.delivery, None)
        assert (told.url, told.answer, told.sent_to) == ("", "", "j…@example.org")

    @pytest.mark.parametrize("is_merged", [True, False])
    def test_reads_nothing_of_what_became_somebody_elses(self, request_, is_merged):
        changes = {"is_personal": True}
        if is_merged:
            other = SupportRequestFactory()
            changes = {"is_merged": True, "duplicate_of": other, "state": State.DUPLICATE}
        SupportRequest.objects.filter(pk=request_.pk).update(**changes)
        self.delivery.refresh_from_db()
        assert asked_from(self.delivery, None) is None


def test_the_request_leads_to_the_report_and_its_delivery(log_in):
    client, _me = log_in("consultant")
    delivery = DeliveryFactory(edition__title_cs="Finsko", edition__title_en="Finland")
    ask(delivery, **SAID, by=None)
    request = SupportRequest.objects.get()
    page = client.get(request.get_desk_url())
    [told] = page.context["page"].dossier.origins
    assert [words for words, _url in told.links] == ["Finsko", "Jak byla doručena"]
    for _words, url in told.links:
        assert f'href="{url}"' in page.content.decode()
        assert client.get(url).status_code == 200
    assert client.get(SupportRequestFactory().get_desk_url()).context["page"].dossier.origins == []


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
