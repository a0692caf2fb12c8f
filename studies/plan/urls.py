"""Addresses on which the materials of the plan are kept."""

from django.urls import path

from accounts.access import requires
from core.views.own_words import own_words_urls
from studies.plan.kind import AUDIENCES
from studies.plan.views import contracts, desk

desk_urls = [
    path("desk/materials/new/", desk.new, name="desk-material-new"),
    path("desk/materials/<int:pk>/edit/", desk.edit, name="desk-material-edit"),
    path("desk/materials/<int:pk>/put-back/<int:entry>/", desk.put_back, name="desk-material-put-back"),
    path("desk/materials/<int:pk>/go/<slug:to>/", desk.go, name="desk-material-go"),
    path("desk/materials/<int:pk>/use/", desk.use, name="desk-material-use"),
    path("desk/materials/<int:pk>/contracts/new/", contracts.new, name="desk-contract-new"),
    path("desk/materials/<int:pk>/contracts/<int:contract>/", contracts.edit, name="desk-contract"),
    path(
        "desk/materials/<int:pk>/contracts/<int:contract>/remove/",
        contracts.remove,
        name="desk-contract-remove",
    ),
    *own_words_urls(AUDIENCES, requires),
]
