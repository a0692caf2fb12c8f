"""Addresses of municipalities, one group a subject."""

from django.urls import path

from municipalities.views import desk, desk_exchange, exchange, my, public

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

exchange_urls = [
    path("exchange/", exchange.questions, name="exchange"),
    path("exchange/new/", exchange.ask, name="exchange-new"),
    path("exchange/digest/", exchange.digest, name="exchange-digest"),
    path("exchange/<int:pk>/", exchange.question, name="exchange-question"),
    path("exchange/<int:pk>/mend/", exchange.mend, name="exchange-mend"),
    path("exchange/<int:pk>/take-back/", exchange.take_back, name="exchange-take-back"),
    path("exchange/<int:pk>/settle/", exchange.settle, name="exchange-settle"),
    path("exchange/<int:pk>/report/", exchange.report, name="exchange-report"),
    path("exchange/<int:pk>/answers/<int:answer>/thanks/", exchange.thank, name="exchange-thank"),
]

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

desk_exchange_urls = [
    path("desk/exchange/reports/", desk_exchange.reports, name="desk-exchange-reports"),
    path("desk/exchange/reports/<int:pk>/dismiss/", desk_exchange.dismiss, name="desk-exchange-dismiss"),
    path("desk/exchange/<int:pk>/hide/", desk_exchange.hide, name="desk-exchange-hide"),
    path("desk/exchange/<int:pk>/restore/", desk_exchange.restore, name="desk-exchange-restore"),
]

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
