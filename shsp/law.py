"""Provisions of law, as words that the Centre keeps, and their addresses at the desk."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import requires
from accounts.models import User
from accounts.permissions import Permission
from core.documents import care
from core.documents.law.actions import catch_up
from core.documents.law.forms import ProvisionForm
from core.documents.law.models import Provision, Recheck
from core.documents.law.urls import law_urls
from core.documents.reviews import numbers_due
from core.forms.own_words import MergeForm
from core.views.own_words import Kind

PROVISIONS = Kind(
    name="provision",
    plural="law",
    model=Provision,
    form=ProvisionForm,
    permission=Permission.KEEP_LAW,
    heading=_("Law"),
    lead=_("Provisions on which published texts rest. When one changes, mark it: readers see it at once."),
    new=_("Add a provision"),
    edit=_("Provision"),
    has_pages=True,
    after=lambda row: catch_up(row.merged_into or row),
    merge_form=MergeForm,
    names={
        "legalprovision": _("Answers"),
        "materialprovision": _("Expert materials"),
        "provisionchange": _("Changes of law"),
    },
)


def to_check(reader: User) -> tuple[str, str, Any]:
    """Return what waits for whoever looks after texts: those whose law changes, those that are due."""
    open_ones = Recheck.objects.open().filter(_waiting_for(reader)).order_by().values("pk")
    rows = open_ones.union(*numbers_due(_waiting_for(reader, "document__")), all=True)
    return gettext("Texts to be checked"), f"{reverse('desk-to-check')}?who=mine", rows


def _waiting_for(reader: User, prefix: str = "") -> Q:
    """Return the condition for what waits for a reader; what nobody looks after waits for coordinators."""
    mine = care.looked_after_by(reader, prefix)
    if reader.has(Permission.MANAGE_RETURNS):
        return mine | Q(**{f"{prefix}owner": None, f"{prefix}deputy": None})
    return mine


desk_urls = law_urls(PROVISIONS, requires, view=Permission.VIEW_DESK)
