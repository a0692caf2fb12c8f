"""What the portal writes to officials about returns: that one waits, and where. No figures."""

from core.outbox.mail import OutgoingMail, Stopped
from core.outbox.notices import notify
from municipalities.models import Membership, Return
from municipalities.models.membership import MembershipQuerySet


def return_opened(statement: Return) -> list[OutgoingMail]:
    """Ask for the figures of a year."""
    return _to_officials("municipalities/return_opened", statement)


def return_reminder(statement: Return) -> list[OutgoingMail]:
    """Remind of figures that have not come."""
    return _to_officials("municipalities/return_reminder", statement)


def return_sent_back(statement: Return) -> list[OutgoingMail]:
    """Say that something is to be mended; what, stands behind the link."""
    return _to_officials("municipalities/return_sent_back", statement)


def return_accepted(statement: Return) -> list[OutgoingMail]:
    """Say that the figures were accepted and are public."""
    return _to_officials("municipalities/return_accepted", statement)


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


def _to_officials(kind: str, statement: Return) -> list[OutgoingMail]:
    context = {
        "municipality": statement.municipality.name,
        "year": str(statement.period.year),
        "due_on": statement.period.due_on,
        "is_late": statement.is_late,
    }
    return [
        notify(kind, statement, membership.user, statement.get_my_url, **context)
        for membership in _members(statement)
    ]
