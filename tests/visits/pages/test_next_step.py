"""What is most likely done next with a visit, in each of its states."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.permissions import Role
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory, OpenVisitFactory, VisitInvitationFactory
from tests.factories.deliveries import DeliveryFactory
from tests.factories.lessons import ProposalFactory, WordingFactory
from tests.factories.reports import ReportEditionFactory
from tests.factories.visits import StudyVisitFactory
from visits.choices import DeliveryState, VisitState
from visits.pages.facts import plan
from visits.pages.next_step import next_step_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def staff():
    return UserFactory()


def said(visit, user):
    step = next_step_of(visit, user)
    return (step.label, step.url.removeprefix("/en/desk/")) if step else None


def test_a_plan_that_lacks_something_is_filled_in_else_its_sign_up_opens(staff):
    lacking = StudyVisitFactory(planned=True, starts_on=None)
    assert said(lacking, staff) == ("Fill in what is missing", f"visits/{lacking.pk}/edit/")
    assert said(StudyVisitFactory(planned=True), staff) is None


def test_while_the_sign_up_is_open_people_are_invited_and_confirmed(staff):
    visit = OpenVisitFactory()
    assert said(visit, staff) == ("Invite municipalities", f"visits/{visit.pk}/invite/")
    invitation = VisitInvitationFactory(visit=visit)
    people = f"visits/{visit.pk}/?tab=people"
    assert said(visit, staff) == ("See who goes and who has answered", people)
    AttendeeFactory(invitation=invitation)
    assert said(visit, staff) == ("Confirm who was named", people)


def test_a_sign_up_whose_moment_has_passed_is_closed(staff):
    assert said(OpenVisitFactory(sign_up_until=timezone.now() - timedelta(hours=1)), staff) is None


def test_it_begins_on_its_day_and_not_before(staff):
    closed = {"planned": True, "state": VisitState.CLOSED}
    label, _url = said(StudyVisitFactory(**closed), staff)
    assert label == "See who goes and who has answered"
    assert said(StudyVisitFactory(**closed, starts_on=timezone.localdate()), staff) is None


def test_on_the_way_there_is_the_attendance_and_after_it_the_report(staff):
    days = {"starts_on": timezone.localdate() - timedelta(days=1), "state": VisitState.UNDER_WAY}
    visit = StudyVisitFactory(**days, ends_on=timezone.localdate())
    assert said(visit, staff) == ("Attendance on the spot", f"visits/{visit.pk}/attendance/")
    assert said(StudyVisitFactory(**days), staff) is None


def test_a_report_is_begun_written_and_read(staff):
    visit = StudyVisitFactory(state=VisitState.REPORTING)
    assert said(visit, staff) == ("Begin the report", f"visits/{visit.pk}/report/")
    edition = ReportEditionFactory(document__visit=visit)
    page = f"visit-reports/{edition.document_id}/"
    assert said(visit, staff) == ("Go on writing the report", page)
    type(edition).objects.update(state="in_review", submitted_at=timezone.now(), submitted_by=staff)
    assert said(visit, staff) == ("Open the report", page)


def test_after_the_report_comes_what_did_not_arrive_then_the_lessons(staff):
    edition = ReportEditionFactory(published=True, document__visit__state=VisitState.REPORTED)
    visit = edition.document.visit
    assert said(visit, staff) == ("See what came of it", f"visits/{visit.pk}/?tab=lessons")
    wording = WordingFactory(edition=edition)
    assert said(visit, staff) == ("Propose lessons", f"visits/{visit.pk}/propose/")
    delivery = DeliveryFactory(edition=edition, state=DeliveryState.FAILED)
    stuck = f"deliveries/?state=desk&visit={visit.slug}"
    assert said(visit, staff) == ("See what did not arrive", stuck)
    type(delivery).objects.update(state=DeliveryState.DONE)
    ProposalFactory(lesson=wording.lesson)
    assert said(visit, staff)[0] == "See what came of it"


@pytest.mark.parametrize("state", [VisitState.ARCHIVED, VisitState.CANCELLED])
def test_what_only_goes_back_is_never_the_main_button(staff, state):
    gone = {"cancelled_at": timezone.now(), "cancelled_by": staff} if state == VisitState.CANCELLED else {}
    part = plan(StudyVisitFactory(state=state, **gone), staff)
    assert (part["next_step"], part["is_first_main"]) == (None, False)


def test_who_only_reads_the_desk_is_led_nowhere():
    assert said(OpenVisitFactory(), UserFactory(role=Role.ADMINISTRATOR)) is None
