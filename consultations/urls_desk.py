"""Addresses of requests at the desk."""

from django.urls import path

from consultations.intake.views import desk
from consultations.views import desk_request, desk_undo

ONE = "desk/requests/<str:reference>/"

desk_urls = [
    path("desk/requests/new/", desk.log, name="desk-log"),
    path("desk/requests/new/people/", desk.log_people, name="desk-log-people"),
    path("desk/files/<int:pk>/", desk_request.file, name="desk-file"),
    path(ONE, desk_request.page, name="desk-request"),
    path(ONE + "details/", desk_request.edit, name="desk-request-details"),
    path(ONE + "answer/", desk_request.answer, name="desk-request-answer"),
    path(ONE + "add-to-answer/", desk_request.add_to_answer, name="desk-request-add-to-answer"),
    path(ONE + "ask-back/", desk_request.ask_back, name="desk-request-ask-back"),
    path(ONE + "undo-answer/<int:pk>/", desk_undo.undo, name="desk-request-undo-answer"),
    path(ONE + "note/", desk_request.note, name="desk-request-note"),
    path(ONE + "contact/", desk_request.contact, name="desk-request-contact"),
    path(ONE + "take/", desk_request.take, name="desk-request-take"),
    path(ONE + "assign/", desk_request.assign, name="desk-request-assign"),
    path(ONE + "go-on/", desk_request.go_on, name="desk-request-go-on"),
    path(ONE + "wait-for-expert/", desk_request.wait_for_expert, name="desk-request-wait-for-expert"),
    path(ONE + "refer/", desk_request.refer, name="desk-request-refer"),
    path(ONE + "close/", desk_request.close, name="desk-request-close"),
    path(ONE + "reopen/", desk_request.reopen, name="desk-request-reopen"),
    path(ONE + "duplicate/", desk_request.duplicate, name="desk-request-duplicate"),
    path(ONE + "spam/", desk_request.spam, name="desk-request-spam"),
    path(ONE + "people/", desk_request.people, name="desk-request-people"),
    path(ONE + "sensitive-note/", desk_request.sensitive_note, name="desk-request-sensitive-note"),
    path(ONE + "link/", desk_request.link, name="desk-request-link"),
]
