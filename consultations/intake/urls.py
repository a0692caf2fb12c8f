"""Addresses of asking, of the requester's own page, of the officials' requests, of writing down a call."""

from django.urls import path

from consultations.intake.views import desk, my, public, rating

public_urls = [
    path("requests/new/", public.ask, name="ask"),
    path("requests/new/similar/", public.similar, name="ask-similar"),
    path("requests/<str:token>/", public.requester_page, name="request"),
    path("requests/<str:token>/received/", public.received, name="request-received"),
    path("requests/<str:token>/withdraw/", public.withdraw, name="request-withdraw"),
    path("requests/<str:token>/deletion/", public.ask_deletion, name="request-deletion"),
    path("requests/<str:token>/files/<int:pk>/", public.request_file, name="request-file"),
    path("requests/<str:token>/rating/", rating.request_rating, name="request-rating"),
]

my_urls = [
    path("my/", my.overview, name="my"),
    path("my/requests/", my.requests, name="my-requests"),
    path("my/requests/new/", my.ask, name="my-ask"),
    path("my/requests/<str:reference>/", my.request_page, name="my-request"),
    path("my/requests/<str:reference>/withdraw/", my.withdraw, name="my-request-withdraw"),
    path("my/requests/<str:reference>/files/<int:pk>/", my.request_file, name="my-request-file"),
    path("my/requests/<str:reference>/rating/", rating.my_request_rating, name="my-request-rating"),
]

desk_urls = [
    path("desk/requests/new/", desk.log, name="desk-log"),
    path("desk/requests/new/people/", desk.log_people, name="desk-log-people"),
]
