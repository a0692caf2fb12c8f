"""Addresses of returns."""

from django.urls import path

from municipalities.returns.views import desk, my

my_urls = [
    path("my/returns/", my.returns, name="my-returns"),
    path("my/returns/<int:pk>/", my.my_return, name="my-return"),
    path("my/returns/<int:pk>/take-back/", my.take_back, name="my-return-take-back"),
    path("my/returns/<int:pk>/save/", my.save_return, name="my-return-save"),
]

desk_urls = [
    path("desk/returns/", desk.periods, name="desk-returns"),
    path("desk/returns/new/", desk.open_period, name="desk-return-open"),
    path("desk/returns/<int:year>/", desk.period, name="desk-return-period"),
    path("desk/returns/<int:year>/csv/", desk.period_csv, name="desk-return-period-csv"),
    path("desk/returns/<int:year>/close/", desk.close_period, name="desk-return-close"),
    path("desk/returns/<int:year>/reopen/", desk.reopen_period, name="desk-return-reopen"),
    path("desk/returns/<int:year>/remind/", desk.remind_all, name="desk-return-remind-all"),
    path("desk/returns/<int:year>/add/", desk.add_municipality, name="desk-return-add"),
    path("desk/returns/of/<int:pk>/", desk.one, name="desk-return"),
    path("desk/returns/of/<int:pk>/remind/", desk.remind, name="desk-return-remind"),
    path("desk/returns/of/<int:pk>/accept/", desk.accept, name="desk-return-accept"),
    path("desk/returns/of/<int:pk>/send-back/", desk.send_back, name="desk-return-send-back"),
]
