"""Addresses of the library."""

from django.urls import path

from accounts.access import requires
from core.views.own_words import own_words_urls
from studies.library.kind import SHELVES
from studies.library.views import desk, public

public_urls = [
    path("library/", public.library, name="library"),
    path("library/<int:pk>/", public.document, name="library-document"),
    path("library/<int:pk>/file/", public.file, name="library-file"),
]
desk_urls = [
    path("desk/library/", desk.documents, name="desk-library"),
    path("desk/library/new/", desk.new, name="desk-library-new"),
    path("desk/library/<int:pk>/", desk.edit, name="desk-library-document"),
    path("desk/library/<int:pk>/put-back/<int:entry>/", desk.put_back, name="desk-library-put-back"),
    path("desk/library/<int:pk>/use/", desk.use, name="desk-library-use"),
    *own_words_urls(SHELVES, requires),
]
