"""Addresses of questions to other municipalities, at the desk and for their officials."""

from django.urls import path

from consultations.peers.views import desk, my

desk_urls = [
    path("desk/requests/<str:reference>/peers/", desk.peers, name="desk-peers"),
    path("desk/requests/<str:reference>/peers/<slug:slug>/ask/", desk.ask, name="desk-peer-ask"),
    path("desk/peers/<int:pk>/", desk.peer, name="desk-peer"),
    path("desk/peers/<int:pk>/revoke/", desk.revoke, name="desk-peer-revoke"),
]

my_urls = [
    path("my/help/", my.questions, name="my-help"),
    path("my/help/<int:pk>/", my.question, name="my-help-question"),
    path("my/help/<int:pk>/decline/", my.decline, name="my-help-decline"),
    path("my/help/limits/<slug:slug>/", my.limit, name="my-help-limit"),
]
