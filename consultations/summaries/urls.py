"""Addresses of summaries."""

from django.urls import path

from accounts.access import public, requires
from consultations.summaries import views
from consultations.summaries.kind import SUMMARIES
from core.documents.urls import document_urls, reader_urls

public_urls = reader_urls(SUMMARIES, public)

desk_urls = [
    *document_urls(SUMMARIES, requires),
    path("desk/summaries/<int:pk>/requests/", views.link, name="desk-summary-link"),
    path("desk/summaries/<int:pk>/requests/<int:origin>/unlink/", views.unlink, name="desk-summary-unlink"),
]
