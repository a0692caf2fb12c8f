"""What every page shows: whose portal this is, and the ways into it."""

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.notices.counts import BELL, kept_counts_for, label_of
from shsp.centre import words
from shsp.centre.hub import HUB, PARTS
from shsp.centre.loading import centre_facts
from shsp.models.banner import Place

MAIN_MENU = [
    (_("Ask"), "ask"),
    (_("Answers"), "summaries"),
    (_("Municipalities"), "municipalities"),
    (_("Good practice"), "practices"),
    (_("Materials"), "materials"),
    (_("Study visits"), "visits"),
    (_("About the Centre"), "about"),
]
DESK_MENU = [
    (_("Today"), "desk", "today", Permission.VIEW_DESK),
    (_("Requests"), "desk-requests", "list", Permission.VIEW_REQUESTS),
    (_("Mail"), "desk-mail", "mail", Permission.VIEW_REQUESTS),
    (_("Log a contact"), "desk-log", "plus", Permission.LOG_REQUEST),
    (_("Second readings"), "desk-readings", "eye", Permission.VIEW_REQUESTS),
    (_("Summaries"), "desk-summaries", "book", Permission.VIEW_DESK),
    (_("Municipalities"), "desk-municipalities", "town", Permission.VIEW_DESK),
    (_("Returns"), "desk-returns", "copies", Permission.VIEW_DESK),
    (_("Good practice"), "desk-practices", "flag", Permission.VIEW_DESK),
    (_("Study visits"), "desk-visits", "globe", Permission.VIEW_DESK),
    (_("Exchange"), "exchange", "exchange", Permission.USE_EXCHANGE),
    (_("Duty and leave"), "desk-duty", "person", Permission.VIEW_DESK),
    (_("Portal settings"), HUB, "pencil", Permission.VIEW_DESK),
]
# Pages whose address does not begin like the entry of the desk's menu that they belong to.
DESK_PAGES_OF = [
    ("/desk/deliveries/", "desk-visits"),
    ("/desk/visit-reports/", "desk-visits"),
    ("/desk/material-texts/", HUB),
    ("/desk/exchange/reports/", "exchange"),
    ("/desk/exchange/", "exchange"),
    ("/desk/peers/", "desk-requests"),
    ("/desk/persons/", "desk-requests"),
    ("/desk/programmes/", "desk-municipalities"),
    ("/desk/watching/", "desk-requests"),
    *((f"/desk/{part}/", HUB) for part in PARTS),
]
MY_MENU = [
    (_("Overview"), "my", "home"),
    (_("Our requests"), "my-requests", "list"),
    (_("New request"), "my-ask", "plus"),
    (_("Timeline"), "my-timeline", "today"),
    (_("Programmes"), "my-programmes", "book"),
    (_("Figures"), "my-returns", "chart"),
    (_("Practice"), "my-practices", "flag"),
    (_("Study visits"), "my-visits", "globe"),
    (_("Exchange"), "exchange", "exchange"),
    (_("Help others"), "my-help", "answer"),
    (_("Office"), "my-office", "phone-in"),
    (_("People"), "my-people", "people"),
]


class Portal:
    """The portal as one page sees it. Nothing is looked up until a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        # The name of this request in the log, for the reader to quote.
        self.request_id = getattr(request, "request_id", "")
        # After so many seconds without a request a login ends; so many before that the page warns.
        self.session_idle, self.session_warning = (
            settings.SESSION_IDLE_SECONDS,
            settings.SESSION_WARNING_SECONDS,
        )
        facts = centre_facts()
        self.project, self.centre = facts["project"], facts["contact_centre"]
        self.eu_words = facts["publicity"]["logo_line_cs"]

        self.leave_to = settings.LEAVE_TO
        self.leave_site = urlsplit(settings.LEAVE_TO).netloc.removeprefix("www.")

    @property
    def is_czech(self) -> bool:
        return (get_language() or settings.LANGUAGE_CODE).startswith("cs")

    @cached_property
    def name(self) -> str:
        return words.fact("name")

    @property
    def project_name(self) -> str:
        return self.project["short_title_cs"] if self.is_czech else self.project["title_en"]

    @cached_property
    def email(self) -> str:
        return words.fact("email")

    @cached_property
    def phone(self) -> str:
        return words.fact("phone")

    @property
    def successors(self) -> list[dict[str, Any]]:
        """The projects that go on today after the one that this portal began with."""
        return words.successors(timezone.now())

    @property
    def footer_lines(self) -> list[dict[str, Any]]:
        return words.footer_lines()

    @property
    def public_banners(self) -> list[dict[str, Any]]:
        return words.banners_at(Place.PUBLIC, timezone.now())

    @property
    def desk_banners(self) -> list[dict[str, Any]]:
        return words.banners_at(Place.DESK, timezone.now())

    @property
    def my_banners(self) -> list[dict[str, Any]]:
        return words.banners_at(Place.MY, timezone.now())

    @cached_property
    def main_menu(self) -> list[dict[str, Any]]:
        return self._menu([(label, name, "") for label, name in MAIN_MENU], {})

    @cached_property
    def desk_menu(self) -> list[dict[str, Any]]:
        user = self._request.user
        rows = [row[:3] for row in DESK_MENU if user.is_authenticated and user.has(row[3])]
        return self._menu(rows, self._counts)

    @cached_property
    def my_menu(self) -> list[dict[str, Any]]:
        # The overview shows what waits anywhere.
        counts = self._counts
        waiting = sum(counts.get(name, 0) for _label, name, _icon in MY_MENU)
        return self._menu(MY_MENU, {**counts, "my": waiting})

    @property
    def unread(self) -> int:
        """How many notices the person has not read, counted no further than a bit above 99."""
        return self._counts.get(BELL, 0)

    @cached_property
    def _counts(self) -> dict[str, int]:
        user = self._request.user
        if not user.is_authenticated:
            return {}
        entries = [row[1] for row in (DESK_MENU if user.is_contact_centre else MY_MENU)]
        return kept_counts_for(user, [BELL, *entries])

    @property
    def is_behind_hub(self) -> bool:
        """Whether the page is one of those that the portal's settings lead to."""
        return self._here == reverse(HUB) != self._request.path

    @property
    def _here(self) -> str:
        """The address whose entry of a menu the open page belongs to."""
        path = self._request.path
        return next((reverse(name) for part, name in DESK_PAGES_OF if part in path), path)

    def _menu(self, rows: list[tuple[Any, str, str]], counts: dict[str, int]) -> list[dict[str, Any]]:
        """Return the links of a menu; `current` marks the one whose page is open."""
        urls = [reverse(name) for _label, name, _icon in rows]
        # The longest address that leads to this page is the one we are at.
        best = max(filter(self._here.startswith, urls), key=len, default="")
        return [
            {
                "name": name,
                "label": label,
                "url": url,
                "icon": icon,
                "current": url == best,
                "count": label_of(counts.get(name, 0)),
            }
            for (label, name, icon), url in zip(rows, urls, strict=True)
        ]


def portal(request: HttpRequest) -> dict[str, Portal]:
    """Give templates the variable `portal`."""
    return {"portal": Portal(request)}
