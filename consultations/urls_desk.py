"""Addresses of requests at the desk."""

from django.urls import path

from core.pending import pending

desk_urls = [
    path("desk/", pending, name="desk"),
    path("desk/requests/", pending, name="desk-requests"),
    path("desk/requests/new/", pending, name="desk-log"),
    path("desk/requests/<str:reference>/", pending, name="desk-request"),
]
