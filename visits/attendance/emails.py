"""Who is told of taking part: officials and the desk by notices, those who were named by mail.

Notices name municipalities and visits, never people who go.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.notices import actions as notices
from core.notices.actions import tell
from core.notices.kinds import How, Kind
from core.notices.models import Notice
from core.outbox import mail
from core.outbox.mail import OutgoingMail
from visits.attendance.queries import speakers_for, staff_of_visits
from visits.models import Attendee, StudyVisit, VisitInvitation


def _of_officials(name: str, label: Promise, sentence: Promise) -> Kind:
    key = f"visits/{name}"
    may = Permission.SPEAK_FOR_MUNICIPALITY
    return Kind(key=key, label=label, sentence=sentence, permission=may, usual=How.AT_ONCE, template=key)


INVITED = _of_officials(
    "invited",
    _("We are invited to a study visit"),
    _("%(municipality)s is invited: %(visit)s."),
)
REMINDED = _of_officials(
    "invitation_reminder",
    _("An invitation to a study visit waits for our answer"),
    _("The invitation still waits for the answer of %(municipality)s: %(visit)s."),
)
PLACES = Kind(
    key="visits/places",
    label=_("The places of our people on a study visit change"),
    sentence=_("The places of %(municipality)s have changed: %(visit)s."),
    permission=Permission.SPEAK_FOR_MUNICIPALITY,
    usual=How.DIGEST,
)
ANSWERED = Kind(
    key="visits/answered",
    label=_("A municipality answers an invitation to a study visit"),
    sentence=_("%(municipality)s has answered the invitation: %(visit)s."),
    permission=Permission.MANAGE_VISITS,
    usual=How.DIGEST,
)
GIVEN_UP = Kind(
    key="visits/given_up",
    label=_("Somebody gives up a place on a study visit"),
    sentence=_("A place was given up: %(visit)s."),
    permission=Permission.MANAGE_VISITS,
    usual=How.DIGEST,
)
CALLED_OFF = Kind(
    key="visits/called_off",
    label=_("A study visit to which we were invited will not take place"),
    sentence=_("The study visit will not take place: %(visit)s"),
    permission=Permission.SPEAK_FOR_MUNICIPALITY,
    usual=How.AT_ONCE,
)
PLANNED_AGAIN = Kind(
    key="visits/planned_again",
    label=_("A study visit that was called off is planned again"),
    sentence=_("The study visit is planned again: %(visit)s"),
    permission=Permission.SPEAK_FOR_MUNICIPALITY,
    usual=How.AT_ONCE,
)
KINDS = (INVITED, REMINDED, PLACES, CALLED_OFF, PLANNED_AGAIN, ANSWERED, GIVEN_UP)
CHANGED = "visits/visit_changed"


def to_officials(kind: Kind, invitation: VisitInvitation, *, by: Any = None, hold: int = 0) -> None:
    """Tell all who speak for the invited municipality, by mail after so many seconds."""
    told = {kind.key: [row.user for row in speakers_for(invitation.municipality_id)]}
    visit = invitation.visit
    words = {"until": visit.sign_up_until, "quota": invitation.places, "has_day": bool(visit.sign_up_until)}
    tell(invitation, told, link=invitation.get_my_url, by=by, hold=hold, **words, **_words(invitation))


def take_back(invitations: Iterable[VisitInvitation]) -> bool:
    """Take back what officials were told of their invitations; tell whether no mail of it had left."""
    about = {"about_kind": VisitInvitation._meta.model_name, "about_id__in": [row.pk for row in invitations]}
    return notices.take_back(Notice.objects.filter(kind=INVITED.key, **about))


def answered(invitation: VisitInvitation, *, by: Any) -> None:
    """Tell the desk that a municipality named somebody, or that it cannot go."""
    told = {ANSWERED.key: staff_of_visits()}
    tell(invitation, told, link=invitation.visit.get_desk_url, by=by, **_words(invitation))


def given_up(attendee: Attendee, *, by: Any) -> None:
    """Tell the desk that somebody who had a place will not go."""
    told = {GIVEN_UP.key: staff_of_visits()}
    visit = attendee.visit
    tell(attendee, told, link=visit.get_desk_url, by=by, visit=_name(visit))


def place(attendee: Attendee, *, by: Any) -> None:
    """Write to somebody how they stand now, and tell the officials who named them."""
    with translation.override(attendee.language):
        reason = attendee.reason_said
    _to_person("visits/place", attendee, state=attendee.state, reason=reason)
    if attendee.invitation:
        to_officials(PLACES, attendee.invitation, by=by)


def changed(people: Iterable[Attendee], parts: Mapping[str, list[str]], *, hold: int) -> None:
    """Write to those who have a place what changed, named in their language, after so many seconds."""
    mail.queue_all([_composed(CHANGED, row, hold=hold, parts=parts[row.language]) for row in people])


def cancelled(people: Iterable[Attendee]) -> None:
    """Write to those who were named that the visit will not take place."""
    mail.queue_all([_composed("visits/visit_cancelled", row) for row in people])


def planned_again(people: Iterable[Attendee]) -> None:
    """Write to those who were named that the visit, which was called off, is planned again."""
    mail.queue_all([_composed("visits/visit_planned_again", row) for row in people])


def _to_person(kind: str, attendee: Attendee, **words: Any) -> OutgoingMail:
    [row] = mail.queue_all([_composed(kind, attendee, **words)])
    return row


def _composed(kind: str, attendee: Attendee, *, hold: int = 0, **words: Any) -> OutgoingMail:
    with translation.override(attendee.language):
        told = {"name": attendee.name, "visit": attendee.visit.name, **words}
    return mail.compose(
        kind,
        to=attendee.email,
        context={"can_reply": False, **told},
        language=attendee.language,
        link=attendee.get_link,
        about=attendee,
        hold=hold,
    )


def _words(invitation: VisitInvitation) -> dict[str, str]:
    return {"municipality": invitation.municipality.name, "visit": _name(invitation.visit)}


def _name(visit: StudyVisit) -> str:
    """Return what a visit is called in the main language: one notice is read by many, whoever makes it."""
    with translation.override(settings.LANGUAGE_CODE):
        return visit.name
