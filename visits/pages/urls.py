"""Addresses of the pages of visits and hosts."""

from django.urls import path

from visits.pages.views import desk, public

public_urls = [
    path("visits/", public.visits, name="visits"),
    path("visits/<slug:slug>/", public.visit, name="visit"),
    path("visits/hosts/<slug:slug>/", public.host, name="host"),
]

desk_urls = [
    path("desk/visits/<int:pk>/", desk.visit, name="desk-visit"),
]
