"""Addresses of the people who speak for municipalities."""

from django.urls import path

from municipalities.people.views import desk, hand_over, my

my_urls = [path("my/people/", my.people, name="my-people")]

desk_urls = [
    path("desk/municipalities/<slug:slug>/people/new/", desk.add_person, name="desk-municipality-person"),
    path(
        "desk/municipalities/<slug:slug>/people/<int:membership_id>/end/",
        desk.end_membership,
        name="desk-municipality-person-end",
    ),
    path(
        "desk/municipalities/<slug:slug>/people/<int:membership_id>/hand-over/",
        hand_over.hand_over,
        name="desk-municipality-hand-over",
    ),
]
