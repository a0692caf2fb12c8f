"""Addresses of deliveries and subscriptions; what stands behind personal links is named in apps.py."""

from django.urls import path

from visits.deliveries.views import desk, my, public

public_urls = [
    path("visits/subscribe/", public.subscribe, name="visit-subscribe"),
    path("visits/subscribe/asked/", public.asked, name="visit-subscribe-asked"),
]

my_urls = [
    path("my/visits/deliveries/<int:pk>/", my.delivery, name="my-delivery"),
    path("my/visits/deliveries/<int:pk>/ask/", my.ask, name="my-delivery-ask"),
    path("my/visits/reports/", my.follows, name="my-visit-reports"),
    path("my/visits/reports/<int:pk>/end/", my.unfollow, name="my-visit-report-end"),
]

desk_urls = [
    path("desk/deliveries/", desk.deliveries, name="desk-deliveries"),
    path("desk/deliveries/matrix/", desk.matrix, name="desk-deliveries-matrix"),
    path("desk/deliveries/bulk/", desk.bulk, name="desk-deliveries-bulk"),
    path("desk/deliveries/<int:pk>/", desk.delivery, name="desk-delivery"),
    path("desk/deliveries/<int:pk>/address/", desk.mend, name="desk-delivery-mend"),
    path("desk/deliveries/<int:pk>/again/", desk.again, name="desk-delivery-again"),
    path("desk/deliveries/<int:pk>/phone/", desk.phone, name="desk-delivery-phone"),
    path("desk/deliveries/<int:pk>/told/", desk.told, name="desk-delivery-told"),
]
