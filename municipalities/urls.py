"""Addresses of municipalities, one group a subject."""

from django.urls import path

from municipalities.views import (
    desk,
    desk_office,
    desk_programmes,
    my,
    my_office,
    my_programmes,
    public,
    public_programmes,
)

# What stands before `municipalities/<slug>/` must come first.

# Comparison and map

comparison_urls: list = []

# Municipalities like mine

alike_urls: list = []

# Figures

figure_urls: list = []

# Practice

practice_urls: list = []

# Exchange

exchange_urls: list = []

# Municipalities

public_urls = [
    *comparison_urls,
    *alike_urls,
    *practice_urls,
    path("municipalities/", public.municipalities, name="municipalities"),
    path("municipalities/options/", public.options, name="municipality-options"),
    path("municipalities/<slug:slug>/", public.municipality, name="municipality"),
    path(
        "municipalities/<slug:slug>/programmes/<int:pk>/concept/",
        public_programmes.concept,
        name="programme-file",
    ),
    *figure_urls,
]

# The officials' pages

my_figure_urls: list = []

my_programme_urls = [
    path("my/programmes/", my_programmes.programmes, name="my-programmes"),
    path("my/programmes/new/", my_programmes.new, name="my-programme-new"),
    path("my/programmes/<int:pk>/", my_programmes.programme, name="my-programme"),
    path("my/programmes/<int:pk>/edit/", my_programmes.edit, name="my-programme-edit"),
    path("my/programmes/<int:pk>/discard/", my_programmes.discard, name="my-programme-discard"),
    path("my/programmes/<int:pk>/ask/", my_programmes.ask, name="my-programme-ask"),
    path("my/programmes/<int:pk>/take-back/", my_programmes.take_back, name="my-programme-take-back"),
    path("my/programmes/<int:pk>/phases/new/", my_programmes.new_phase, name="my-programme-phase-new"),
    path("my/programmes/<int:pk>/phases/<int:phase>/", my_programmes.phase, name="my-programme-phase"),
    path(
        "my/programmes/<int:pk>/phases/<int:phase>/remove/",
        my_programmes.remove_phase,
        name="my-programme-phase-remove",
    ),
    path("my/office/", my_office.office, name="my-office"),
]

my_practice_urls: list = []

my_urls = [
    path("my/timeline/", my.my_timeline, name="my-timeline"),
    *my_programme_urls,
    *my_figure_urls,
    *my_practice_urls,
    *exchange_urls,
]

# The desk's pages

desk_figure_urls: list = []

_PROGRAMMES = "desk/municipalities/<slug:slug>/programmes/"

desk_programme_urls = [
    path("desk/programmes/", desk_programmes.asked, name="desk-programmes"),
    path(f"{_PROGRAMMES}new/", desk_programmes.new, name="desk-programme-new"),
    path(f"{_PROGRAMMES}<int:pk>/", desk_programmes.programme, name="desk-programme"),
    path(f"{_PROGRAMMES}<int:pk>/edit/", desk_programmes.edit, name="desk-programme-edit"),
    path(f"{_PROGRAMMES}<int:pk>/discard/", desk_programmes.discard, name="desk-programme-discard"),
    path(f"{_PROGRAMMES}<int:pk>/publish/", desk_programmes.publish, name="desk-programme-publish"),
    path(f"{_PROGRAMMES}<int:pk>/unpublish/", desk_programmes.unpublish, name="desk-programme-unpublish"),
    path(f"{_PROGRAMMES}<int:pk>/phases/new/", desk_programmes.new_phase, name="desk-programme-phase-new"),
    path(f"{_PROGRAMMES}<int:pk>/phases/<int:phase>/", desk_programmes.phase, name="desk-programme-phase"),
    path(
        f"{_PROGRAMMES}<int:pk>/phases/<int:phase>/remove/",
        desk_programmes.remove_phase,
        name="desk-programme-phase-remove",
    ),
    path("desk/municipalities/<slug:slug>/office/", desk_office.office, name="desk-office"),
]

desk_practice_urls: list = []

desk_exchange_urls: list = []

desk_urls = [
    path("desk/municipalities/", desk.municipalities, name="desk-municipalities"),
    path("desk/municipalities/<slug:slug>/", desk.municipality, name="desk-municipality"),
    path("desk/municipalities/<slug:slug>/people/new/", desk.add_person, name="desk-municipality-person"),
    path(
        "desk/municipalities/<slug:slug>/people/<int:membership_id>/end/",
        desk.end_membership,
        name="desk-municipality-person-end",
    ),
    *desk_programme_urls,
    *desk_figure_urls,
    *desk_practice_urls,
    *desk_exchange_urls,
]
