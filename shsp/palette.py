"""What the palette of the desk finds: where one may go, requests, people and municipalities."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from accounts.permissions import Permission
from consultations.models import SupportRequest
from consultations.requests import search as requests_search
from core import search
from core.search.text import fold
from core.views.paging import whole_number
from municipalities.places.picker import offers
from shsp.centre.hub import GROUPS
from shsp.context_processors import DESK_MENU
from shsp.views_search import people_found

# How many of each kind are offered.
MOST = 5
# Where the desk's menu does not lead.
MORE_COMMANDS: list[tuple[str | Promise, str, Permission]] = [
    (gettext_lazy("Saved filters"), "desk-filters", Permission.VIEW_REQUESTS),
    (gettext_lazy("Topics that I watch"), "desk-watching", Permission.VIEW_REQUESTS),
    (gettext_lazy("Start a summary"), "desk-summary-new", Permission.WRITE_SUMMARY),
    (gettext_lazy("Keyboard shortcuts"), "desk-keys", Permission.VIEW_DESK),
    (gettext_lazy("My account"), "accounts:profile", Permission.VIEW_DESK),
]
COMMAND, REQUEST = pgettext_lazy("palette", "Go to"), gettext_lazy("Request")
PERSON, MUNICIPALITY = gettext_lazy("Person"), gettext_lazy("Municipality")


@dataclass(frozen=True)
class Offer:
    """One thing to go to: what kind it is, what it is called, by what else one knows it."""

    kind: str | Promise
    label: str
    url: str
    more: str = ""


def offers_for(asked: str, user: User) -> list[Offer]:
    """Return what `user` may go to by these words, a few of each kind; without words all commands.

    First comes a municipality of exactly this name, then the commands that begin with these words, then the
    likeliest request.
    """
    if not asked:
        return list(_commands("", user))
    requests = list(_requests(asked, user))
    commands = list(_commands(asked, user))[:MOST]
    places = list(_municipalities(asked))
    exact = [offer for offer in places if fold(offer.label) == fold(asked)]
    named = [offer for offer in commands if fold(offer.label).startswith(fold(asked))]
    first = [*exact, *named, *requests[:1], *commands, *requests[1:], *_people(asked, user), *places]
    return list(dict.fromkeys(first))


def _commands(asked: str, user: User) -> Iterator[Offer]:
    words = fold(asked).split()
    menu = [(label, name, permission) for label, name, _icon, permission in DESK_MENU]
    seldom = [(row.label, row.route, row.permission) for _title, rows in GROUPS for row in rows]
    for label, name, permission in [*menu, *seldom, *MORE_COMMANDS]:
        parts = fold(str(label)).split()
        fits = all(any(part.startswith(word) for part in parts) for word in words)
        if fits and user.has(permission):
            yield Offer(COMMAND, str(label), reverse(name))


def _requests(asked: str, user: User) -> Iterator[Offer]:
    """Yield the request whose reference or number was typed, else those that hold the words."""
    visible = SupportRequest.objects.visible_to(user).for_list()
    number = whole_number(asked)
    named = visible.filter(pk=number) if number else visible.with_reference(asked)
    found = list(named)
    if not found:
        hits = search.find(asked, scope=search.DESK, kinds=[requests_search.KIND], per_page=MOST).hits
        rows = visible.in_bulk([hit.object_id for hit in hits])
        found = [rows[hit.object_id] for hit in hits if hit.object_id in rows]
    for case in found:
        place = case.municipality.name if case.municipality else ""
        more = (case.reference, str(case.get_state_display()), place)
        yield Offer(REQUEST, case.subject, case.get_desk_url(), _line(more))


def _people(asked: str, user: User) -> Iterator[Offer]:
    for case in people_found(asked, user)[:MOST]:
        who = case.requester
        url, more = reverse("desk-person", args=[who.pk]), [who.organisation if who.name else ""]
        yield Offer(PERSON, who.name or who.organisation or _("Person without a name"), url, _line(more))


def _municipalities(asked: str) -> Iterator[Offer]:
    for row in offers(asked)[:MOST]:
        yield Offer(MUNICIPALITY, row.name, reverse("desk-municipality", args=[row.slug]), row.whereabouts)


def _line(parts: Iterable[str | None]) -> str:
    return " · ".join(part for part in parts if part)
