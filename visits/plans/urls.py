"""Addresses on which visits are planned."""

from django.urls import path

from accounts.access import requires
from core.views.own_words import own_words_urls
from visits.plans.kind import THEMES
from visits.plans.views import desk, programme

desk_urls = [
    path("desk/visits/", desk.visits, name="desk-visits"),
    path("desk/visits/new/", desk.new, name="desk-visit-new"),
    path("desk/visits/<int:pk>/edit/", desk.edit, name="desk-visit-edit"),
    path("desk/visits/<int:pk>/put-back/<int:entry>/", desk.put_back, name="desk-visit-put-back"),
    path("desk/visits/<int:pk>/go/<slug:to>/", desk.go, name="desk-visit-go"),
    path("desk/visits/<int:pk>/cancel/", desk.cancel, name="desk-visit-cancel"),
    path("desk/visits/<int:pk>/copy/", desk.copy, name="desk-visit-copy"),
    path("desk/visits/<int:pk>/programme/new/", programme.new, name="desk-visit-item-new"),
    path("desk/visits/<int:pk>/programme/<int:item>/", programme.edit, name="desk-visit-item"),
    path("desk/visits/<int:pk>/programme/<int:item>/move/", programme.move, name="desk-visit-item-move"),
    path(
        "desk/visits/<int:pk>/programme/<int:item>/remove/", programme.remove, name="desk-visit-item-remove"
    ),
    *own_words_urls(THEMES, requires),
]
