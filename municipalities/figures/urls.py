"""Addresses of figures and indicators."""

from django.urls import path

from municipalities.figures.views import desk, indicators, public

ONE = "desk/municipalities/<slug:slug>/figures/"

public_urls = [
    path("municipalities/<slug:slug>/figures/", public.values, name="municipality-figures"),
    path("municipalities/<slug:slug>/figures/csv/", public.values_csv, name="municipality-figures-csv"),
]

desk_urls = [
    path(ONE, desk.values, name="desk-figures"),
    path(ONE + "new/", desk.enter, name="desk-figure-new"),
    path(ONE + "<int:pk>/", desk.value, name="desk-figure"),
    path(ONE + "<int:pk>/correct/", desk.correct, name="desk-figure-correct"),
    path(ONE + "<int:pk>/take-back/", desk.take_back, name="desk-figure-take-back"),
    path("desk/indicators/", indicators.indicators, name="desk-indicators"),
    path("desk/indicators/new/", indicators.add, name="desk-indicator-new"),
    path("desk/indicators/<slug:slug>/edit/", indicators.edit, name="desk-indicator-edit"),
    path("desk/indicators/<slug:slug>/use/", indicators.set_in_use, name="desk-indicator-use"),
]
