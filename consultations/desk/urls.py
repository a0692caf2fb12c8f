"""Addresses of the desk: its day, its lists, one request, sums of time, days to answer."""

from django.urls import path

from consultations.desk.views import bulk, desk, draft, filters, request
from consultations.desk.views.panel import VERBS

LIST = "desk/requests/"
FILTERS = LIST + "filters/"
ONE = LIST + "<str:reference>/"

desk_urls = [
    path("desk/", desk.overview, name="desk"),
    path("desk/keys/", desk.keys, name="desk-keys"),
    path("desk/keys/switch/", desk.switch_keys, name="desk-keys-switch"),
    path(LIST, desk.requests, name="desk-requests"),
    path(LIST + "export/", desk.export, name="desk-export"),
    path(LIST + "bulk/", bulk.several, name="desk-bulk"),
    path(LIST + "bulk/<int:pk>/undo/", bulk.undo, name="desk-bulk-undo"),
    path(FILTERS, filters.saved_filters, name="desk-filters"),
    path(FILTERS + "save/", filters.save, name="desk-filter-save"),
    path(FILTERS + "<int:pk>/rename/", filters.rename, name="desk-filter-rename"),
    path(FILTERS + "<int:pk>/share/", filters.share, name="desk-filter-share"),
    path(FILTERS + "<int:pk>/up/", filters.move_up, name="desk-filter-up"),
    path(FILTERS + "<int:pk>/remove/", filters.remove, name="desk-filter-remove"),
    path(FILTERS + "<int:pk>/restore/", filters.restore, name="desk-filter-restore"),
    path(ONE + "similar/", request.similar, name="desk-request-similar"),
    path(ONE + "summaries/", request.summaries, name="desk-request-summaries"),
    path(ONE + "history/", request.history, name="desk-request-history"),
    path("desk/time/", desk.time, name="desk-time"),
    path("desk/time/export/", desk.export_time, name="desk-time-export"),
    path("desk/watching/", desk.watching, name="desk-watching"),
    path("desk/topics/days/", desk.topics, name="desk-topic-days"),
    # One request; what stands above must come first, any word could be a reference.
    path("desk/files/<int:pk>/", request.file, name="desk-file"),
    path(ONE, request.page, name="desk-request"),
    path(ONE + "previous/", request.previous, name="desk-request-previous"),
    path(ONE + "next/", request.following, name="desk-request-next"),
    path(ONE + "details/", request.edit, name="desk-request-details"),
    *(
        path(f"{ONE}{name}/", request.view_of(verb), name=f"desk-request-{name}")
        for name, verb in VERBS.items()
    ),
    path(ONE + "undo-answer/<int:pk>/", request.undo_answer, name="desk-request-undo-answer"),
    path(ONE + "presence/", request.presence, name="desk-request-presence"),
    path(ONE + "draft/<str:kind>/", draft.draft, name="desk-request-draft"),
    path(ONE + "prepared/<str:kind>/", draft.prepared, name="desk-request-prepared"),
    path(ONE + "preview/<str:kind>/", draft.preview, name="desk-request-preview"),
]
