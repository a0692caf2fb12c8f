"""Addresses of materials."""

from django.urls import path

from studies.views import public

public_urls = [
    path("materials/", public.materials, name="materials"),
    path("materials/<slug:slug>/", public.material, name="material"),
]
