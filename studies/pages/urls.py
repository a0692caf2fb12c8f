"""Addresses of the pages of materials."""

from django.urls import path

from studies.pages.views import desk, public

public_urls = [
    path("materials/", public.materials, name="materials"),
    path("materials/<slug:slug>/", public.material, name="material"),
]
desk_urls = [
    path("desk/materials/", desk.materials, name="desk-materials"),
    path("desk/materials/<int:pk>/", desk.material, name="desk-material"),
]
