"""The messages of good practice, to the official who sent a text: it came back, or it is published."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.documents.emails import title_of
from core.notices.actions import notify
from core.notices.kinds import How, Kind
from municipalities.models import Municipality, PracticeEdition

SENT_BACK, PUBLISHED = "municipalities/practice_sent_back", "municipalities/practice_published"

KINDS = (
    Kind(
        key=SENT_BACK,
        label=_("Our practice came back to be mended"),
        sentence=_("A practice of yours came back to be mended: “%(title)s”."),
        permission=Permission.SPEAK_FOR_MUNICIPALITY,
        usual=How.AT_ONCE,
        template=SENT_BACK,
    ),
    Kind(
        key=PUBLISHED,
        label=_("Our practice is published"),
        sentence=_("A practice of yours is published: “%(title)s”."),
        permission=Permission.SPEAK_FOR_MUNICIPALITY,
        usual=How.AT_ONCE,
        template=PUBLISHED,
    ),
)


def sent_back(edition: PracticeEdition, to: Any) -> None:
    """Tell an official that something in their text is to be mended; what it is stands on the page."""
    if _is_theirs(edition, to):
        notify(SENT_BACK, edition.document, to, edition.document.get_my_url, **title_of(edition))


def published(edition: PracticeEdition) -> None:
    """Tell the official who sent a text that it can be read by everybody."""
    document, to = edition.document, edition.submitted_by
    if _is_theirs(edition, to):
        notify(PUBLISHED, document, to, document.get_absolute_url, **title_of(edition))


def _is_theirs(edition: PracticeEdition, person: Any) -> bool:
    """Tell whether the person is an official who speaks for the practice's municipality today."""
    if person is None or not person.is_active or not person.has(Permission.SPEAK_FOR_MUNICIPALITY):
        return False
    place = edition.document.municipality_id
    return Municipality.objects.spoken_for_by(person).filter(pk=place).exists()
