"""Addresses of the pages of materials."""

from django.urls import path

from studies.pages.views import public

public_urls = [
    path("materials/", public.materials, name="materials"),
    path("materials/<slug:slug>/", public.material, name="material"),
]
