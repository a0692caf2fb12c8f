"""Addresses of what requests and persons have to do with each other."""

from django.urls import path

from consultations.related.views import persons, requests

ONE = "desk/requests/<str:reference>/"

desk_urls = [
    path(ONE + "related/", requests.page, name="desk-related"),
    *(
        path(f"{ONE}related/{verb.name}/", requests.view_of(verb), name=f"desk-related-{verb.name}")
        for verb in requests.VERBS
    ),
    path(ONE + "related/<int:pk>/undo/", requests.undo, name="desk-related-undo"),
    path(ONE + "related/links/<int:pk>/unlink/", requests.unlink, name="desk-related-unlink"),
    path(ONE + "answer-several/", requests.answer_several, name="desk-several"),
    path("desk/persons/<int:pk>/", persons.person, name="desk-person"),
    path("desk/persons/<int:pk>/merge/", persons.merge, name="desk-person-merge"),
    path("desk/persons/merges/<int:pk>/undo/", persons.undo, name="desk-person-undo"),
]
