"""Addresses of reports: where readers find them, and where they are written."""

from django.urls import path

from accounts.access import requires
from core.documents.urls import document_urls
from visits.reports.kind import REPORTS
from visits.reports.views import desk, parts, public, sections

public_urls = [
    path("visits/<slug:slug>/report/", public.report, name="visit-report"),
    path("visits/<slug:slug>/report/pdf/", public.report_pdf, name="visit-report-pdf"),
    path("visits/<slug:slug>/report/files/<int:row>/", public.report_file, name="visit-report-file"),
]

BASE = "desk/visit-reports/<int:pk>/"
SECTION = f"{BASE}sections/<int:row>/"
PART = f"{BASE}<slug:part>/<int:row>/"

desk_urls = [
    path("desk/visits/<int:pk>/report/", desk.begin, name="desk-visit-report-begin"),
    *document_urls(REPORTS, requires),
    path(f"{BASE}files/<int:row>/", parts.file, name="desk-visit-report-file"),
    path(f"{BASE}pdf/", desk.make_pdf, name="desk-visit-report-pdf"),
    path(f"{BASE}answers/add/", parts.take_questions, name="desk-visit-report-questions"),
    path(SECTION, sections.section, name="desk-visit-report-section"),
    path(f"{SECTION}hold/", sections.hold, name="desk-visit-report-hold"),
    path(f"{SECTION}let-go/", sections.let_go, name="desk-visit-report-let-go"),
    path(f"{SECTION}versions/", sections.versions, name="desk-visit-report-versions"),
    path(f"{SECTION}versions/<int:number>/put-back/", sections.put_back, name="desk-visit-report-put-back"),
    path(f"{BASE}<slug:part>/new/", parts.new, name="desk-visit-report-part-new"),
    path(PART, parts.edit, name="desk-visit-report-part"),
    path(f"{PART}remove/", parts.remove, name="desk-visit-report-part-remove"),
    path(f"{PART}move/", parts.shift, name="desk-visit-report-part-move"),
]
