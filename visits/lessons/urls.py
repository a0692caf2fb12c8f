"""Addresses of lessons: where officials answer, and where the desk proposes, answers and links."""

from django.urls import path

from accounts.access import requires
from core.views.own_words import own_words_urls
from visits.lessons.kind import WORKSHOPS
from visits.lessons.views import desk, my

my_urls = [
    path("my/visits/lessons/<int:pk>/", my.my_lesson, name="my-lesson"),
    path("my/visits/lessons/<int:pk>/came/", my.my_lesson_came, name="my-lesson-came"),
]
desk_urls = [
    path("desk/visits/lessons/", desk.lessons, name="desk-lessons"),
    path("desk/visits/<int:pk>/propose/", desk.propose, name="desk-visit-propose"),
    path("desk/visits/lessons/<int:pk>/", desk.lesson, name="desk-lesson"),
    path("desk/visits/lessons/<int:pk>/came/", desk.lesson_came, name="desk-lesson-came"),
    path("desk/visits/lessons/<int:pk>/take-back/", desk.take_back, name="desk-lesson-take-back"),
    path("desk/visits/lessons/<int:pk>/practice/", desk.link_practice, name="desk-lesson-practice"),
    *own_words_urls(WORKSHOPS, requires),
]
