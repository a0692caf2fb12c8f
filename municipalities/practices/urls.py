"""Addresses of practices and their ledger."""

from django.urls import path

from accounts.access import public, requires
from core.documents.urls import document_urls, reader_urls
from municipalities.practices import views
from municipalities.practices.kind import OWN_PRACTICES, PRACTICES

public_urls = [
    path("practices/lessons/", views.lessons, name="practice-lessons"),
    *reader_urls(PRACTICES, public),
    path("practices/<slug:slug>/ledger/", views.ledger, name="practice-ledger"),
]

my_urls = [
    *document_urls(OWN_PRACTICES, requires),
    path("my/practices/adoptions/", views.my_adoptions, name="my-adoptions"),
    path("my/practices/adoptions/<int:pk>/undo/", views.my_undo, name="my-adoption-undo"),
    path("my/practices/<int:pk>/adoption/", views.my_mark, name="my-adoption-mark"),
]

desk_urls = [
    *document_urls(PRACTICES, requires),
    path("desk/practices/<int:pk>/assess/", views.assess, name="desk-practice-assess"),
    path("desk/practices/<int:pk>/ledger/", views.desk_ledger, name="desk-practice-ledger"),
    path("desk/practices/<int:pk>/adoption/", views.desk_mark, name="desk-adoption-mark"),
    path(
        "desk/practices/<int:pk>/adoptions/<int:adoption>/undo/",
        views.desk_undo,
        name="desk-adoption-undo",
    ),
]
