"""What a person does with mail that could not be placed by itself.

Every verb raises Refused with the reasons of its `reasons_against_…`, and
Conflict when somebody else has settled the message meanwhile.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from consultations.intake.actions import requester
from consultations.mailbox.actions import incoming
from consultations.mailbox.notices import is_decided
from consultations.mailbox.placement import decide
from consultations.models import Contact, IncomingMail, MailState, Person, SupportRequest
from consultations.models.incoming import PLACEABLE, WAITING
from core import audit
from core.letters.letter import Letter
from core.outbox import dead_addresses
from core.states import move, refuse_for, verb


def reasons_of_role(by: User) -> list[str]:
    """Return why `by` decides nothing about mail; empty when they may."""
    return by.reasons_without(Permission.ANSWER_REQUEST, _("Your role reads mail but does not place it."))


def reasons_against_placing(mail: IncomingMail, *, by: User) -> list[str]:
    """Return why `by` cannot put the message on a request; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if mail.state == MailState.FAILED:
        reasons.append(_("The message could not be read. Read it again first."))
    elif mail.state not in PLACEABLE:
        reasons.append(_("Nothing is to be decided about this message any more."))
    return reasons


@transaction.atomic
def place_by_hand(mail: IncomingMail, *, request: SupportRequest, by: User) -> Contact:
    """Put the message on a request as what its sender wrote there, and return the contact.

    Raises Refused with reasons_against_placing or when the request takes no
    replies, Unreadable when the message cannot be read any more.
    """
    refuse_for([*reasons_against_placing(mail, by=by), *requester.reasons_against_replying(request)])
    found = incoming.open_letter(mail)
    person = _person_on(request, found)
    contact = incoming.join(mail, found, request, person=person, logged_by=by)
    also = {"request": contact.request, "contact": contact}
    move(mail, MailState.PLACED, also={**_settled(by), **also})
    audit.record("mail.place_by_hand", mail, by=by, request=contact.request_id)
    is_decided(mail)
    return contact


@verb(against=reasons_against_placing)
def make_request(mail: IncomingMail, *, by: User) -> SupportRequest:
    """Make a new request of the message, and return it.

    Raises Unreadable when the message cannot be read any more.
    """
    found = incoming.open_letter(mail)
    request = incoming.begin(mail, found, decide(found), by=by)
    also = {"request": request, "contact": request.contacts.earliest("pk")}
    move(mail, MailState.PLACED, also={**_settled(by), **also})
    audit.record("mail.make_request", mail, by=by, request=request.pk)
    is_decided(mail)
    return request


def reasons_against_discarding(mail: IncomingMail, *, by: User) -> list[str]:
    """Return why `by` cannot discard the message; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if mail.state not in WAITING:
        reasons.append(_("Nothing is to be decided about this message any more."))
    return reasons


@verb(against=reasons_against_discarding)
def discard(mail: IncomingMail, *, by: User, reason: str) -> None:
    """Decide that the message belongs nowhere; its bytes are kept."""
    move(mail, MailState.DISCARDED, also={**_settled(by), "reason": reason})
    audit.record("mail.discard", mail, by=by)
    is_decided(mail)


def reasons_against_undoing(mail: IncomingMail, *, by: User) -> list[str]:
    """Return why `by` cannot take a discarded message back; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if mail.state != MailState.DISCARDED:
        reasons.append(_("The message is not discarded."))
    return reasons


@verb(against=reasons_against_undoing)
def undo_discard(mail: IncomingMail, *, by: User) -> None:
    """Let a discarded message wait for a decision again."""
    before = MailState.FAILED if mail.last_error else MailState.HELD
    move(mail, before, also={"settled_at": None, "settled_by": None, "reason": ""})
    audit.record("mail.undo_discard", mail, by=by)


def read_again(mail: IncomingMail, *, by: User) -> IncomingMail:
    """Read and place the message as if it came now. Raises Refused with reasons_against_discarding."""
    refuse_for(reasons_against_discarding(mail, by=by))
    with transaction.atomic():
        move(mail, MailState.RECEIVED, also={"last_error": ""})
        audit.record("mail.read_again", mail, by=by)
        is_decided(mail)
    incoming.place(mail)
    return mail


@verb(against=reasons_of_role)
def revive(email: str, *, by: User) -> bool:
    """Send mail to an address again that mail came back from; tell whether it was a dead one."""
    return dead_addresses.revive(email, by=by)


def _person_on(request: SupportRequest, found: Letter) -> Person:
    """Return who wrote: somebody of the request, somebody known, or somebody new; nobody is added to it."""
    email = found.sender.email
    there = [request.requester, *(row.person for row in request.participants.select_related("person"))]
    on_request = next((person for person in there if email and person.email.lower() == email), None)
    known = on_request or Person.objects.known_by(email=email).first()
    return known or Person.objects.create(name=found.sender.name, email=email)


def _settled(by: User) -> dict[str, Any]:
    return {"settled_at": timezone.now(), "settled_by": by}
