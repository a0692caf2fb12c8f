"""Who is told of returns: officials that one waits, and where; the desk that one has come. No figures."""

from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from core.notices.actions import tell
from core.notices.kinds import How, Kind
from municipalities.models import Membership, Return
from municipalities.models.membership import MembershipQuerySet

# A year's figures are asked for, have not come, are to be mended (how, stands behind the link), are public.
Matter = Literal["opened", "reminder", "sent_back", "accepted"]
SENT = "municipalities/return_sent"


def _of_officials(matter: Matter, label: Promise, sentence: Promise) -> Kind:
    key = f"municipalities/return_{matter}"
    may = Permission.SPEAK_FOR_MUNICIPALITY
    return Kind(key=key, label=label, sentence=sentence, permission=may, usual=How.AT_ONCE, template=key)


KINDS = (
    _of_officials(
        "opened",
        _("The Contact Centre asks us for figures"),
        _("The Contact Centre asks for the figures for %(year)s: %(municipality)s."),
    ),
    _of_officials(
        "reminder",
        _("The day for our figures comes, or has passed"),
        _("The figures for %(year)s have not been sent yet: %(municipality)s."),
    ),
    _of_officials(
        "sent_back",
        _("Our figures came back to be mended"),
        _("The figures for %(year)s came back to be mended: %(municipality)s."),
    ),
    _of_officials(
        "accepted",
        _("Our figures were accepted"),
        _("The figures for %(year)s were accepted: %(municipality)s."),
    ),
    Kind(
        key=SENT,
        label=_("A municipality has sent its figures"),
        sentence=_("The figures for %(year)s have come: %(municipality)s."),
        permission=Permission.MANAGE_RETURNS,
        usual=How.DIGEST,
    ),
)


def write(statement: Return, matter: Matter) -> None:
    """Write to all who speak for the municipality."""
    told = {f"municipalities/return_{matter}": [member.user for member in _members(statement)]}
    words = {"due_on": statement.period.due_on, "is_late": statement.is_late, **_words(statement)}
    tell(statement, told, link=statement.get_my_url, **words)


def sent(statement: Return, *, by: User) -> None:
    """Tell the desk that a return waits to be accepted."""
    told = {SENT: User.objects.who_may(Permission.MANAGE_RETURNS)}
    tell(statement, told, link=statement.get_desk_url, by=by, **_words(statement))


def has_readers(statement: Return) -> bool:
    """Tell whether anybody speaks for the municipality, so that a message has somewhere to go."""
    return _members(statement).exists()


def _words(statement: Return) -> dict[str, str]:
    return {"municipality": statement.municipality.name, "year": str(statement.period.year)}


def _members(statement: Return) -> MembershipQuerySet:
    rows = Membership.objects.current().filter(municipality=statement.municipality_id, user__is_active=True)
    return rows.select_related("user").order_by("pk")
