"""Addresses of the Centre's own words at the desk."""

from django.urls import path

from shsp.centre import views

desk_urls = [
    path("desk/settings/", views.hub, name="desk-settings"),
]
