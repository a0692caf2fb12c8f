"""Addresses of municipalities, one group a subject."""

from django.urls import path

from municipalities.views import (
    desk,
    desk_adoptions,
    desk_exchange,
    desk_figures,
    desk_hand_over,
    desk_indicators,
    desk_office,
    desk_practices,
    desk_programmes,
    desk_returns,
    exchange,
    my,
    my_adoptions,
    my_office,
    my_people,
    my_practices,
    my_programmes,
    my_returns,
    public,
    public_alike,
    public_comparison,
    public_figures,
    public_practices,
    public_programmes,
)

# What stands before `municipalities/<slug>/` must come first.

# Comparison and map

comparison_urls = [
    path("municipalities/compare/", public_comparison.comparison, name="comparison"),
    path("municipalities/compare/csv/", public_comparison.comparison_csv, name="comparison-csv"),
    path("municipalities/compare/xlsx/", public_comparison.comparison_xlsx, name="comparison-xlsx"),
]

# Municipalities like mine

alike_urls = [
    path("municipalities/like-mine/", public_alike.like_mine, name="municipalities-like-mine"),
    path("municipalities/<slug:slug>/like/", public_alike.like, name="municipality-like"),
]

# Figures

figure_urls = [
    path("municipalities/<slug:slug>/figures/", public_figures.values, name="municipality-figures"),
    path(
        "municipalities/<slug:slug>/figures/csv/", public_figures.values_csv, name="municipality-figures-csv"
    ),
]

# Practice

practice_urls = [
    path("practices/", public_practices.practices, name="practices"),
    path("practices/lessons/", public_practices.lessons, name="practice-lessons"),
    path("practices/<slug:slug>/", public_practices.practice, name="practice"),
    path("practices/<slug:slug>/ledger/", public_practices.ledger, name="practice-ledger"),
]

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
    path(
        "municipalities/<slug:slug>/programmes/<int:pk>/concept/",
        public_programmes.concept,
        name="programme-file",
    ),
    *figure_urls,
]

# The officials' pages

my_figure_urls = [
    path("my/returns/", my_returns.returns, name="my-returns"),
    path("my/returns/<int:pk>/", my_returns.my_return, name="my-return"),
    path("my/returns/<int:pk>/take-back/", my_returns.take_back, name="my-return-take-back"),
    path("my/returns/<int:pk>/save/", my_returns.save_return, name="my-return-save"),
]

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

my_practice_urls = [
    path("my/practices/", my_practices.practices, name="my-practices"),
    path("my/practices/new/", my_practices.propose, name="my-practice-new"),
    path("my/practices/adoptions/", my_adoptions.adoptions, name="my-adoptions"),
    path("my/practices/adoptions/<int:pk>/undo/", my_adoptions.undo, name="my-adoption-undo"),
    path("my/practices/<int:pk>/", my_practices.practice, name="my-practice"),
    path("my/practices/<int:pk>/edit/", my_practices.edit, name="my-practice-edit"),
    path("my/practices/<int:pk>/justify/", my_practices.justify, name="my-practice-justify"),
    path("my/practices/<int:pk>/submit/", my_practices.submit, name="my-practice-submit"),
    path("my/practices/<int:pk>/editions/new/", my_practices.new_edition, name="my-practice-new-edition"),
    path("my/practices/<int:pk>/adoption/", my_adoptions.mark, name="my-adoption-mark"),
]

my_urls = [
    path("my/timeline/", my.my_timeline, name="my-timeline"),
    path("my/people/", my_people.people, name="my-people"),
    *my_programme_urls,
    *my_figure_urls,
    *my_practice_urls,
    *exchange_urls,
]

# The desk's pages

_FIGURES = "desk/municipalities/<slug:slug>/figures/"
desk_figure_urls = [
    path(_FIGURES, desk_figures.values, name="desk-figures"),
    path(f"{_FIGURES}new/", desk_figures.enter, name="desk-figure-new"),
    path(f"{_FIGURES}<int:pk>/", desk_figures.value, name="desk-figure"),
    path(f"{_FIGURES}<int:pk>/correct/", desk_figures.correct, name="desk-figure-correct"),
    path(f"{_FIGURES}<int:pk>/take-back/", desk_figures.take_back, name="desk-figure-take-back"),
    path("desk/indicators/", desk_indicators.indicators, name="desk-indicators"),
    path("desk/indicators/new/", desk_indicators.add, name="desk-indicator-new"),
    path("desk/indicators/<slug:slug>/edit/", desk_indicators.edit, name="desk-indicator-edit"),
    path("desk/indicators/<slug:slug>/use/", desk_indicators.set_in_use, name="desk-indicator-use"),
    path("desk/returns/", desk_returns.periods, name="desk-returns"),
    path("desk/returns/new/", desk_returns.open_period, name="desk-return-open"),
    path("desk/returns/<int:year>/", desk_returns.period, name="desk-return-period"),
    path("desk/returns/<int:year>/csv/", desk_returns.period_csv, name="desk-return-period-csv"),
    path("desk/returns/<int:year>/close/", desk_returns.close_period, name="desk-return-close"),
    path("desk/returns/<int:year>/reopen/", desk_returns.reopen_period, name="desk-return-reopen"),
    path("desk/returns/<int:year>/remind/", desk_returns.remind_all, name="desk-return-remind-all"),
    path("desk/returns/<int:year>/add/", desk_returns.add_municipality, name="desk-return-add"),
    path("desk/returns/of/<int:pk>/", desk_returns.one, name="desk-return"),
    path("desk/returns/of/<int:pk>/remind/", desk_returns.remind, name="desk-return-remind"),
    path("desk/returns/of/<int:pk>/accept/", desk_returns.accept, name="desk-return-accept"),
    path("desk/returns/of/<int:pk>/send-back/", desk_returns.send_back, name="desk-return-send-back"),
]

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

desk_practice_urls = [
    path("desk/practices/", desk_practices.practices, name="desk-practices"),
    path("desk/practices/new/", desk_practices.start, name="desk-practice-new"),
    path("desk/practices/<int:pk>/", desk_practices.practice, name="desk-practice"),
    path("desk/practices/<int:pk>/edit/", desk_practices.edit, name="desk-practice-edit"),
    path("desk/practices/<int:pk>/justify/", desk_practices.justify, name="desk-practice-justify"),
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
    path("desk/practices/<int:pk>/ledger/", desk_adoptions.ledger, name="desk-practice-ledger"),
    path("desk/practices/<int:pk>/adoption/", desk_adoptions.mark, name="desk-adoption-mark"),
    path(
        "desk/practices/<int:pk>/adoptions/<int:adoption>/undo/",
        desk_adoptions.undo,
        name="desk-adoption-undo",
    ),
]

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
