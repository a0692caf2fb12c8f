"""Reads of programmes for other pages."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from municipalities.models import Programme


def to_publish(reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return the drafts that officials ask to publish: their title, their list, their rows."""
    rows = Programme.objects.visible_to(reader).asked()
    return _("Programmes to be published"), reverse("desk-programmes"), rows
