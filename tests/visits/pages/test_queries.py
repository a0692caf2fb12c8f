"""Tests of what of visits waits for the desk and is to come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.permissions import Role
from tests.factories.accounts import UserFactory
from tests.factories.visits import StudyVisitFactory
from visits.choices import VisitState
from visits.models import StudyVisit
from visits.pages import queries

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize(
    ("columns", "waits"),
    [
        ({"state": VisitState.CLOSED, "starts_on": YESTERDAY}, True),
        ({"state": VisitState.PLANNED, "starts_on": YESTERDAY}, True),
        ({"state": VisitState.CLOSED, "starts_on": YESTERDAY, "starts_precision": "year"}, False),
        ({"state": VisitState.CLOSED}, False),
        ({"state": VisitState.UNDER_WAY, "starts_on": YESTERDAY, "ends_on": YESTERDAY}, True),
        ({"state": VisitState.UNDER_WAY, "starts_on": YESTERDAY}, False),
        ({"state": VisitState.CANCELLED, "starts_on": YESTERDAY}, False),
    ],
)
def test_the_desk_is_told_of_visits_whose_state_is_behind_the_calendar(columns, waits):
    StudyVisitFactory(planned=True, **columns)
    _title, _url, rows = queries.behind_calendar(UserFactory(role=Role.EDITOR))
    assert rows.exists() == waits


def test_a_visit_without_a_day_is_the_last_to_come():
    undated = StudyVisitFactory(open=True, starts_on=None)
    dated = StudyVisitFactory(open=True)
    StudyVisitFactory()
    assert queries.to_come(StudyVisit.objects.all()) == [dated, undated]
