"""Addresses of questions to other municipalities, at the desk and for their officials."""

from django.urls import path

from consultations.peers import views

desk_urls = [
    path("desk/requests/<str:reference>/peers/", views.peers, name="desk-peers"),
    path("desk/requests/<str:reference>/peers/<slug:slug>/ask/", views.ask, name="desk-peer-ask"),
    path("desk/peers/<int:pk>/", views.peer, name="desk-peer"),
    path("desk/peers/<int:pk>/revoke/", views.revoke, name="desk-peer-revoke"),
]

my_urls = [
    path("my/help/", views.questions, name="my-help"),
    path("my/help/<int:pk>/", views.question, name="my-help-question"),
    path("my/help/<int:pk>/decline/", views.decline, name="my-help-decline"),
    path("my/help/limits/<slug:slug>/", views.limit, name="my-help-limit"),
]
