"""Addresses of mail that came in."""

from django.urls import path

from consultations.views import desk_guess, desk_mail

ONE = "desk/mail/<int:pk>/"
CASE = "desk/requests/<str:reference>/"

desk_mail_urls = [
    path("desk/mail/", desk_mail.mail_list, name="desk-mail"),
    path("desk/mail/dead/", desk_mail.dead_addresses, name="desk-mail-dead"),
    path("desk/mail/dead/<int:pk>/revive/", desk_mail.revive, name="desk-mail-revive"),
    path(ONE, desk_mail.message, name="desk-mail-message"),
    path(ONE + "raw/", desk_mail.raw, name="desk-mail-raw"),
    path(ONE + "files/<int:number>/", desk_mail.file, name="desk-mail-file"),
    path(ONE + "place/", desk_mail.place, name="desk-mail-place"),
    path(ONE + "request/", desk_mail.make_request, name="desk-mail-request"),
    path(ONE + "discard/", desk_mail.discard, name="desk-mail-discard"),
    path(ONE + "undo/", desk_mail.undo, name="desk-mail-undo"),
    path(ONE + "read-again/", desk_mail.read_again, name="desk-mail-read-again"),
    path(CASE + "guess/confirm/", desk_guess.confirm, name="desk-request-confirm-guess"),
    path(CASE + "guess/drop/", desk_guess.drop, name="desk-request-drop-guess"),
]
