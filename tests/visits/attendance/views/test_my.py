"""An official's page of an invitation: name, order, change, give up, decline, ask."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Role
from tests.factories.attendance import AttendeeFactory, TravelQuestionFactory, VisitInvitationFactory
from tests.factories.deliveries import DeliveryFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.reports import ReportEditionFactory
from tests.factories.visits import ProgrammeItemFactory
from visits.choices import InvitationState, PlaceState, VisitState
from visits.models import Attendee, TravelQuestion

pytestmark = pytest.mark.django_db

PERSON = {"name": "Jana Nováková", "post": "vedoucí odboru", "email": "jana@obec.example", "phone": ""}


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def invitation(member):
    return VisitInvitationFactory(municipality=member.municipality)


@pytest.fixture
def client(member, log_in):
    return log_in(Role.OFFICIAL, user=member.user)[0]


def address(page, row):
    return reverse(f"my-visit-{page}" if page else "my-visit", args=[row.pk])


def test_the_page_says_what_the_visit_is_and_until_when(client, invitation):
    ProgrammeItemFactory(visit=invitation.visit, title_cs="Prohlídka domu Seestern")
    text = client.get(invitation.get_my_url()).content.decode()
    assert "Cesta do Vídně" in text
    assert "Přihlášky do" in text
    assert "Prohlídka domu Seestern" in text
    assert "Obec má 2 místa." in text


def test_a_person_is_named(client, invitation):
    response = client.post(invitation.get_my_url(), PERSON, follow=True)
    assert "Jana Nováková" in response.content.decode()
    assert Attendee.objects.get().state == PlaceState.NAMED


def test_what_was_typed_stays_when_the_quota_is_used_up(client, invitation):
    for _ in range(2):
        AttendeeFactory(invitation=invitation)
    response = client.post(invitation.get_my_url(), PERSON)
    text = response.content.decode()
    assert response.status_code == 422
    assert "Vaše obec má 2 místa a ta jsou obsazená. Zaškrtněte pole" in text
    assert 'value="Jana Nováková"' in text
    client.post(invitation.get_my_url(), {**PERSON, "is_substitute": "on"})
    assert Attendee.objects.get(email=PERSON["email"]).state == PlaceState.WAITING


def test_somebody_who_is_named_already_is_told_beside_the_field(client, invitation):
    other = VisitInvitationFactory(visit=invitation.visit)
    AttendeeFactory(invitation=other, email="JANA@obec.example")
    response = client.post(invitation.get_my_url(), PERSON)
    form = response.context["name_form"]
    assert form.errors["email"] == ["Někdo s tímto e-mailem už je na cestu zapsaný."]
    assert 'aria-invalid="true"' in response.content.decode()


def test_after_the_deadline_the_day_and_time_are_said_and_what_was_typed_stays(client, invitation):
    invitation.visit.sign_up_until = timezone.now() - timedelta(minutes=1)
    invitation.visit.save()
    assert "Přihlášky skončily" in client.get(invitation.get_my_url()).content.decode()
    response = client.post(invitation.get_my_url(), PERSON)
    assert response.status_code == 422
    assert "českého času" in response.content.decode()
    assert 'value="Jana Nováková"' in response.content.decode()


def test_of_a_visit_that_is_over_nobody_is_asked_to_do_anything(client, invitation):
    invitation.visit.state = VisitState.REPORTED
    invitation.visit.sign_up_until = timezone.now() - timedelta(days=30)
    invitation.visit.save()
    text = client.get(invitation.get_my_url()).content.decode()
    assert "Nikdo nebyl zapsán." in text
    assert "Cesta už skončila." in text
    for asked in ("Přihlášky skončily", "Zapisujte lidi", "Zavolejte"):
        assert asked not in text


def test_the_order_is_changed_by_buttons(client, invitation):
    first, second = (AttendeeFactory(invitation=invitation) for _ in range(2))
    text = client.get(invitation.get_my_url()).content.decode()
    assert address("person-up", first) not in text
    assert address("person-up", second) in text
    client.post(address("person-up", second))
    assert list(invitation.attendees.order_by("priority")) == [second, first]


def test_a_person_is_changed_and_a_late_form_is_shown_again(client, invitation):
    row = AttendeeFactory(invitation=invitation)
    assert row.name in client.get(address("person", row)).content.decode()
    client.post(address("person", row), {**PERSON, "version": 1})
    response = client.post(address("person", row), {**PERSON, "name": "Petr Svoboda", "version": 1})
    assert response.status_code == 409
    assert 'value="Petr Svoboda"' in response.content.decode()
    row.refresh_from_db()
    assert row.name == "Jana Nováková"


def test_a_place_is_given_up(client, invitation):
    row = AttendeeFactory(invitation=invitation, confirmed=True)
    assert client.get(address("person-give-up", row)).status_code == 200
    row.refresh_from_db()
    assert row.state == PlaceState.CONFIRMED
    client.post(address("person-give-up", row), {"reason": "Nemoc."})
    row.refresh_from_db()
    assert (row.state, row.reason) == (PlaceState.GIVEN_UP, "Nemoc.")


def test_a_municipality_says_why_it_cannot_go_and_changes_its_mind(client, invitation):
    wrong = client.post(address("decline", invitation), {"why_not": "other", "version": 1})
    assert wrong.status_code == 422
    client.post(address("decline", invitation), {"why_not": "time", "text": "Volby.", "version": 1})
    text = client.get(invitation.get_my_url()).content.decode()
    assert "Vaše obec nemůže jet" in text
    assert "Volby." in text
    client.post(address("reconsider", invitation), {"version": 2})
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.INVITED


def test_a_question_goes_along_and_is_changed_and_withdrawn(client, invitation):
    item = ProgrammeItemFactory(visit=invitation.visit)
    client.post(address("ask", invitation), {"text": "Kdo platí?", "item": item.pk})
    question = TravelQuestion.objects.get()
    assert question.item == item
    assert client.get(address("question", question)).status_code == 200
    client.post(address("question", question), {"text": "Kdo platí správce?", "item": "", "version": 1})
    question.refresh_from_db()
    assert (question.text, question.item) == ("Kdo platí správce?", None)
    client.post(address("question-withdraw", question), {"version": 2})
    assert "Kdo platí" not in client.get(invitation.get_my_url()).content.decode()


def test_a_question_without_words_or_of_another_programme_is_refused(client, invitation):
    stranger = ProgrammeItemFactory()
    response = client.post(address("ask", invitation), {"text": "Kdo platí?", "item": stranger.pk})
    assert response.status_code == 422
    assert "Kdo platí?" in response.content.decode()
    assert client.post(address("ask", invitation), {"text": ""}).status_code == 422


def test_what_was_heard_is_shown(client, invitation):
    TravelQuestionFactory(
        visit=invitation.visit,
        municipality=invitation.municipality,
        keywords="platí město",
        noted_at=timezone.now(),
        noted_by=invitation.invited_by,
    )
    invitation.visit.state = VisitState.REPORTED
    invitation.visit.save()
    assert "platí město" in client.get(invitation.get_my_url()).content.decode()


def test_what_is_of_another_municipality_is_not_there(client):
    row = AttendeeFactory()
    question = TravelQuestionFactory()
    assert client.get(row.invitation.get_my_url()).status_code == 404
    assert client.post(address("person-give-up", row)).status_code == 404
    assert client.get(address("question", question)).status_code == 404


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_the_page_costs_the_same_for_one_person_and_for_many(client, invitation):
    def more(count):
        AttendeeFactory.create_batch(count, invitation=invitation)
        place = {"visit": invitation.visit, "municipality": invitation.municipality}
        TravelQuestionFactory.create_batch(count, **place)

    more(1)
    queries_of(client, invitation.get_my_url())
    few = queries_of(client, invitation.get_my_url())
    more(3)
    assert queries_of(client, invitation.get_my_url()) == few


def test_a_past_visit_leads_to_what_was_delivered(client, invitation):
    edition = ReportEditionFactory(published=True, document__visit=invitation.visit)
    page = invitation.get_my_url()
    assert edition.document.get_absolute_url() in client.get(page).content.decode()
    row = DeliveryFactory(edition=edition, municipality=invitation.municipality)
    assert row.get_my_url() in client.get(page).content.decode()


def test_a_question_taken_back_twice_is_answered_by_a_page(client, invitation):
    row = TravelQuestionFactory(visit=invitation.visit, municipality=invitation.municipality)
    address_of = reverse("my-visit-question-withdraw", args=[row.pk])
    assert client.post(address_of, {"version": 1}).status_code == 302
    again = client.post(address_of, {"version": 1}, follow=True)
    assert again.status_code in (200, 409)
    row.refresh_from_db()
    assert row.version == 2
