"""Addresses of the pages of the site, and of their texts at the desk."""

from django.urls import path

from accounts.access import requires
from core.documents.urls import document_urls
from shsp.pages import views
from shsp.pages.kind import PAGES

public_urls = [
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]

desk_urls = document_urls(PAGES, requires)
