"""Addresses of the library."""

from django.urls import path

from studies.library.views import public

public_urls = [
    path("library/", public.library, name="library"),
    path("library/<int:pk>/", public.document, name="library-document"),
]
