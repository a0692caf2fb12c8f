"""Addresses of asking and of the requester's own page."""

from django.urls import path

from core.pending import pending

public_urls = [
    path("requests/new/", pending, name="ask"),
    path("requests/<str:token>/", pending, name="request"),
]

my_urls = [
    path("my/", pending, name="my"),
    path("my/requests/", pending, name="my-requests"),
    path("my/requests/new/", pending, name="my-ask"),
    path("my/requests/<str:reference>/", pending, name="my-request"),
]
