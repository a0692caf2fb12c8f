"""Writing down a call, visit or letter with which a request begins."""

from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from accounts.models import User
from consultations.choices import Direction, State
from consultations.intake.actions.requester import Intake, find_received, receive
from consultations.models import Person, SupportRequest
from consultations.requests.actions import desk
from consultations.requests.roles import reasons_of_role
from core.states import verb


class _Circumstances(TypedDict):
    channel: str
    took_place_at: datetime
    place: str
    spoken_by: User
    by: User


@verb(against=reasons_of_role)
def log_request(intake: Intake, *, by: User, said: str = "", is_answered: bool = False) -> SupportRequest:
    """Make a request of what somebody told us, with what we said to it.

    `is_answered` takes and answers it in the same step. A person known already
    gets what was missing of their contact. The same idempotency key gives the
    first request it came with. Raises Refused, too, when a verb refuses what was said.
    """
    if first := find_received(intake.idempotency_key):
        return first
    if intake.person:
        _complete(intake.person, intake)
    request = receive(replace(intake, has_notice=not is_answered), by=by)
    if request.state != State.NEW or request.contacts.filter(direction=Direction.OUTBOUND).exists():
        # The same form came twice at once, and the other one was quicker.
        return request
    circumstances: _Circumstances = {
        "channel": intake.channel,
        "took_place_at": request.received_at,
        "place": intake.place,
        "spoken_by": intake.spoken_by or by,
        "by": by,
    }
    if is_answered:
        desk.take(request, by=by)
        desk.answer(request, text=said, is_given=True, **circumstances)
    elif said:
        desk.log_contact(request, direction=Direction.OUTBOUND, text=said, **circumstances)
    return request


def _complete(person: Person, intake: Intake) -> None:
    reach = ("name", "email", "phone", "organisation")
    missing = [name for name in reach if getattr(intake, name) and not getattr(person, name)]
    for name in missing:
        setattr(person, name, getattr(intake, name))
    if missing:
        person.save(update_fields=missing)
