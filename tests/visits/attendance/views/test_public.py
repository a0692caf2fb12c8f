"""Behind the personal link of somebody who was named: how they stand, the calendar, giving up."""

import pytest
from django.test import Client

from tests.factories.attendance import AttendeeFactory, OpenVisitFactory, VisitInvitationFactory
from tests.factories.reports import ReportEditionFactory
from visits.choices import PlaceState, VisitState

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    visit = OpenVisitFactory(instructions="Sraz v 7.00 na Hlavním nádraží.", capacity=1)
    return AttendeeFactory(invitation=VisitInvitationFactory(visit=visit), confirmed=True)


def test_whoever_has_a_place_reads_where_to_meet(person):
    text = Client().get(person.get_link()).content.decode()
    assert "Na této cestě máte místo." in text
    assert "Sraz v 7.00" in text


def test_whoever_waits_reads_how_they_stand_and_no_more(person):
    row = AttendeeFactory(invitation=person.invitation, waiting=True, reason="Plno.")
    text = Client().get(row.get_link()).content.decode()
    assert "Jste mezi náhradníky." in text
    assert "Plno." in text
    assert "Sraz v 7.00" not in text
    assert Client().get(f"{row.get_link()}calendar/").status_code == 302


def test_nobody_else_who_goes_is_named(person):
    other = AttendeeFactory(invitation=person.invitation, confirmed=True)
    assert other.name not in Client().get(person.get_link()).content.decode()


def test_a_place_is_given_up_by_a_button_and_goes_on(person):
    other = AttendeeFactory(invitation=VisitInvitationFactory(visit=person.visit), waiting=True)
    address = f"{person.get_link()}give-up/"
    assert Client().get(address).status_code == 200
    person.refresh_from_db()
    assert person.state == PlaceState.CONFIRMED
    response = Client().post(address, {"reason": ""}, follow=True)
    assert "Na tuto cestu nejedete" in response.content.decode()
    other.refresh_from_db()
    assert other.state == PlaceState.CONFIRMED
    assert Client().post(address, {"reason": ""}).status_code == 422


def test_the_calendar_file_is_one_that_calendars_take(person):
    response = Client().get(f"{person.get_link()}calendar/")
    assert response["Content-Type"].startswith("text/calendar")
    assert response["Cache-Control"] == "no-store, private"
    assert "UID:visit-" not in response.content.decode()


def test_a_page_that_there_is_not(person):
    assert Client().get(f"{person.get_link()}nothing/").status_code == 404


def test_once_the_visit_is_archived_the_link_is_over(person):
    person.visit.state = VisitState.ARCHIVED
    person.visit.save()
    assert Client().get(person.get_link()).status_code == 410


def test_the_old_link_leads_to_the_report_once_it_is_out(person):
    edition = ReportEditionFactory(document__visit=person.visit)
    there = f'href="{edition.document.get_absolute_url()}"'
    assert there not in Client().get(person.get_link()).content.decode()
    type(edition).objects.update(state="published")
    assert there in Client().get(person.get_link()).content.decode()
