"""Addresses of the exchange."""

from django.urls import path

from municipalities.exchange.views import desk, posts

my_urls = [
    path("exchange/", posts.questions, name="exchange"),
    path("exchange/new/", posts.ask, name="exchange-new"),
    path("exchange/digest/", posts.digest, name="exchange-digest"),
    path("exchange/<int:pk>/", posts.question, name="exchange-question"),
    path("exchange/<int:pk>/mend/", posts.mend, name="exchange-mend"),
    path("exchange/<int:pk>/take-back/", posts.take_back, name="exchange-take-back"),
    path("exchange/<int:pk>/settle/", posts.settle, name="exchange-settle"),
    path("exchange/<int:pk>/report/", posts.report, name="exchange-report"),
    path("exchange/<int:pk>/answers/<int:answer>/thanks/", posts.thank, name="exchange-thank"),
]

desk_urls = [
    path("desk/exchange/reports/", desk.reports, name="desk-exchange-reports"),
    path("desk/exchange/reports/<int:pk>/dismiss/", desk.dismiss, name="desk-exchange-dismiss"),
    path("desk/exchange/<int:pk>/hide/", desk.hide, name="desk-exchange-hide"),
    path("desk/exchange/<int:pk>/restore/", desk.restore, name="desk-exchange-restore"),
]
