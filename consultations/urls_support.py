"""Addresses of what goes on beside a conversation: days to answer, in-depth support, time, ratings."""

from django.urls import path

from consultations.desk.views import timesheet, topics
from consultations.intake.views import rating
from consultations.views import desk_plan

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
    path(PLAN, desk_plan.page, name="desk-plan"),
    path(PLAN + "open/", desk_plan.open_plan, name="desk-plan-open"),
    path(PLAN + "close/", desk_plan.close_plan, name="desk-plan-close"),
    path(PLAN + "reopen/", desk_plan.reopen_plan, name="desk-plan-reopen"),
    path(PLAN + "steps/", desk_plan.add_step, name="desk-plan-add"),
    path(STEP + "done/", desk_plan.finish_step, name="desk-step-finish"),
    path(STEP + "change/", desk_plan.change_step, name="desk-step-change"),
    path(STEP + "drop/", desk_plan.drop_step, name="desk-step-drop"),
    path(STEP + "back/", desk_plan.take_step_back, name="desk-step-back"),
]
