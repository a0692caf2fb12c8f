"""Addresses of requests at the desk."""

from django.urls import path

from consultations.desk.views import request, undo
from consultations.intake.views import desk

ONE = "desk/requests/<str:reference>/"

desk_urls = [
    path("desk/requests/new/", desk.log, name="desk-log"),
    path("desk/requests/new/people/", desk.log_people, name="desk-log-people"),
    path("desk/files/<int:pk>/", request.file, name="desk-file"),
    path(ONE, request.page, name="desk-request"),
    path(ONE + "details/", request.edit, name="desk-request-details"),
    path(ONE + "answer/", request.answer, name="desk-request-answer"),
    path(ONE + "add-to-answer/", request.add_to_answer, name="desk-request-add-to-answer"),
    path(ONE + "ask-back/", request.ask_back, name="desk-request-ask-back"),
    path(ONE + "undo-answer/<int:pk>/", undo.undo, name="desk-request-undo-answer"),
    path(ONE + "note/", request.note, name="desk-request-note"),
    path(ONE + "contact/", request.contact, name="desk-request-contact"),
    path(ONE + "take/", request.take, name="desk-request-take"),
    path(ONE + "assign/", request.assign, name="desk-request-assign"),
    path(ONE + "go-on/", request.go_on, name="desk-request-go-on"),
    path(ONE + "wait-for-expert/", request.wait_for_expert, name="desk-request-wait-for-expert"),
    path(ONE + "refer/", request.refer, name="desk-request-refer"),
    path(ONE + "close/", request.close, name="desk-request-close"),
    path(ONE + "reopen/", request.reopen, name="desk-request-reopen"),
    path(ONE + "duplicate/", request.duplicate, name="desk-request-duplicate"),
    path(ONE + "spam/", request.spam, name="desk-request-spam"),
    path(ONE + "people/", request.people, name="desk-request-people"),
    path(ONE + "sensitive-note/", request.sensitive_note, name="desk-request-sensitive-note"),
    path(ONE + "link/", request.link, name="desk-request-link"),
]
