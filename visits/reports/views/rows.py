"""The rows that the pages of a report are about; each raises Http404 for what is not there."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.access import UserRequest
from visits.models import Report, ReportEdition


def report_page(report: int) -> str:
    """Return the address of the desk's page of a report."""
    return reverse("desk-visit-report", args=[report])


def newest_edition(request: UserRequest, pk: int) -> ReportEdition:
    """Return the edition of a report that can be worked on."""
    rows = Report.objects.visible_to(request.user).select_related("visit")
    report = get_object_or_404(rows, pk=pk)
    edition = report.editions.order_by("-number").first()
    if edition is None:
        raise Http404
    edition.document = report
    return edition
