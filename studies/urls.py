"""Addresses of materials."""

from django.urls import path

from accounts.access import requires
from core.views.own_words import own_words_urls
from studies.kind import AUDIENCES
from studies.views import public

public_urls = [
    path("materials/", public.materials, name="materials"),
    path("materials/<slug:slug>/", public.material, name="material"),
]
desk_urls = own_words_urls(AUDIENCES, requires)
