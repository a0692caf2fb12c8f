"""Addresses of municipalities, one group a subject."""

from django.urls import path

from municipalities.views import (
    desk,
    desk_figures,
    desk_indicators,
    desk_returns,
    my,
    my_returns,
    public,
    public_figures,
)

# What stands before `municipalities/<slug>/` must come first.

# Comparison and map

comparison_urls: list = []

# Municipalities like mine

alike_urls: list = []

# Figures

figure_urls: list = [
    path("municipalities/<slug:slug>/figures/", public_figures.values, name="municipality-figures"),
]

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

my_figure_urls: list = [
    path("my/returns/", my_returns.returns, name="my-returns"),
    path("my/returns/<int:pk>/", my_returns.my_return, name="my-return"),
    path("my/returns/<int:pk>/save/", my_returns.save_return, name="my-return-save"),
]

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

_of_place = "desk/municipalities/<slug:slug>/figures/"
desk_figure_urls: list = [
    path(_of_place, desk_figures.values, name="desk-figures"),
    path(f"{_of_place}new/", desk_figures.enter, name="desk-figure-new"),
    path(f"{_of_place}<int:pk>/", desk_figures.value, name="desk-figure"),
    path(f"{_of_place}<int:pk>/correct/", desk_figures.correct, name="desk-figure-correct"),
    path(f"{_of_place}<int:pk>/take-back/", desk_figures.take_back, name="desk-figure-take-back"),
    path("desk/indicators/", desk_indicators.indicators, name="desk-indicators"),
    path("desk/indicators/new/", desk_indicators.add, name="desk-indicator-new"),
    path("desk/indicators/<slug:slug>/edit/", desk_indicators.edit, name="desk-indicator-edit"),
    path("desk/indicators/<slug:slug>/use/", desk_indicators.set_in_use, name="desk-indicator-use"),
    path("desk/returns/", desk_returns.periods, name="desk-returns"),
    path("desk/returns/new/", desk_returns.open_period, name="desk-return-open"),
    path("desk/returns/<int:year>/", desk_returns.period, name="desk-return-period"),
    path("desk/returns/<int:year>/close/", desk_returns.close_period, name="desk-return-close"),
    path("desk/returns/<int:year>/reopen/", desk_returns.reopen_period, name="desk-return-reopen"),
    path("desk/returns/<int:year>/remind/", desk_returns.remind_all, name="desk-return-remind-all"),
    path("desk/returns/<int:year>/add/", desk_returns.add_municipality, name="desk-return-add"),
    path("desk/returns/of/<int:pk>/", desk_returns.one, name="desk-return"),
    path("desk/returns/of/<int:pk>/remind/", desk_returns.remind, name="desk-return-remind"),
    path("desk/returns/of/<int:pk>/accept/", desk_returns.accept, name="desk-return-accept"),
    path("desk/returns/of/<int:pk>/send-back/", desk_returns.send_back, name="desk-return-send-back"),
]

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
