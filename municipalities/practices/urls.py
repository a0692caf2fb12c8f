"""Addresses of practices and their ledger."""

from django.urls import path

from accounts.access import public as everybody
from accounts.access import requires
from core.documents.urls import document_urls, reader_urls
from municipalities.practices.kind import OWN_PRACTICES, PRACTICES
from municipalities.practices.views import adoptions, desk, public

public_urls = [
    path("practices/lessons/", public.lessons, name="practice-lessons"),
    *reader_urls(PRACTICES, everybody),
    path("practices/<slug:slug>/ledger/", public.ledger, name="practice-ledger"),
]

my_urls = [
    *document_urls(OWN_PRACTICES, requires),
    path("my/practices/adoptions/", adoptions.my_adoptions, name="my-adoptions"),
    path("my/practices/adoptions/<int:pk>/undo/", adoptions.my_undo, name="my-adoption-undo"),
    path("my/practices/<int:pk>/adoption/", adoptions.my_mark, name="my-adoption-mark"),
]

desk_urls = [
    *document_urls(PRACTICES, requires),
    path("desk/practices/<int:pk>/assess/", desk.assess, name="desk-practice-assess"),
    path("desk/practices/<int:pk>/ledger/", adoptions.desk_ledger, name="desk-practice-ledger"),
    path("desk/practices/<int:pk>/adoption/", adoptions.desk_mark, name="desk-adoption-mark"),
    path(
        "desk/practices/<int:pk>/adoptions/<int:adoption>/undo/",
        adoptions.desk_undo,
        name="desk-adoption-undo",
    ),
]
