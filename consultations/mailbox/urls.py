"""Addresses of mail that came in."""

from django.urls import path

from consultations.mailbox.views import desk

ONE = "desk/mail/<int:pk>/"
CASE = "desk/requests/<str:reference>/"

desk_urls = [
    path("desk/mail/", desk.mail_list, name="desk-mail"),
    path("desk/mail/dead/", desk.dead_addresses, name="desk-mail-dead"),
    path("desk/mail/dead/<int:pk>/revive/", desk.revive, name="desk-mail-revive"),
    path(ONE, desk.message, name="desk-mail-message"),
    path(ONE + "raw/", desk.raw, name="desk-mail-raw"),
    path(ONE + "files/<int:number>/", desk.file, name="desk-mail-file"),
    path(ONE + "place/", desk.place, name="desk-mail-place"),
    path(ONE + "request/", desk.make_request, name="desk-mail-request"),
    path(ONE + "discard/", desk.discard, name="desk-mail-discard"),
    path(ONE + "undo/", desk.undo, name="desk-mail-undo"),
    path(ONE + "read-again/", desk.read_again, name="desk-mail-read-again"),
    path(CASE + "guess/confirm/", desk.confirm_guess, name="desk-request-confirm-guess"),
    path(CASE + "guess/drop/", desk.drop_guess, name="desk-request-drop-guess"),
]
