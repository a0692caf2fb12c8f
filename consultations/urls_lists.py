"""Addresses of the desk's list: its filters, its changes in bulk, its table, and what is like a request."""

from django.urls import path

from consultations.views import desk_similar

ONE = "desk/requests/<str:reference>/"

# Before those of one request, whose reference any word could be.
desk_list_urls = [
    path(ONE + "similar/", desk_similar.similar, name="desk-request-similar"),
]
