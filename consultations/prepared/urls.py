"""Addresses of the answer box before it is sent, and of prepared answers."""

from django.urls import path

from consultations.desk.views import draft, presence
from consultations.prepared import views

ONE = "desk/requests/<str:reference>/"

desk_prepared_urls = [
    path(ONE + "presence/", presence.presence, name="desk-request-presence"),
    path(ONE + "draft/<str:kind>/", draft.draft, name="desk-request-draft"),
    path(ONE + "prepared/<str:kind>/", draft.prepared, name="desk-request-prepared"),
    path("desk/prepared/", views.answers, name="desk-prepared"),
    path("desk/prepared/new/", views.write, name="desk-prepared-new"),
    path("desk/prepared/<int:pk>/", views.edit, name="desk-prepared-edit"),
    path("desk/prepared/<int:pk>/retire/", views.retire, name="desk-prepared-retire"),
    path("desk/prepared/<int:pk>/take-up/", views.take_up, name="desk-prepared-take-up"),
]
