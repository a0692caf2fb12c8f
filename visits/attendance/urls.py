"""Addresses of taking part in a visit."""

from django.urls import path

from visits.attendance.views import behalf, desk, my, spot

my_urls = [
    path("my/visits/<int:pk>/", my.visit, name="my-visit"),
    path("my/visits/<int:pk>/decline/", my.decline, name="my-visit-decline"),
    path("my/visits/<int:pk>/reconsider/", my.reconsider, name="my-visit-reconsider"),
    path("my/visits/<int:pk>/ask/", my.ask, name="my-visit-ask"),
    path("my/visits/people/<int:pk>/", my.person, name="my-visit-person"),
    path("my/visits/people/<int:pk>/up/", my.person_up, name="my-visit-person-up"),
    path("my/visits/people/<int:pk>/give-up/", my.person_give_up, name="my-visit-person-give-up"),
    path("my/visits/questions/<int:pk>/", my.question, name="my-visit-question"),
    path("my/visits/questions/<int:pk>/withdraw/", my.question_withdraw, name="my-visit-question-withdraw"),
]

OF_INVITATION, OF_PERSON = "desk/visits/invitations/<int:pk>/", "desk/visits/people/<int:pk>/"
OF_QUESTION = "desk/visits/questions/<int:pk>/"

desk_urls = [
    path("desk/visits/<int:pk>/invite/", desk.invite, name="desk-visit-invite"),
    path("desk/visits/<int:pk>/invite/take-back/", desk.take_all_back, name="desk-visit-invite-take-back"),
    path("desk/visits/<int:pk>/people/new/", desk.add_person, name="desk-visit-person-new"),
    path("desk/visits/<int:pk>/people/confirm/", desk.confirm_all, name="desk-visit-confirm-all"),
    path("desk/visits/<int:pk>/travel-sheet/", desk.travel_sheet, name="desk-visit-travel-sheet"),
    path("desk/visits/<int:pk>/participants/", desk.participants, name="desk-visit-participants"),
    path("desk/visits/<int:pk>/attendance/", spot.attendance, name="desk-visit-attendance"),
    path("desk/visits/<int:pk>/attendance/tick/", spot.tick, name="desk-visit-tick"),
    path("desk/visits/<int:pk>/attendance/note/", spot.note, name="desk-visit-note"),
    path(OF_INVITATION, behalf.visit, name="desk-invitation"),
    path(f"{OF_INVITATION}decline/", behalf.decline, name="desk-invitation-decline"),
    path(f"{OF_INVITATION}reconsider/", behalf.reconsider, name="desk-invitation-reconsider"),
    path(f"{OF_INVITATION}ask/", behalf.ask, name="desk-invitation-ask"),
    path(f"{OF_INVITATION}places/", desk.give_places, name="desk-invitation-places"),
    path(f"{OF_INVITATION}remind/", desk.remind, name="desk-invitation-remind"),
    path(f"{OF_INVITATION}take-back/", desk.take_back, name="desk-invitation-take-back"),
    path(OF_PERSON, behalf.person, name="desk-invitation-person"),
    path(f"{OF_PERSON}up/", behalf.person_up, name="desk-invitation-person-up"),
    path(f"{OF_PERSON}give-up/", behalf.person_give_up, name="desk-invitation-person-give-up"),
    path(f"{OF_PERSON}confirm/", desk.confirm, name="desk-attendee-confirm"),
    path(f"{OF_PERSON}wait/", desk.wait, name="desk-attendee-wait"),
    path(f"{OF_PERSON}refuse/", desk.refuse, name="desk-attendee-refuse"),
    path(OF_QUESTION, behalf.question, name="desk-invitation-question"),
    path(f"{OF_QUESTION}withdraw/", behalf.question_withdraw, name="desk-invitation-question-withdraw"),
]
