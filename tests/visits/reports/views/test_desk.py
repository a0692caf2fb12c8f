"""A report is begun on the page of its visit; a PDF that was not made is tried again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.reports import ReportEditionFactory, TravelQuestionFactory
from tests.factories.visits import StudyVisitFactory
from visits.choices import VisitState
from visits.models import Report, ReportEdition
from visits.reports import tasks

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


def test_what_has_no_pdf_says_so_and_is_tried_again(log_in):
    client, _user = log_in("consultant")
    edition = ReportEditionFactory(published=True, whole=True)
    ReportEdition.objects.update(pdf_failed_at=timezone.now())
    page = edition.document.get_desk_url()
    assert "PDF se nepodařilo vytvořit" in client.get(page).content.decode()
    again = reverse("desk-visit-report-pdf", args=[edition.document_id])

    assert client.post(again)["Location"] == page

    assert "PDF se připravuje" in client.get(page).content.decode()
    tasks.make.func(edition.pk)
    told = client.post(again, follow=True).content.decode()
    assert "PDF dostane jen zveřejněná zpráva, která ho ještě nemá." in told
    assert "Stáhnout jako PDF" in told
