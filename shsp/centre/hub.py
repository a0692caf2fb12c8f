"""What is kept seldom, gathered on one page of the desk: where it is, and what it is for."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import Permission


@dataclass(frozen=True)
class Entry:
    """One link of the hub: its words, a sentence on what is done there, the route, and who may."""

    label: Promise
    text: Promise
    route: str
    permission: Permission


HUB = "desk-settings"
GROUPS: list[tuple[Promise, list[Entry]]] = [
    (
        _("What visitors read"),
        [
            Entry(
                _("The Centre's contacts"),
                _("Name, e-mail, telephone, hours, data box and data-protection officer."),
                "desk-centre",
                Permission.MANAGE_SITE,
            ),
            Entry(
                _("Periods of the project"),
                _("Which project ran the Centre when, and how it is reached."),
                "desk-periods",
                Permission.MANAGE_SITE,
            ),
            Entry(
                _("Banners"),
                _("A sentence on top of the pages, for a time."),
                "desk-banners",
                Permission.MANAGE_SITE,
            ),
            Entry(
                _("Site pages"),
                _("What the portal says of the Centre, of personal data and of its accessibility."),
                "desk-site-pages",
                Permission.MANAGE_SITE,
            ),
            Entry(
                _("Help page"),
                _("What people who may lose their home read, in four readings."),
                "desk-help-pages",
                Permission.MANAGE_SITE,
            ),
            Entry(
                _("Expert materials"),
                _("The plan of thirteen on a board, and the materials beside it."),
                "desk-materials",
                Permission.VIEW_DESK,
            ),
            Entry(
                _("Library"),
                _("Other documents, with the copies that are kept of them, and the shelves they stand on."),
                "desk-library",
                Permission.MANAGE_MATERIALS,
            ),
            Entry(
                _("Lines of the footer"),
                _("Links and words at the foot of every public page."),
                "desk-footer-lines",
                Permission.MANAGE_SITE,
            ),
        ],
    ),
    (
        _("Lists and texts"),
        [
            Entry(
                _("Topics"),
                _("What requests and answers are about: added, renamed, put in order, retired, merged."),
                "desk-topics",
                Permission.MANAGE_SITE,
            ),
            Entry(
                _("Target groups"),
                _("Whom requests concern, for statistics."),
                "desk-target-groups",
                Permission.MANAGE_SITE,
            ),
            Entry(
                _("Whom answers are for"),
                _("Groups of readers by which published answers are found, beside their topics."),
                "desk-audiences",
                Permission.MANAGE_SITE,
            ),
            Entry(
                _("Whom materials are for"),
                _("Groups of readers by which expert materials are found."),
                "desk-material-audiences",
                Permission.MANAGE_SITE,
            ),
            Entry(
                _("Reviews by experts"),
                _("Rounds in which the expert group reads materials before they are published."),
                "desk-reviews",
                Permission.MANAGE_MATERIALS,
            ),
            Entry(
                capfirst(_("expert group")),
                _("Who reads materials before they are published, and who agreed to be named in public."),
                "desk-expert-group",
                Permission.MANAGE_MATERIALS,
            ),
            Entry(
                _("Hosts abroad"),
                _("Organisations that the project learned from on its study visits."),
                "desk-hosts",
                Permission.MANAGE_VISITS,
            ),
            Entry(
                _("Themes of study visits"),
                _("What visits are about, by which readers follow reports."),
                "desk-visit-themes",
                Permission.MANAGE_SITE,
            ),
            Entry(
                _("Workshops on visits"),
                _("Where study visits were, or will be, presented."),
                "desk-workshops",
                Permission.MANAGE_VISITS,
            ),
            Entry(
                _("Prepared answers"),
                _("Texts that answer the same question again and again."),
                "desk-prepared",
                Permission.VIEW_DESK,
            ),
            Entry(
                _("Law"),
                _("Provisions on which texts rest, and their changes."),
                "desk-law",
                Permission.VIEW_DESK,
            ),
            Entry(
                _("Texts to be checked"),
                _("Texts whose law changes, or whose review date has come."),
                "desk-to-check",
                Permission.VIEW_DESK,
            ),
            Entry(
                _("Days to answer"),
                _("In how many working days an answer is due, topic by topic."),
                "desk-topic-days",
                Permission.MANAGE_MEMBERSHIPS,
            ),
            Entry(
                _("Indicators"),
                _("What municipalities are asked for in their returns."),
                "desk-indicators",
                Permission.MANAGE_INDICATORS,
            ),
            Entry(
                pgettext_lazy("menu", "Offices"),
                _("Where people in need are sent, with contacts and hours."),
                "desk-offices",
                Permission.EDIT_MUNICIPALITY,
            ),
        ],
    ),
    (
        _("People and running"),
        [
            Entry(
                _("People"),
                _("Accounts, roles and invitations."),
                "people:people",
                Permission.INVITE_USER,
            ),
            Entry(_("Outbox"), _("What was sent, and what failed."), "outbox", Permission.VIEW_OUTBOX),
            Entry(
                _("Time"),
                _("Sums of time by municipality and consultant."),
                "desk-time",
                Permission.VIEW_DESK,
            ),
        ],
    ),
]
# How the addresses of the pages behind it begin.
PARTS = (
    "centre", "periods", "banners", "footer-lines", "site-pages", "help-pages", "prepared", "topics",
    "target-groups", "audiences", "material-audiences", "materials", "library", "shelves",
    "expert-group", "reviews", "hosts", "workshops", "visit-themes", "indicators", "law", "offices", "people",
    "outbox", "time", "to-check",
)  # fmt: skip


def groups_for(user: User) -> Iterator[tuple[Promise, list[Entry]]]:
    """Yield each group with the entries that an account may open, without those where there are none."""
    for title, entries in GROUPS:
        if found := [entry for entry in entries if user.has(entry.permission)]:
            yield title, found
