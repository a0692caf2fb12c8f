"""The rows that the pages of a report are about; each raises Http404 for what is not there."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.access import UserRequest
from visits.models import Report, ReportEdition, ReportSection


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


def section_of(edition: ReportEdition, number: int) -> ReportSection:
    """Return a section of an edition; raises Http404 without one."""
    section = get_object_or_404(edition.sections.select_related("holder", "item"), pk=number)
    section.edition = edition
    return section


def part_of(edition: ReportEdition, model: Any, number: int, **narrower: Any) -> Any:
    """Return a row of a part of an edition; raises Http404 without one."""
    row = get_object_or_404(model, edition=edition, pk=number, **narrower)
    row.edition = edition
    return row
