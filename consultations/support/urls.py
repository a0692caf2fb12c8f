"""Addresses of what goes on beside a conversation: days to answer, in-depth support, time, ratings."""

from django.urls import path

from consultations.desk.views import timesheet, topics
from consultations.intake.views import rating
from consultations.support import views

PLAN = "desk/requests/<str:reference>/plan/"
STEP = PLAN + "steps/<int:pk>/"

public_support_urls = [
    path("requests/<str:token>/rating/", rating.request_rating, name="request-rating"),
]

my_support_urls = [
    path("my/requests/<str:reference>/rating/", rating.my_request_rating, name="my-request-rating"),
]

desk_support_urls = [
    path("desk/time/", timesheet.time, name="desk-time"),
    path("desk/time/export/", timesheet.export, name="desk-time-export"),
    path("desk/topics/", topics.topics, name="desk-topics"),
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
