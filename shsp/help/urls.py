"""Addresses of the guided page, and of its texts at the desk.

Czech and English are the portal's own; the other readings have theirs.
"""

from django.urls import path

from accounts.access import requires
from core.documents.urls import document_urls
from shsp.help import views
from shsp.help.kind import HELP

public_urls = [
    path("help/", views.help_now, name="help-now"),
    path("help/easy/", views.help_now, {"reading": "easy"}, name="help-easy"),
    path("help/ukrainian/", views.help_now, {"reading": "uk"}, name="help-ukrainian"),
    path("help/places/", views.help_places, name="help-places"),
    path("help/easy/places/", views.help_places, {"reading": "easy"}, name="help-easy-places"),
    path("help/ukrainian/places/", views.help_places, {"reading": "uk"}, name="help-ukrainian-places"),
]

desk_urls = document_urls(HELP, requires)
