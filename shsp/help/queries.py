"""Which texts the guided page shows, those of its published edition, and what waits to be published."""

from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from shsp.help.content import Content, filled, shipped
from shsp.models import HelpEdition


def content() -> Content:
    """Return the published texts, by one small query; before the first loading those that are shipped."""
    rows = HelpEdition.objects.published().values_list("pk", "version", "published_at")
    found = rows.first()
    return _content(*found) if found else shipped()


@lru_cache(maxsize=4)
def _content(pk: int, version: int, published_at: datetime) -> Content:
    """Return the texts of an edition, read once a process: a published edition does not change."""
    return filled(HelpEdition.objects.values_list("texts", flat=True).get(pk=pk))


def line_numbers() -> list[str]:
    """Return the telephone numbers that the page shows to everybody."""
    return [line["number"] for line in content()["lines"]]


def to_review(reader: User) -> tuple[str, str, QuerySet[HelpEdition]]:
    """Return what waits for the reader as a second person: its title, its list, its rows."""
    address = f"{reverse('desk-help-pages')}?to_review=on"
    return _("Help page in review"), address, HelpEdition.objects.waiting_for(reader)
