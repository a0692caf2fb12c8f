"""Addresses of what requests and persons have to do with each other."""

from django.urls import path

from consultations.related.views import persons, requests

ONE = "desk/requests/<str:reference>/"

desk_urls = [
    path(ONE + "related/", requests.page, name="desk-related"),
    path(ONE + "related/merge/", requests.merge, name="desk-related-merge"),
    path(ONE + "related/link/", requests.link, name="desk-related-link"),
    path(ONE + "related/split/", requests.split, name="desk-related-split"),
    path(ONE + "related/<int:pk>/undo/", requests.undo, name="desk-related-undo"),
    path(ONE + "related/links/<int:pk>/unlink/", requests.unlink, name="desk-related-unlink"),
    path(ONE + "answer-several/", requests.answer_several, name="desk-several"),
    path("desk/persons/<int:pk>/", persons.person, name="desk-person"),
    path("desk/persons/<int:pk>/merge/", persons.merge, name="desk-person-merge"),
    path("desk/persons/merges/<int:pk>/undo/", persons.undo, name="desk-person-undo"),
]
