"""Addresses of study visits and hosts."""

from django.urls import path

from accounts.access import requires
from core.views.own_words import own_words_urls
from visits.kind import HOSTS
from visits.views import public

public_urls = [
    path("visits/", public.visits, name="visits"),
    path("visits/<slug:slug>/", public.visit, name="visit"),
    path("visits/hosts/<slug:slug>/", public.host, name="host"),
]
desk_urls = own_words_urls(HOSTS, requires)
