"""The messages of good practice, to the official who sent a text: it came back, or it is published."""

from typing import Any

from django.utils import translation

from accounts.permissions import Permission
from core.outbox import mail
from municipalities.models import Municipality, PracticeEdition


def sent_back(edition: PracticeEdition, to: Any) -> None:
    """Tell an official that something in their text is to be mended; what it is stands on the page."""
    if _is_theirs(edition, to):
        with translation.override(to.language):
            link = mail.absolute(edition.document.get_my_url())
        _queue("municipalities/practice_sent_back", edition, to, link)


def published(edition: PracticeEdition) -> None:
    """Tell the official who sent a text that it can be read by everybody."""
    to = edition.submitted_by
    if _is_theirs(edition, to):
        with translation.override(to.language):
            link = mail.absolute(edition.document.get_absolute_url())
        _queue("municipalities/practice_published", edition, to, link)


def _is_theirs(edition: PracticeEdition, person: Any) -> bool:
    """Tell whether the person is an official who speaks for the practice's municipality today."""
    if person is None or not person.is_active or not person.has(Permission.SPEAK_FOR_MUNICIPALITY):
        return False
    place = edition.document.municipality_id
    return Municipality.objects.spoken_for_by(person).filter(pk=place).exists()


def _queue(template: str, edition: PracticeEdition, to: Any, link: str) -> None:
    mail.queue(template, to=to.email, context={"link": link}, language=to.language, about=edition.document)
