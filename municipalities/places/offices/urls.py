"""Addresses of offices and of what visitors report."""

from django.urls import path

from municipalities.places.offices.views import desk, imports, public

public_urls = [
    path("municipalities/<slug:slug>/office/report/", public.report, name="office-report"),
    path("offices/reported/<str:token>/", public.reported, name="office-reported"),
]

desk_urls = [
    path("desk/offices/", desk.offices, name="desk-offices"),
    path("desk/offices/table/", desk.table, name="desk-offices-csv"),
    path("desk/offices/new/", desk.new, name="desk-office-new"),
    path("desk/offices/import/", imports.bring, name="desk-offices-import"),
    path("desk/offices/import/template/", imports.template, name="desk-offices-template"),
    path("desk/offices/reports/", desk.office_reports, name="desk-office-reports"),
    path("desk/offices/reports/<int:pk>/settle/", desk.settle, name="desk-office-settle"),
    path("desk/offices/<int:pk>/", desk.edit, name="desk-office-edit"),
    path("desk/offices/<int:pk>/check/", desk.check, name="desk-office-check"),
    path("desk/offices/<int:pk>/close/", desk.close, name="desk-office-close"),
    path("desk/offices/<int:pk>/reopen/", desk.reopen, name="desk-office-reopen"),
]
