"""Addresses of questions to other municipalities, at the desk and for their officials."""

from django.urls import path

from consultations.views import desk_peers, my_help

desk_peer_urls = [
    path("desk/requests/<str:reference>/peers/", desk_peers.peers, name="desk-peers"),
    path("desk/requests/<str:reference>/peers/<slug:slug>/ask/", desk_peers.ask, name="desk-peer-ask"),
    path("desk/peers/<int:pk>/", desk_peers.peer, name="desk-peer"),
    path("desk/peers/<int:pk>/revoke/", desk_peers.revoke, name="desk-peer-revoke"),
]

my_peer_urls = [
    path("my/help/", my_help.questions, name="my-help"),
    path("my/help/<int:pk>/", my_help.question, name="my-help-question"),
    path("my/help/<int:pk>/decline/", my_help.decline, name="my-help-decline"),
    path("my/help/limits/<slug:slug>/", my_help.limit, name="my-help-limit"),
]
