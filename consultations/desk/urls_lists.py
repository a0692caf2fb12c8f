"""Addresses of the desk's list: its filters, bulk changes, table and keys, and what is like a request."""

from django.urls import path

from consultations.desk.views import bulk, filters, lists, shortcuts, similar

LIST = "desk/requests/"
FILTERS = LIST + "filters/"

# Before those of one request, whose reference any word could be.
desk_list_urls = [
    path("desk/", lists.desk, name="desk"),
    path("desk/keys/", shortcuts.keys, name="desk-keys"),
    path("desk/keys/switch/", shortcuts.switch, name="desk-keys-switch"),
    path(LIST, lists.requests, name="desk-requests"),
    path(LIST + "export/", lists.export, name="desk-export"),
    path(LIST + "bulk/", bulk.several, name="desk-bulk"),
    path(LIST + "bulk/<int:pk>/undo/", bulk.undo, name="desk-bulk-undo"),
    path(FILTERS, filters.saved_filters, name="desk-filters"),
    path(FILTERS + "save/", filters.save, name="desk-filter-save"),
    path(FILTERS + "<int:pk>/rename/", filters.rename, name="desk-filter-rename"),
    path(FILTERS + "<int:pk>/share/", filters.share, name="desk-filter-share"),
    path(FILTERS + "<int:pk>/up/", filters.move_up, name="desk-filter-up"),
    path(FILTERS + "<int:pk>/remove/", filters.remove, name="desk-filter-remove"),
    path(FILTERS + "<int:pk>/restore/", filters.restore, name="desk-filter-restore"),
    path(LIST + "<str:reference>/similar/", similar.similar, name="desk-request-similar"),
]
