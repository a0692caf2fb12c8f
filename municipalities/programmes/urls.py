"""Addresses of programmes and offices."""

from django.urls import URLPattern, path

from municipalities.programmes.views import desk, my, pages, phases, public
from municipalities.programmes.views.pages import DESK, MY, Area, Page

AT_DESK = "desk/municipalities/<slug:slug>/programmes/"
# What follows the number of a programme in an address, what follows in the address's name, the page.
PAGES: tuple[tuple[str, str, Page], ...] = (
    ("", "", pages.show),
    ("edit/", "-edit", pages.edit),
    ("discard/", "-discard", pages.discard),
    ("phases/new/", "-phase-new", phases.new),
    ("phases/<int:phase>/", "-phase", phases.change),
    ("phases/<int:phase>/remove/", "-phase-remove", phases.remove),
)
MY_PAGES = (*PAGES, ("ask/", "-ask", pages.ask), ("take-back/", "-take-back", pages.take_back))
DESK_PAGES = (*PAGES, ("publish/", "-publish", pages.publish), ("unpublish/", "-unpublish", pages.unpublish))


def _of_programme(area: Area, begin: str, found: tuple[tuple[str, str, Page], ...]) -> list[URLPattern]:
    return [
        path(f"{begin}<int:pk>/{rest}", area.view(page), name=f"{area.prefix}-programme{name}")
        for rest, name, page in found
    ]


public_urls = [
    path("municipalities/<slug:slug>/programmes/<int:pk>/concept/", public.concept, name="programme-file")
]

my_urls = [
    path("my/programmes/", my.programmes, name="my-programmes"),
    path("my/programmes/new/", my.new, name="my-programme-new"),
    *_of_programme(MY, "my/programmes/", MY_PAGES),
    path("my/office/", my.office, name="my-office"),
    path("my/office/new/", my.office_new, name="my-office-new"),
    path("my/office/<int:pk>/", my.office_edit, name="my-office-edit"),
    path("my/office/<int:pk>/check/", my.office_check, name="my-office-check"),
]

desk_urls = [
    path("desk/programmes/", desk.asked, name="desk-programmes"),
    path(f"{AT_DESK}new/", desk.new, name="desk-programme-new"),
    *_of_programme(DESK, AT_DESK, DESK_PAGES),
    path("desk/municipalities/<slug:slug>/office/", desk.office, name="desk-office"),
]
