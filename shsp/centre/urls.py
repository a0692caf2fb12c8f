"""Addresses of the Centre's own words at the desk."""

from django.urls import path

from accounts.access import requires
from core.views.own_words import own_words_urls
from shsp.centre import views
from shsp.centre.kinds import KINDS

desk_urls = [
    path("desk/settings/", views.hub, name="desk-settings"),
    *(address for kind in KINDS for address in own_words_urls(kind, requires)),
]
