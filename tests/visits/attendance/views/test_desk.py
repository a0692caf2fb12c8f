"""The people of a visit at the desk: invite, confirm, move with a reason, print."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.permissions import Role
from tests.factories.attendance import AttendeeFactory, OpenVisitFactory, VisitInvitationFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from visits.choices import PlaceState, VisitState

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    return OpenVisitFactory(capacity=3)


@pytest.fixture
def client(log_in):
    return log_in(Role.CONSULTANT)[0]


def tab(visit):
    return f"{visit.get_desk_url()}?tab=people"


def url(page, row):
    return reverse(page, args=[row.pk])


def test_all_of_the_project_are_offered_and_one_more_by_name(client, visit):
    first, second = MunicipalityFactory(pilot=True, name="Orlová"), MunicipalityFactory(pilot=True)
    other = MunicipalityFactory(name="Štětí")
    MembershipFactory(municipality=first)
    text = client.get(url("desk-visit-invite", visit)).content.decode()
    assert text.count("checked") == 2
    chosen = {"municipalities": [first.pk, second.pk], "municipality": other.code}
    asked = client.post(url("desk-visit-invite", visit), chosen).content.decode()
    assert "Zvete 3 obce:" in asked
    assert "Zpráva půjde jednomu člověku" in asked
    assert not visit.invitations.exists()
    changed = client.post(url("desk-visit-invite", visit), {**chosen, "change": "1"}).content.decode()
    assert changed.count("checked") == 2
    response = client.post(url("desk-visit-invite", visit), {**chosen, "confirm": "1"}, follow=True)
    assert {row.municipality for row in visit.invitations.all()} == {first, second, other}
    said = response.content.decode()
    assert "Pozvali jsme 3 obce." in said
    assert f"odpovězte za ně tady: {second.name}, Štětí." in said
    assert "checked" not in client.get(url("desk-visit-invite", visit)).content.decode()


def test_who_was_just_invited_can_be_taken_back(client, visit):
    places = [MunicipalityFactory(name=name) for name in ("Orlová", "Štětí", "Pelhřimov")]
    chosen = {"municipality": "", "confirm": "1"}
    for place in places:
        client.post(url("desk-visit-invite", visit), {**chosen, "municipality": place.code})
    text = client.get(tab(visit)).content.decode()
    assert "Právě jste pozvali 3 obce" in text
    first = visit.invitations.get(municipality=places[0])
    said = client.post(url("desk-invitation-take-back", first), follow=True).content.decode()
    assert "Pozvání je vzaté zpět." in said
    assert "Právě jste pozvali 2 obce" in said
    said = client.post(url("desk-visit-invite-take-back", visit), follow=True).content.decode()
    assert "Vzali jste zpět 2 pozvání." in said
    assert not visit.invitations.exists()


def test_nobody_chosen_is_said(client, visit):
    MunicipalityFactory(pilot=True)
    response = client.post(url("desk-visit-invite", visit), {"municipality": ""})
    assert response.status_code == 422
    assert "Vyberte alespoň jednu obec." in response.content.decode()


def test_the_tab_shows_who_goes_and_why_not(client, visit):
    declined = VisitInvitationFactory(visit=visit, declined=True, why_not_text="Volby.")
    row = AttendeeFactory(invitation=VisitInvitationFactory(visit=visit))
    text = client.get(tab(visit)).content.decode()
    for said in (declined.municipality.name, "Volby.", row.name, "Potvrdit místo", "0 z 3 míst"):
        assert said in text


def test_one_and_all_are_confirmed(client, visit):
    rows = [AttendeeFactory(invitation=VisitInvitationFactory(visit=visit)) for _ in range(3)]
    client.post(url("desk-attendee-confirm", rows[0]), {"version": 1})
    rows[0].refresh_from_db()
    assert rows[0].state == PlaceState.CONFIRMED
    response = client.post(url("desk-visit-confirm-all", visit), follow=True)
    assert "2 lidé mají teď místo." in response.content.decode()


def test_a_confirmed_place_that_is_taken_is_refused_in_a_sentence(client, visit):
    for _ in range(3):
        AttendeeFactory(invitation=VisitInvitationFactory(visit=visit), confirmed=True)
    row = AttendeeFactory(invitation=VisitInvitationFactory(visit=visit))
    response = client.post(url("desk-attendee-confirm", row), {"version": 1}, follow=True)
    assert "Všechna místa (3) jsou obsazená." in response.content.decode()


@pytest.mark.parametrize(("page", "state"), [("wait", "waiting"), ("refuse", "refused")])
def test_a_move_needs_its_reason(client, visit, page, state):
    row = AttendeeFactory(invitation=VisitInvitationFactory(visit=visit))
    address = url(f"desk-attendee-{page}", row)
    assert row.name in client.get(address).content.decode()
    assert client.post(address, {"reason": " ", "version": 1}).status_code == 422
    client.post(address, {"reason": "Jede málo obcí.", "version": 1})
    row.refresh_from_db()
    assert (row.state, row.reason) == (state, "Jede málo obcí.")


def test_the_desk_answers_for_whoever_called(client, visit):
    invitation = VisitInvitationFactory(visit=visit)
    address = url("desk-invitation", invitation)
    client.post(address, {"name": "Jana Nováková", "email": "jana@obec.example"})
    assert "Jana Nováková" in client.get(address).content.decode()
    client.post(url("desk-invitation-decline", invitation), {"why_not": "money", "version": 2})
    invitation.refresh_from_db()
    assert invitation.state == "declined"


def test_one_municipality_is_given_more_places(client, visit):
    invitation = VisitInvitationFactory(visit=visit)
    client.post(url("desk-invitation-places", invitation), {"quota": "5", "version": 1})
    invitation.refresh_from_db()
    assert invitation.places == 5
    wrong = client.post(url("desk-invitation-places", invitation), {"quota": "mnoho", "version": 2})
    assert wrong.status_code == 422


def test_somebody_of_the_ministry_is_added(client, visit):
    assert client.get(url("desk-visit-person-new", visit)).status_code == 200
    client.post(url("desk-visit-person-new", visit), {"name": "Petr Svoboda", "email": "petr@mpsv.example"})
    text = client.get(tab(visit)).content.decode()
    assert "Petr Svoboda" in text
    assert "Ministerstvo" in text
    row = visit.attendees.get()
    assert client.get(url("desk-invitation-person", row)).status_code == 200


def test_the_sheets_name_those_who_have_a_place(client, visit):
    going = AttendeeFactory(
        invitation=VisitInvitationFactory(visit=visit), confirmed=True, phone="+420777123456"
    )
    waiting = AttendeeFactory(invitation=going.invitation, waiting=True)
    for page in ("desk-visit-travel-sheet", "desk-visit-participants"):
        text = client.get(url(page, visit)).content.decode()
        assert going.name in text
        assert waiting.name not in text
    assert going.email in client.get(url("desk-visit-travel-sheet", visit)).content.decode()


def test_who_may_not_run_visits_sees_people_and_no_buttons(log_in, visit):
    client = log_in(Role.ADMINISTRATOR)[0]
    AttendeeFactory(invitation=VisitInvitationFactory(visit=visit))
    text = client.get(tab(visit)).content.decode()
    assert "Potvrdit" not in text
    assert "Pozvat obce" not in text


def test_the_tab_costs_the_same_for_few_and_for_many(client, visit):
    def more(count):
        for _ in range(count):
            invitation = VisitInvitationFactory(visit=visit, declined=True)
            AttendeeFactory.create_batch(2, invitation=invitation)
            AttendeeFactory(invitation=None, visit=visit)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(tab(visit)).status_code == 200
        return len(captured)

    more(1)
    cost()
    few = cost()
    more(3)
    assert cost() == few


def test_a_closed_sign_up_invites_nobody(client, visit):
    visit.state = VisitState.CLOSED
    visit.save()
    assert "Obce se zvou, když jsou přihlášky otevřené." in client.get(tab(visit)).content.decode()


def test_how_to_reach_somebody_is_seen_by_whoever_runs_visits(client, visit, log_in):
    row = AttendeeFactory(invitation=VisitInvitationFactory(visit=visit), phone="+420777123456")
    assert row.email in client.get(tab(visit)).content.decode()
    text = log_in(Role.ADMINISTRATOR)[0].get(tab(visit)).content.decode()
    assert row.name in text
    assert row.email not in text
    assert "777" not in text
    assert "Potvrdit" not in text
