"""Addresses of municipalities, one group a subject."""

from django.urls import path

from municipalities.views import desk, desk_hand_over, my, my_people, public

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
    *figure_urls,
]

# The officials' pages

my_figure_urls: list = []

my_programme_urls: list = []

my_practice_urls: list = []

my_urls = [
    path("my/timeline/", my.my_timeline, name="my-timeline"),
    path("my/people/", my_people.people, name="my-people"),
    *my_programme_urls,
    *my_figure_urls,
    *my_practice_urls,
    *exchange_urls,
]

# The desk's pages

desk_figure_urls: list = []

desk_programme_urls: list = []

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
    path(
        "desk/municipalities/<slug:slug>/people/<int:membership_id>/hand-over/",
        desk_hand_over.hand_over,
        name="desk-municipality-hand-over",
    ),
    *desk_programme_urls,
    *desk_figure_urls,
    *desk_practice_urls,
    *desk_exchange_urls,
]
