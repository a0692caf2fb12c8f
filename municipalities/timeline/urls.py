"""Addresses of the municipalities' pages and timelines."""

from django.urls import path

from municipalities.timeline.views import desk, my, public

public_urls = [
    path("municipalities/", public.municipalities, name="municipalities"),
    path("municipalities/options/", public.options, name="municipality-options"),
    path("municipalities/<slug:slug>/", public.municipality, name="municipality"),
]

my_urls = [path("my/timeline/", my.my_timeline, name="my-timeline")]

desk_urls = [
    path("desk/municipalities/", desk.municipalities, name="desk-municipalities"),
    path("desk/municipalities/<slug:slug>/", desk.municipality, name="desk-municipality"),
]
