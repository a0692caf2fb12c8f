"""Addresses of municipalities, one group a subject."""

from django.urls import path

from municipalities.views import desk, my, public, public_alike

# What stands before `municipalities/<slug>/` must come first.

# Comparison and map

comparison_urls: list = []

# Municipalities like mine

alike_urls = [
    path("municipalities/like-mine/", public_alike.like_mine, name="municipalities-like-mine"),
    path("municipalities/<slug:slug>/like/", public_alike.like, name="municipality-like"),
]

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
    *desk_programme_urls,
    *desk_figure_urls,
    *desk_practice_urls,
    *desk_exchange_urls,
]
