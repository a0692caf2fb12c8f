"""Addresses of asking, of the requester's own page, of the officials' requests, of writing down a call."""

from django.urls import path

from consultations.intake.views import desk, my, public, way_back
from consultations.intake.views import request as pages
from consultations.intake.views.request import by_account, by_link

public_urls = [
    path("requests/new/", public.ask, name="ask"),
    path("requests/new/similar/", public.similar, name="ask-similar"),
    path("requests/find/", way_back.find, name="find"),
    path("requests/<str:token>/", by_link(pages.page), name="request"),
    path("requests/<str:token>/received/", public.received, name="request-received"),
    path("requests/<str:token>/withdraw/", by_link(pages.withdraw), name="request-withdraw"),
    path("requests/<str:token>/deletion/", by_link(pages.ask_deletion), name="request-deletion"),
    path("requests/<str:token>/files/<int:pk>/", by_link(pages.file), name="request-file"),
    path("requests/<str:token>/rating/", by_link(pages.rating), name="request-rating"),
    path("requests/<str:token>/reach/", way_back.reach, name="request-reach"),
    path("requests/<str:token>/code/", way_back.code, name="request-code"),
    path("requests/<str:token>/code/drop/", way_back.drop_code, name="request-code-drop"),
]

my_urls = [
    path("my/", my.overview, name="my"),
    path("my/requests/", my.requests, name="my-requests"),
    path("my/requests/new/", my.ask, name="my-ask"),
    path("my/requests/<str:reference>/", by_account(pages.page), name="my-request"),
    path("my/requests/<str:reference>/withdraw/", by_account(pages.withdraw), name="my-request-withdraw"),
    path("my/requests/<str:reference>/files/<int:pk>/", by_account(pages.file), name="my-request-file"),
    path("my/requests/<str:reference>/rating/", by_account(pages.rating), name="my-request-rating"),
]

desk_urls = [
    path("desk/requests/new/", desk.log, name="desk-log"),
    path("desk/requests/new/people/", desk.log_people, name="desk-log-people"),
]
