"""Addresses of summaries."""

from django.urls import path

from consultations.summaries.views import desk, public

public_urls = [
    path("summaries/", public.summaries, name="summaries"),
    path("summaries/<slug:slug>/", public.summary, name="summary"),
    path("summaries/<slug:slug>/helpful/", public.helpful, name="summary-helpful"),
    path("summaries/<slug:slug>/mistake/", public.mistake, name="summary-mistake"),
]

desk_urls = [
    path("desk/summaries/", desk.summaries, name="desk-summaries"),
    path("desk/summaries/new/", desk.start, name="desk-summary-new"),
    path("desk/summaries/<int:pk>/", desk.summary, name="desk-summary"),
    path("desk/summaries/<int:pk>/edit/", desk.edit, name="desk-summary-edit"),
    path("desk/summaries/<int:pk>/justify/", desk.justify, name="desk-summary-justify"),
    path("desk/summaries/<int:pk>/submit/", desk.submit, name="desk-summary-submit"),
    path("desk/summaries/<int:pk>/publish/", desk.publish, name="desk-summary-publish"),
    path("desk/summaries/<int:pk>/send-back/", desk.send_back, name="desk-summary-send-back"),
    path("desk/summaries/<int:pk>/withdraw/", desk.withdraw, name="desk-summary-withdraw"),
    path("desk/summaries/<int:pk>/new-edition/", desk.new_edition, name="desk-summary-new-edition"),
    path("desk/summaries/<int:pk>/compare/<int:number>/", desk.compare, name="desk-summary-compare"),
    path("desk/summaries/<int:pk>/requests/", desk.link, name="desk-summary-link"),
    path("desk/summaries/<int:pk>/requests/<int:origin>/unlink/", desk.unlink, name="desk-summary-unlink"),
    path("desk/summaries/<int:pk>/feedback/<int:feedback>/", desk.settle, name="desk-summary-settle"),
]
