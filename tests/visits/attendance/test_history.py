"""What the history of a visit tells of taking part."""

import pytest

from accounts.permissions import Role
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory, OpenVisitFactory, VisitInvitationFactory
from tests.factories.municipalities import MunicipalityFactory
from visits.attendance.actions import invitations, places, questions
from visits.attendance.history import history

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_it_says_who_did_what_for_whom():
    visit, staff = OpenVisitFactory(), UserFactory(name="Eva Malá")
    places_invited = [MunicipalityFactory(), MunicipalityFactory()]
    row, *_others = invitations.invite(visit, municipalities=places_invited, by=staff)
    person = AttendeeFactory(invitation=row, name="Jana Nová")
    places.confirm(person, version=1, by=staff)
    questions.ask(row, text="Kdo platí?", item=None, by=staff)
    places.give_up(person, by=None)
    town = row.municipality.name
    assert [(line.actor, line.done, line.of) for line in history(visit)] == [
        (f"Jana Nová ({town})", "gave a place up", ""),
        ("Eva Malá", "sent a question along", town),
        ("Eva Malá", "confirmed a place", f"Jana Nová ({town})"),
        ("Eva Malá", "invited municipalities", "2"),
    ]


def test_it_tells_nothing_of_other_visits_and_costs_the_same_for_many(django_assert_num_queries):
    visit, staff = OpenVisitFactory(), UserFactory()
    places.confirm(AttendeeFactory(), version=1, by=staff)
    assert history(visit) == []
    for _ in range(3):
        places.confirm(AttendeeFactory(invitation=VisitInvitationFactory(visit=visit)), version=1, by=staff)
    with django_assert_num_queries(3):
        assert len(history(visit)) == 3


def test_it_stands_on_the_tab_of_the_visit(log_in):
    client, user = log_in(Role.CONSULTANT)
    row = AttendeeFactory(name="Jana Nová")
    places.confirm(row, version=1, by=user)
    content = client.get(f"/en/desk/visits/{row.visit_id}/?tab=history").content.decode()
    assert f"confirmed a place: Jana Nová ({row.invitation.municipality.name})" in content
