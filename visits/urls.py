"""Addresses of study visits and hosts."""

from django.urls import path

from visits.views import public

public_urls = [
    path("visits/", public.visits, name="visits"),
    path("visits/<slug:slug>/", public.visit, name="visit"),
    path("visits/hosts/<slug:slug>/", public.host, name="host"),
]
