"""Addresses of summaries."""

from django.urls import path

from core.pending import pending

public_summary_urls = [
    path("summaries/", pending, name="summaries"),
    path("summaries/<slug:slug>/", pending, name="summary"),
]

desk_summary_urls = [
    path("desk/summaries/", pending, name="desk-summaries"),
    path("desk/summaries/<slug:slug>/", pending, name="desk-summary"),
]
