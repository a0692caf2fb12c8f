"""Addresses of practices and their ledger."""

from django.urls import path

from municipalities.practices.views import desk, desk_adoptions, my, my_adoptions, public

public_urls = [
    path("practices/", public.practices, name="practices"),
    path("practices/lessons/", public.lessons, name="practice-lessons"),
    path("practices/<slug:slug>/", public.practice, name="practice"),
    path("practices/<slug:slug>/ledger/", public.ledger, name="practice-ledger"),
]

my_urls = [
    path("my/practices/", my.practices, name="my-practices"),
    path("my/practices/new/", my.propose, name="my-practice-new"),
    path("my/practices/adoptions/", my_adoptions.adoptions, name="my-adoptions"),
    path("my/practices/adoptions/<int:pk>/undo/", my_adoptions.undo, name="my-adoption-undo"),
    path("my/practices/<int:pk>/", my.practice, name="my-practice"),
    path("my/practices/<int:pk>/edit/", my.edit, name="my-practice-edit"),
    path("my/practices/<int:pk>/justify/", my.justify, name="my-practice-justify"),
    path("my/practices/<int:pk>/submit/", my.submit, name="my-practice-submit"),
    path("my/practices/<int:pk>/editions/new/", my.new_edition, name="my-practice-new-edition"),
    path("my/practices/<int:pk>/adoption/", my_adoptions.mark, name="my-adoption-mark"),
]

desk_urls = [
    path("desk/practices/", desk.practices, name="desk-practices"),
    path("desk/practices/new/", desk.start, name="desk-practice-new"),
    path("desk/practices/<int:pk>/", desk.practice, name="desk-practice"),
    path("desk/practices/<int:pk>/edit/", desk.edit, name="desk-practice-edit"),
    path("desk/practices/<int:pk>/justify/", desk.justify, name="desk-practice-justify"),
    path("desk/practices/<int:pk>/submit/", desk.submit, name="desk-practice-submit"),
    path("desk/practices/<int:pk>/publish/", desk.publish, name="desk-practice-publish"),
    path("desk/practices/<int:pk>/send-back/", desk.send_back, name="desk-practice-send-back"),
    path("desk/practices/<int:pk>/assess/", desk.assess, name="desk-practice-assess"),
    path("desk/practices/<int:pk>/withdraw/", desk.withdraw, name="desk-practice-withdraw"),
    path("desk/practices/<int:pk>/editions/new/", desk.new_edition, name="desk-practice-new-edition"),
    path(
        "desk/practices/<int:pk>/editions/<int:number>/compare/",
        desk.compare,
        name="desk-practice-compare",
    ),
    path("desk/practices/<int:pk>/ledger/", desk_adoptions.ledger, name="desk-practice-ledger"),
    path("desk/practices/<int:pk>/adoption/", desk_adoptions.mark, name="desk-adoption-mark"),
    path(
        "desk/practices/<int:pk>/adoptions/<int:adoption>/undo/",
        desk_adoptions.undo,
        name="desk-adoption-undo",
    ),
]
