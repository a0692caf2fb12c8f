"""A report is begun on the page of its visit."""

import pytest
from django.urls import reverse

from tests.factories.reports import TravelQuestionFactory
from tests.factories.visits import StudyVisitFactory
from visits.choices import VisitState
from visits.models import Report

pytestmark = pytest.mark.django_db


def test_a_report_is_begun_on_the_page_of_its_visit(log_in):
    client, user = log_in("consultant")
    visit = StudyVisitFactory(state=VisitState.UNDER_WAY)
    TravelQuestionFactory(visit=visit)
    page = reverse("desk-visit-report-begin", args=[visit.pk])
    assert "Začít zprávu" in client.get(page).content.decode()

    response = client.post(page)

    report = Report.objects.get(visit=visit)
    assert response["Location"] == client.get(page)["Location"] == report.get_desk_url()
    assert report.owner == user


def test_a_report_of_a_visit_to_come_is_not_begun(log_in):
    client, _user = log_in("consultant")
    visit = StudyVisitFactory(state=VisitState.OPEN)
    page = reverse("desk-visit-report-begin", args=[visit.pk])

    assert "Zprávu lze začít, až cesta probíhá." in client.get(page).content.decode()
    assert client.post(page).status_code == 422
