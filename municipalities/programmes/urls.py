"""Addresses of programmes and offices."""

from django.urls import path

from municipalities.programmes.views import desk, desk_office, my, my_office, public

ONE = "desk/municipalities/<slug:slug>/programmes/"

public_urls = [
    path(
        "municipalities/<slug:slug>/programmes/<int:pk>/concept/",
        public.concept,
        name="programme-file",
    ),
]

my_urls = [
    path("my/programmes/", my.programmes, name="my-programmes"),
    path("my/programmes/new/", my.new, name="my-programme-new"),
    path("my/programmes/<int:pk>/", my.programme, name="my-programme"),
    path("my/programmes/<int:pk>/edit/", my.edit, name="my-programme-edit"),
    path("my/programmes/<int:pk>/discard/", my.discard, name="my-programme-discard"),
    path("my/programmes/<int:pk>/ask/", my.ask, name="my-programme-ask"),
    path("my/programmes/<int:pk>/take-back/", my.take_back, name="my-programme-take-back"),
    path("my/programmes/<int:pk>/phases/new/", my.new_phase, name="my-programme-phase-new"),
    path("my/programmes/<int:pk>/phases/<int:phase>/", my.phase, name="my-programme-phase"),
    path(
        "my/programmes/<int:pk>/phases/<int:phase>/remove/",
        my.remove_phase,
        name="my-programme-phase-remove",
    ),
    path("my/office/", my_office.office, name="my-office"),
]

desk_urls = [
    path("desk/programmes/", desk.asked, name="desk-programmes"),
    path(ONE + "new/", desk.new, name="desk-programme-new"),
    path(ONE + "<int:pk>/", desk.programme, name="desk-programme"),
    path(ONE + "<int:pk>/edit/", desk.edit, name="desk-programme-edit"),
    path(ONE + "<int:pk>/discard/", desk.discard, name="desk-programme-discard"),
    path(ONE + "<int:pk>/publish/", desk.publish, name="desk-programme-publish"),
    path(ONE + "<int:pk>/unpublish/", desk.unpublish, name="desk-programme-unpublish"),
    path(ONE + "<int:pk>/phases/new/", desk.new_phase, name="desk-programme-phase-new"),
    path(ONE + "<int:pk>/phases/<int:phase>/", desk.phase, name="desk-programme-phase"),
    path(
        ONE + "<int:pk>/phases/<int:phase>/remove/",
        desk.remove_phase,
        name="desk-programme-phase-remove",
    ),
    path("desk/municipalities/<slug:slug>/office/", desk_office.office, name="desk-office"),
]
