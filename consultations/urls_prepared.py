"""Addresses of the answer box before it is sent, and of prepared answers."""

from django.urls import path

from consultations.views import desk_draft, desk_prepared, desk_presence

ONE = "desk/requests/<str:reference>/"

desk_prepared_urls = [
    path(ONE + "presence/", desk_presence.presence, name="desk-request-presence"),
    path(ONE + "draft/<str:kind>/", desk_draft.draft, name="desk-request-draft"),
    path(ONE + "prepared/<str:kind>/", desk_draft.prepared, name="desk-request-prepared"),
    path("desk/prepared/", desk_prepared.answers, name="desk-prepared"),
    path("desk/prepared/new/", desk_prepared.write, name="desk-prepared-new"),
    path("desk/prepared/<int:pk>/", desk_prepared.edit, name="desk-prepared-edit"),
    path("desk/prepared/<int:pk>/retire/", desk_prepared.retire, name="desk-prepared-retire"),
    path("desk/prepared/<int:pk>/take-up/", desk_prepared.take_up, name="desk-prepared-take-up"),
]
