"""Addresses of in-depth support."""

from django.urls import path

from consultations.support import views

PLAN = "desk/requests/<str:reference>/plan/"
STEP = PLAN + "steps/<int:pk>/"

desk_urls = [
    path(PLAN, views.page, name="desk-plan"),
    path(PLAN + "open/", views.do("open"), name="desk-plan-open"),
    path(PLAN + "close/", views.do("close"), name="desk-plan-close"),
    path(PLAN + "reopen/", views.do("reopen"), name="desk-plan-reopen"),
    path(PLAN + "steps/", views.do("add"), name="desk-plan-add"),
    path(STEP + "done/", views.do("finish"), name="desk-step-finish"),
    path(STEP + "change/", views.do("change"), name="desk-step-change"),
    path(STEP + "drop/", views.do("drop"), name="desk-step-drop"),
    path(STEP + "back/", views.do("back"), name="desk-step-back"),
]
