"""Addresses of municipalities, one group a subject."""

from django.urls import path

from municipalities.views import (
    desk,
    desk_adoptions,
    desk_practices,
    my,
    my_adoptions,
    my_practices,
    public,
    public_practices,
)

# What stands before `municipalities/<slug>/` must come first.

# Comparison and map

comparison_urls: list = []

# Municipalities like mine

alike_urls: list = []

# Figures

figure_urls: list = []

# Practice

practice_urls: list = [
    path("practices/", public_practices.practices, name="practices"),
    path("practices/lessons/", public_practices.lessons, name="practice-lessons"),
    path("practices/<slug:slug>/", public_practices.practice, name="practice"),
]

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

my_practice_urls: list = [
    path("my/practices/", my_practices.practices, name="my-practices"),
    path("my/practices/new/", my_practices.propose, name="my-practice-new"),
    path("my/practices/adoptions/", my_adoptions.adoptions, name="my-adoptions"),
    path("my/practices/adoptions/<int:pk>/undo/", my_adoptions.undo, name="my-adoption-undo"),
    path("my/practices/<int:pk>/", my_practices.practice, name="my-practice"),
    path("my/practices/<int:pk>/edit/", my_practices.edit, name="my-practice-edit"),
    path("my/practices/<int:pk>/submit/", my_practices.submit, name="my-practice-submit"),
    path("my/practices/<int:pk>/editions/new/", my_practices.new_edition, name="my-practice-new-edition"),
    path("my/practices/<int:pk>/adoption/", my_adoptions.mark, name="my-adoption-mark"),
]

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

desk_practice_urls: list = [
    path("desk/practices/", desk_practices.practices, name="desk-practices"),
    path("desk/practices/new/", desk_practices.start, name="desk-practice-new"),
    path("desk/practices/<int:pk>/", desk_practices.practice, name="desk-practice"),
    path("desk/practices/<int:pk>/edit/", desk_practices.edit, name="desk-practice-edit"),
    path("desk/practices/<int:pk>/submit/", desk_practices.submit, name="desk-practice-submit"),
    path("desk/practices/<int:pk>/publish/", desk_practices.publish, name="desk-practice-publish"),
    path("desk/practices/<int:pk>/send-back/", desk_practices.send_back, name="desk-practice-send-back"),
    path("desk/practices/<int:pk>/assess/", desk_practices.assess, name="desk-practice-assess"),
    path("desk/practices/<int:pk>/withdraw/", desk_practices.withdraw, name="desk-practice-withdraw"),
    path(
        "desk/practices/<int:pk>/editions/new/", desk_practices.new_edition, name="desk-practice-new-edition"
    ),
    path(
        "desk/practices/<int:pk>/editions/<int:number>/compare/",
        desk_practices.compare,
        name="desk-practice-compare",
    ),
    path("desk/practices/<int:pk>/adoption/", desk_adoptions.mark, name="desk-adoption-mark"),
    path(
        "desk/practices/<int:pk>/adoptions/<int:adoption>/undo/",
        desk_adoptions.undo,
        name="desk-adoption-undo",
    ),
]

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
