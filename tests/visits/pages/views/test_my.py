"""Tests of the officials' page of visits: what waits, what was, and nothing of others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from core.notices.counts import counts_for
from tests.factories.attendance import AttendeeFactory, VisitInvitationFactory
from tests.factories.lessons import OutcomeFactory, ProposalFactory, WordingFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.reports import ReportEditionFactory
from tests.factories.visits import StudyVisitFactory
from visits.choices import InvitationState, LessonAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def membership():
    return MembershipFactory()


@pytest.fixture
def client(membership):
    client = Client()
    client.force_login(membership.user)
    return client


def test_an_invitation_waits_with_its_day_and_is_counted_in_the_menu(client, membership):
    row = VisitInvitationFactory(municipality=membership.municipality)
    VisitInvitationFactory()

    page = client.get("/en/my/visits/")

    [waiting] = page.context["waiting"]
    assert (waiting.url, bool(waiting.due_on)) == (row.get_my_url(), True)
    assert client.get("/en/my/").context["tasks"] == page.context["waiting"]
    assert counts_for(membership.user, ["my-visits"]) == {"my-visits": 1}
    assert row.visit.name in client.get("/en/my/").content.decode().split('id="next"')[1]


def test_what_was_answered_waits_no_more(client, membership):
    place = membership.municipality
    VisitInvitationFactory(municipality=place, state=InvitationState.COMING)
    VisitInvitationFactory(
        municipality=place, visit=StudyVisitFactory(open=True, sign_up_until=timezone.now() - timedelta(1))
    )

    page = client.get("/en/my/visits/")

    # Questions can still be sent along with both.
    assert all(task.url.endswith("#questions") for task in page.context["waiting"])
    assert len(page.context["before"]) == 2
    assert counts_for(membership.user, ["my-visits"]) == {"my-visits": 0}


def test_visits_that_somebody_joined_are_shown_whoever_wrote_it_down(client, membership):
    place = membership.municipality
    known = StudyVisitFactory(municipalities=[place])
    ticked = StudyVisitFactory()
    invitation = VisitInvitationFactory(visit=ticked, municipality=place, state=InvitationState.COMING)
    AttendeeFactory(
        invitation=invitation, was_there=True, ticked_at=timezone.now(), ticked_by=membership.user
    )
    AttendeeFactory(invitation=VisitInvitationFactory(visit=StudyVisitFactory(), municipality=place))

    assert client.get("/en/my/visits/").context["joined"] == [ticked, known]


def test_the_page_is_that_of_the_municipality_that_is_chosen(client, membership):
    other = MunicipalityFactory(slug="jina")
    VisitInvitationFactory(municipality=other)
    assert client.get("/en/my/visits/").context["waiting"] == []
    assert client.get("/en/my/visits/?municipality=jina").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(client, membership, django_assert_num_queries, rows):
    for _row in range(rows):
        VisitInvitationFactory(municipality=membership.municipality)
        StudyVisitFactory(municipalities=[membership.municipality])
        OutcomeFactory(proposal__municipality=membership.municipality)
    client.get("/en/my/visits/")
    with django_assert_num_queries(17):
        client.get("/en/my/visits/")


def test_lessons_of_one_visit_are_told_apart(client, membership):
    edition = ReportEditionFactory(published=True)
    said = {"state": LessonAnswer.PLANNED, "answered": True, "municipality": membership.municipality}
    wordings = [WordingFactory(edition=edition, title=title) for title in ("Klíče", "Porady")]
    rows = [ProposalFactory(lesson=wording.lesson, **said) for wording in wordings]
    page = client.get("/en/my/visits/")
    assert {row.name for row in page.context["before"]} == {"Klíče", "Porady"}
    for row in rows:
        OutcomeFactory(proposal=row)
    page = client.get("/en/my/visits/")
    assert {task.note for task in page.context["waiting"]} == {"Klíče", "Porady"}
    assert "Porady" in page.content.decode()
