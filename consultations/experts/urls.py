"""Addresses of questions to experts outside, and of second readings."""

from django.urls import path

from consultations.experts.views import desk, public, readings

ALL = "desk/requests/<str:reference>/experts/"
ONE = ALL + "<int:pk>/"
READING = "desk/readings/<int:pk>/"

public_urls = [
    path("expert/<str:token>/", public.page, name="expert"),
    path("expert/<str:token>/decline/", public.decline, name="expert-decline"),
    path("expert/<str:token>/files/<int:pk>/", public.file, name="expert-file"),
]

desk_urls = [
    path(ALL, desk.questions, name="desk-experts"),
    path(ALL + "write/", desk.edit, name="desk-expert-write"),
    path(ONE, desk.question, name="desk-expert"),
    path(ONE + "edit/", desk.edit, name="desk-expert-edit"),
    path(ONE + "keep/", desk.keep, name="desk-expert-keep"),
    path(ONE + "discard/", desk.discard, name="desk-expert-discard"),
    path(ONE + "send/", desk.send, name="desk-expert-send"),
    path(ONE + "remind/", desk.remind, name="desk-expert-remind"),
    path(ONE + "prolong/", desk.prolong, name="desk-expert-prolong"),
    path(ONE + "link/", desk.renew_link, name="desk-expert-link"),
    path(ONE + "revoke/", desk.revoke, name="desk-expert-revoke"),
    path("desk/requests/<str:reference>/readings/ask/", readings.ask, name="desk-reading-ask"),
    path("desk/readings/", readings.readings, name="desk-readings"),
    path(READING, readings.reading, name="desk-reading"),
    path(READING + "approve/", readings.approve, name="desk-reading-approve"),
    path(READING + "send-back/", readings.send_back, name="desk-reading-send-back"),
    path(READING + "withdraw/", readings.withdraw, name="desk-reading-withdraw"),
    path(READING + "send/", readings.send, name="desk-reading-send"),
]
