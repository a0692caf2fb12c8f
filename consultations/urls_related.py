"""Addresses of what requests and persons have to do with each other."""

from django.urls import path

from consultations.views import desk_persons, desk_related

ONE = "desk/requests/<str:reference>/"

desk_related_urls = [
    path(ONE + "related/", desk_related.page, name="desk-related"),
    path(ONE + "related/merge/", desk_related.merge, name="desk-related-merge"),
    path(ONE + "related/link/", desk_related.link, name="desk-related-link"),
    path(ONE + "related/split/", desk_related.split, name="desk-related-split"),
    path(ONE + "related/<int:pk>/undo/", desk_related.undo, name="desk-related-undo"),
    path(ONE + "related/links/<int:pk>/unlink/", desk_related.unlink, name="desk-related-unlink"),
    path(ONE + "answer-several/", desk_related.answer_several, name="desk-several"),
    path("desk/persons/<int:pk>/", desk_persons.person, name="desk-person"),
    path("desk/persons/<int:pk>/merge/", desk_persons.merge, name="desk-person-merge"),
    path("desk/persons/merges/<int:pk>/undo/", desk_persons.undo, name="desk-person-undo"),
]
