"""The kinds of notices there are, each named by the app that tells it, in its `ready()`."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """How somebody is told of a kind of thing; by mail is always in the portal, too."""

    AT_ONCE = "at_once", _("by mail at once")
    DIGEST = "digest", _("in the daily mail")
    PORTAL = "portal", _("only in the portal")
    NEVER = "never", _("not at all")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of thing that somebody is told of."""

    # "requests/assigned"
    key: str
    # What stands in the settings: "A request is assigned to me".
    label: str | Promise
    # What is told: "%(who)s assigned %(reference)s to you." `who` is the actor; the rest comes from `tell`.
    sentence: str | Promise
    # Only accounts with this permission are ever told, and find it in their settings.
    permission: str
    usual: How = How.PORTAL
    # For some roles another way is usual.
    usual_of: dict[str, How] = field(default_factory=dict)
    # The pair of texts of the mail at once.
    template: str = "notices/notice"
    # Quiet hours do not hold it up.
    is_urgent: bool = False

    def usual_for(self, user: Any) -> How:
        """Return how an account is told that has chosen nothing."""
        return self.usual_of.get(user.role, self.usual)


_kinds: dict[str, Kind] = {}
_groups: dict[str, str | Promise] = {}


def add(*kinds: Kind, under: str | Promise = "") -> None:
    """Name kinds of an app, from its ready(); they stand in the settings in this order, `under` a heading."""
    _kinds.update({kind.key: kind for kind in kinds})
    _groups.update({kind.key: under for kind in kinds})


def kind_of(key: str) -> Kind:
    """Return a kind by its key. Raises KeyError where no app has named it."""
    return _kinds[key]


def kinds_for(user: Any) -> list[Kind]:
    """Return the kinds that an account may be told of."""
    return [kind for kind in _kinds.values() if user.has(kind.permission)]


def grouped_for(user: Any) -> list[tuple[str, list[Kind]]]:
    """Return the kinds that an account may be told of by their headings, what there is most of first."""
    groups = defaultdict(list)
    for kind in kinds_for(user):
        groups[str(_groups[kind.key])].append(kind)
    return sorted(groups.items(), key=lambda group: -len(group[1]))
