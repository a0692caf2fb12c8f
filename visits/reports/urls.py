"""Addresses of reports: where readers find them, and where they are written."""

from django.urls import path

from accounts.access import requires
from core.documents.parts.urls import part_urls
from core.documents.urls import document_urls
from visits.reports.kind import REPORTS
from visits.reports.views import desk, public

public_urls = [
    path("visits/<slug:slug>/report/", public.report, name="visit-report"),
    path("visits/<slug:slug>/report/pdf/", public.report_pdf, name="visit-report-pdf"),
    path("visits/<slug:slug>/report/files/<int:row>/", public.report_file, name="visit-report-file"),
]

BASE = "desk/visit-reports/<int:pk>/"

desk_urls = [
    path("desk/visits/<int:pk>/report/", desk.begin, name="desk-visit-report-begin"),
    *document_urls(REPORTS, requires),
    path(f"{BASE}pdf/", desk.make_pdf, name="desk-visit-report-pdf"),
    path(f"{BASE}answers/add/", desk.take_questions, name="desk-visit-report-questions"),
    *part_urls(REPORTS, requires),
]
