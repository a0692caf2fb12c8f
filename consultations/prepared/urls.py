"""Addresses of prepared answers."""

from django.urls import path

from consultations.prepared import views

desk_urls = [
    path("desk/prepared/", views.answers, name="desk-prepared"),
    path("desk/prepared/new/", views.edit, name="desk-prepared-new"),
    path("desk/prepared/<int:pk>/", views.edit, name="desk-prepared-edit"),
    path("desk/prepared/<int:pk>/retire/", views.retire, name="desk-prepared-retire"),
    path("desk/prepared/<int:pk>/take-up/", views.take_up, name="desk-prepared-take-up"),
]
