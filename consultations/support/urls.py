"""Addresses of in-depth support."""

from django.urls import path

from consultations.support import views

PLAN = "desk/requests/<str:reference>/plan/"
STEP = PLAN + "steps/<int:pk>/"

desk_urls = [
    path(PLAN, views.page, name="desk-plan"),
    path(PLAN + "open/", views.open_plan, name="desk-plan-open"),
    path(PLAN + "close/", views.close_plan, name="desk-plan-close"),
    path(PLAN + "reopen/", views.reopen_plan, name="desk-plan-reopen"),
    path(PLAN + "steps/", views.add_step, name="desk-plan-add"),
    path(STEP + "done/", views.finish_step, name="desk-step-finish"),
    path(STEP + "change/", views.change_step, name="desk-step-change"),
    path(STEP + "drop/", views.drop_step, name="desk-step-drop"),
    path(STEP + "back/", views.take_step_back, name="desk-step-back"),
]
