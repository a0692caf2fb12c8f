"""Addresses of the desk's list: its filters, bulk changes, table and keys, and what is like a request."""

from django.urls import path

from consultations.views import desk_bulk, desk_filters, desk_keys, desk_list, desk_similar

LIST = "desk/requests/"
FILTERS = LIST + "filters/"

# Before those of one request, whose reference any word could be.
desk_list_urls = [
    path("desk/", desk_list.desk, name="desk"),
    path("desk/keys/", desk_keys.keys, name="desk-keys"),
    path("desk/keys/switch/", desk_keys.switch, name="desk-keys-switch"),
    path(LIST, desk_list.requests, name="desk-requests"),
    path(LIST + "export/", desk_list.export, name="desk-export"),
    path(LIST + "bulk/", desk_bulk.several, name="desk-bulk"),
    path(LIST + "bulk/<int:pk>/undo/", desk_bulk.undo, name="desk-bulk-undo"),
    path(FILTERS, desk_filters.saved_filters, name="desk-filters"),
    path(FILTERS + "save/", desk_filters.save, name="desk-filter-save"),
    path(FILTERS + "<int:pk>/rename/", desk_filters.rename, name="desk-filter-rename"),
    path(FILTERS + "<int:pk>/share/", desk_filters.share, name="desk-filter-share"),
    path(FILTERS + "<int:pk>/up/", desk_filters.move_up, name="desk-filter-up"),
    path(FILTERS + "<int:pk>/remove/", desk_filters.remove, name="desk-filter-remove"),
    path(FILTERS + "<int:pk>/restore/", desk_filters.restore, name="desk-filter-restore"),
    path(LIST + "<str:reference>/similar/", desk_similar.similar, name="desk-request-similar"),
]
