"""Addresses of questions to experts outside, and of second readings."""

from django.urls import path

from consultations.views import desk_experts, desk_readings, experts

ALL = "desk/requests/<str:reference>/experts/"
ONE = ALL + "<int:pk>/"
READING = "desk/readings/<int:pk>/"

public_expert_urls = [
    path("expert/<str:token>/", experts.page, name="expert"),
    path("expert/<str:token>/decline/", experts.decline, name="expert-decline"),
    path("expert/<str:token>/files/<int:pk>/", experts.file, name="expert-file"),
]

desk_expert_urls = [
    path(ALL, desk_experts.questions, name="desk-experts"),
    path(ALL + "write/", desk_experts.write, name="desk-expert-write"),
    path(ONE, desk_experts.question, name="desk-expert"),
    path(ONE + "edit/", desk_experts.edit, name="desk-expert-edit"),
    path(ONE + "keep/", desk_experts.keep, name="desk-expert-keep"),
    path(ONE + "discard/", desk_experts.discard, name="desk-expert-discard"),
    path(ONE + "send/", desk_experts.send, name="desk-expert-send"),
    path(ONE + "remind/", desk_experts.remind, name="desk-expert-remind"),
    path(ONE + "prolong/", desk_experts.prolong, name="desk-expert-prolong"),
    path(ONE + "link/", desk_experts.renew_link, name="desk-expert-link"),
    path(ONE + "revoke/", desk_experts.revoke, name="desk-expert-revoke"),
    path("desk/requests/<str:reference>/readings/ask/", desk_readings.ask, name="desk-reading-ask"),
    path("desk/readings/", desk_readings.readings, name="desk-readings"),
    path(READING, desk_readings.reading, name="desk-reading"),
    path(READING + "approve/", desk_readings.approve, name="desk-reading-approve"),
    path(READING + "send-back/", desk_readings.send_back, name="desk-reading-send-back"),
    path(READING + "withdraw/", desk_readings.withdraw, name="desk-reading-withdraw"),
    path(READING + "send/", desk_readings.send, name="desk-reading-send"),
]
