"""Addresses of municipalities."""

from django.urls import path

from core.pending import pending
from municipalities.views import public

public_urls = [
    path("municipalities/", pending, name="municipalities"),
    path("municipalities/options/", public.options, name="municipality-options"),
    path("municipalities/<slug:slug>/", pending, name="municipality"),
]

my_urls = [
    path("my/timeline/", pending, name="my-timeline"),
]

desk_urls = [
    path("desk/municipalities/", pending, name="desk-municipalities"),
    path("desk/municipalities/<slug:slug>/", pending, name="desk-municipality"),
]
