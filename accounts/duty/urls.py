"""Addresses of the rota and of absences."""

from django.urls import path

from accounts.duty import views

ABSENCES = "desk/duty/absences/"

desk_urls = [
    path("desk/duty/", views.duty, name="desk-duty"),
    path("desk/duty/fill/", views.fill, name="desk-duty-fill"),
    path(ABSENCES + "new/", views.new, name="desk-absence-new"),
    path(ABSENCES + "undo/", views.undo, name="desk-absence-undo"),
    path(ABSENCES + "<int:pk>/", views.change, name="desk-absence"),
    path(ABSENCES + "<int:pk>/end/", views.end, name="desk-absence-end"),
    path(ABSENCES + "<int:pk>/remove/", views.remove, name="desk-absence-remove"),
]
