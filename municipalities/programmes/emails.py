"""What the portal writes to officials about programmes."""

from accounts.models import User
from core.outbox.models import OutgoingMail
from core.outbox.notices import notify
from municipalities.models import Programme


def published(programme: Programme, to: User) -> OutgoingMail:
    """Tell the official who asked for it that the programme is public."""
    place = programme.municipality
    kind = "municipalities/programme_published"
    return notify(kind, programme, to, place.get_absolute_url, place=place.name)
