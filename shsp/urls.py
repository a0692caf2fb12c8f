"""The one list of mounts: every address of the portal begins here."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

import accounts.duty.urls
import accounts.urls
import consultations.urls
import municipalities.urls
import shsp.centre.urls
import shsp.help.urls
import shsp.pages.urls
import studies.urls
import visits.urls
from accounts.access import public
from core.links import doors
from shsp import health, law, views, views_outbox, views_palette, views_search

handler400 = views.bad_request
handler500 = views.server_error

machine_urls = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security_contact, name="security-contact"),
]

page_urls = [
    path("", views.home, name="home"),
    path("search/", views_search.search_public, name="search"),
    path("links/<str:token>/", public(doors.open_door), name="link"),
    path(
        "links/<str:token>/one-click/",
        public(csrf_exempt(require_POST(doors.one_click))),
        name="link-one-click",
    ),
    path("links/<str:token>/<slug:page>/", public(doors.open_door_to), name="link-page"),
    path("credits/", views.credits_page, name="credits"),
    path("components/", views.components, name="components"),
]

desk_urls = [
    path("desk/palette/", views_palette.palette, name="desk-palette"),
    path("desk/search/", views_search.search_desk, name="desk-search"),
    path("desk/outbox/", views_outbox.outbox, name="outbox"),
    path("desk/outbox/<int:pk>/", views_outbox.message, name="outbox-message"),
    path("desk/outbox/<int:pk>/send-again/", views_outbox.send_again, name="outbox-send-again"),
]

urlpatterns = [
    *machine_urls,
    *i18n_patterns(
        *page_urls,
        *shsp.pages.urls.public_urls,
        *shsp.help.urls.public_urls,
        *consultations.urls.public_urls,
        *municipalities.urls.public_urls,
        *studies.urls.public_urls,
        *visits.urls.public_urls,
        *consultations.urls.my_urls,
        *municipalities.urls.my_urls,
        *visits.urls.my_urls,
        *desk_urls,
        *shsp.centre.urls.desk_urls,
        *shsp.pages.urls.desk_urls,
        *shsp.help.urls.desk_urls,
        *law.desk_urls,
        *consultations.urls.desk_urls,
        *municipalities.urls.desk_urls,
        *studies.urls.desk_urls,
        *visits.urls.desk_urls,
        *accounts.duty.urls.desk_urls,
        path("desk/", include((accounts.urls.desk_urls, "people"))),
        path("accounts/", include("accounts.urls")),
        path("accounts/", include(accounts.urls.login_urls)),
    ),
]
