"""Addresses of the texts of materials: where readers find them, and where they are written."""

from django.urls import path

from accounts.access import requires
from core.documents.parts.urls import part_urls
from core.documents.urls import document_urls
from studies.texts.kind import TEXTS
from studies.texts.views import desk, public

EDITION = "materials/<slug:slug>/editions/<int:number>/"

public_urls = [
    # Where a search leads: the address of a chapter changes with its edition.
    path("materials/chapters/<int:pk>/", public.found, name="material-found"),
    path("materials/<slug:slug>/reads/", public.reads, name="material-text-reads"),
    path("materials/<slug:slug>/helpful/", public.helpful, name="material-text-helpful"),
    path("materials/<slug:slug>/mistake/", public.mistake, name="material-text-mistake"),
    path(EDITION, public.edition, name="material-edition"),
    path(f"{EDITION}whole/", public.whole, name="material-edition-whole"),
    path(f"{EDITION}cite/<slug:form>/", public.cite, name="material-edition-cite"),
    path(f"{EDITION}pdf/", public.pdf, name="material-edition-pdf"),
    path(f"{EDITION}figures/<slug:key>/", public.figure, name="material-edition-figure"),
    path(f"{EDITION}files/<int:row>/", public.file, name="material-edition-file"),
    path(f"{EDITION}<slug:chapter>/", public.chapter, name="material-chapter"),
]

desk_urls = [
    path("desk/materials/<int:pk>/text/", desk.begin, name="desk-material-text-begin"),
    path("desk/material-texts/paste/", desk.paste, name="desk-material-text-paste"),
    *document_urls(TEXTS, requires),
    path("desk/material-texts/<int:pk>/import/", desk.bring, name="desk-material-text-import"),
    path("desk/material-texts/<int:pk>/whole/", desk.whole, name="desk-material-text-whole"),
    *part_urls(TEXTS, requires),
]
