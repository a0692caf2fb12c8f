"""What the portal writes to officials about programmes."""

from django.utils import translation

from accounts.models import User
from core.outbox import mail
from core.outbox.mail import OutgoingMail
from municipalities.models import Programme


def published(programme: Programme, to: User) -> OutgoingMail:
    """Tell the official who asked for it that the programme is public."""
    with translation.override(to.language):
        link = mail.absolute(programme.municipality.get_absolute_url())
        context = {"place": programme.municipality.name, "link": link, "can_reply": False}
    return mail.queue(
        "municipalities/programme_published",
        to=to.email,
        context=context,
        language=to.language,
        about=programme,
    )
