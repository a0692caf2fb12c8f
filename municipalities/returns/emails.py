"""What the portal writes to officials about returns: that one waits, and where. No figures."""

from typing import Literal

from core.outbox.mail import OutgoingMail, Stopped
from core.outbox.notices import notify
from municipalities.models import Membership, Return
from municipalities.models.membership import MembershipQuerySet

# A year's figures are asked for, have not come, are to be mended (how, stands behind the link), are public.
Matter = Literal["opened", "reminder", "sent_back", "accepted"]


def write(statement: Return, matter: Matter) -> list[OutgoingMail]:
    """Write to all who speak for the municipality."""
    context = {
        "municipality": statement.municipality.name,
        "year": str(statement.period.year),
        "due_on": statement.period.due_on,
        "is_late": statement.is_late,
    }
    return [
        notify(f"municipalities/return_{matter}", statement, member.user, statement.get_my_url, **context)
        for member in _members(statement)
    ]


def has_readers(statement: Return) -> bool:
    """Tell whether anybody speaks for the municipality, so that a message has somewhere to go."""
    return _members(statement).exists()


def reason_to_stop(message: OutgoingMail) -> str:
    """Return why a message must not be sent any more, or "": the official may have left meanwhile.

    Called at the moment of sending.
    """
    if message.about_kind != Return._meta.model_name:
        return ""
    statement = Return.objects.filter(pk=message.about_id).first() if message.about_id else None
    if statement is None or not _members(statement).filter(user__email__iexact=message.to).exists():
        return Stopped.NOT_THEIRS
    return ""


def _members(statement: Return) -> MembershipQuerySet:
    rows = Membership.objects.current().filter(municipality=statement.municipality_id, user__is_active=True)
    return rows.select_related("user").order_by("pk")
