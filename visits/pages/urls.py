"""Addresses of the pages of visits and hosts."""

from django.urls import path

from visits.pages.views import desk, my, public

public_urls = [
    path("visits/", public.visits, name="visits"),
    path("visits/<slug:slug>/", public.visit, name="visit"),
    path("visits/hosts/<slug:slug>/", public.host, name="host"),
]
my_urls = [path("my/visits/", my.visits, name="my-visits")]

desk_urls = [
    path("desk/visits/<int:pk>/", desk.visit, name="desk-visit"),
]
