"""What the desk keeps about a request beside the conversation: its details, its people, its private link.

Every verb that changes the request itself raises Conflict when somebody else has changed it meanwhile.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from consultations.models import (
    Contact,
    Participant,
    Person,
    ShortCode,
    SupportPlan,
    SupportRequest,
    Topic,
    place_of,
)
from consultations.requests import notices
from consultations.requests.clock import HOME, NO_OUTCOME, due_for
from consultations.requests.roles import reasons_of_role
from consultations.requests.search import index_request
from core import audit
from core.links.models import new_link
from core.states import Refused, refuse_for, update, verb

# What may be put right about a request and its requester, beside the other topics and the target groups.
ON_REQUEST = [
    "subject", "requester_kind", "topic", "ethos", "municipality", "priority", *HOME, "link_only",
]  # fmt: skip
ON_PERSON = ["name", "email", "phone", "organisation", "salutation"]
# What decides by when an answer is due.
CLOCK_READS = {"topic", *HOME}


def reasons_against_editing(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot change details; empty when nothing stands against it."""
    return reasons_of_role(by)


reasons_against_adding_participant = reasons_against_renewing_link = reasons_against_editing


@transaction.atomic
def edit_details(request: SupportRequest, *, details: Mapping[str, Any], by: User) -> None:
    """Put details of a request and of its requester right, by name; what `details` does not hold stays.

    By when an answer is due is reckoned anew while the clock runs, from the moment at
    which it started. Raises Refused with reasons_against_editing, or when an official's
    request would go over to another municipality.
    """
    reasons = reasons_against_editing(request, by=by)
    changed = _changes(request, ON_REQUEST, details)
    if request.is_official and "municipality" in changed:
        reasons.append(_("An official asked this for the municipality; it cannot be moved to another one."))
    refuse_for(reasons)
    anew = NO_OUTCOME if changed.keys() & set(HOME) else {}
    danger = notices.danger_of(request)
    update(request, also=_with_due_day(request, {**changed, **anew}))
    if "municipality" in changed:
        follow(request)
    for name in ("other_topics", "target_groups"):
        if name in details:
            getattr(request, name).set(details[name])
    on_person = _changes(request.requester, ON_PERSON, details)
    for name, value in on_person.items():
        setattr(request.requester, name, value)
    request.requester.save(update_fields=list(on_person))
    audit.record("request.edit_details", request, by=by, fields=[*changed, *on_person])
    index_request(request)
    notices.told_of_danger(request, before=danger, by=by)
    if "topic" in changed:
        notices.told_of_topic(request, by=by)


def follow(request: SupportRequest) -> None:
    """Let a request's contacts and plan stand where it stands now; for verbs that give it a municipality."""
    Contact.objects.filter(request=request).move_to(request)
    SupportPlan.objects.filter(request=request).update(**place_of(request))


def _changes(row: SupportRequest | Person, names: list[str], details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: details[name] for name in names if name in details and getattr(row, name) != details[name]}


def _with_due_day(request: SupportRequest, changed: dict[str, Any]) -> dict[str, Any]:
    if not (request.waiting_since and CLOCK_READS.intersection(changed)):
        return changed
    return {**changed, "due_on": due_for(request, request.waiting_since, **changed)}


def reasons_against_setting_topic(request: SupportRequest, *, topic: Topic, by: User) -> list[str]:
    """Return why `by` cannot give the request this topic; empty when nothing stands against it."""
    reasons = reasons_against_editing(request, by=by)
    if request.topic_id == topic.pk:
        reasons.append(_("It has this topic already."))
    return reasons


@verb(against=reasons_against_setting_topic)
def set_topic(request: SupportRequest, *, topic: Topic, by: User) -> None:
    """Give the request another topic, and with it the day by which an answer is due while the clock runs."""
    update(request, also=_with_due_day(request, {"topic": topic}))
    audit.record("request.set_topic", request, by=by, topic=topic.slug)
    notices.told_of_topic(request, by=by)


def reasons_against_guess(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot decide about the guessed municipality; empty when nothing stands against it."""
    reasons = reasons_against_editing(request, by=by)
    if request.guessed_municipality_id is None or request.municipality_id:
        reasons.append(_("There is no guess to decide about any more."))
    return reasons


@verb(against=reasons_against_guess)
def confirm_guess(request: SupportRequest, *, by: User) -> None:
    """Make the municipality that the sender's address suggests the request's own."""
    guessed = request.guessed_municipality
    assert guessed is not None  # refused otherwise
    update(request, also={"municipality": guessed, "guessed_municipality": None})
    follow(request)
    audit.record("request.confirm_guess", request, by=by, municipality=guessed.pk)
    index_request(request)


@verb(against=reasons_against_guess)
def drop_guess(request: SupportRequest, *, by: User) -> None:
    """Forget the municipality that the sender's address suggests."""
    update(request, also={"guessed_municipality": None})
    audit.record("request.drop_guess", request, by=by)


def reasons_against_sensitive_note(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot write the sensitive note; empty when nothing stands against it."""
    return [] if by.has(Permission.VIEW_SENSITIVE) else [_("Your role does not see sensitive notes.")]


@verb(against=reasons_against_sensitive_note)
def set_sensitive_note(request: SupportRequest, *, note: str, by: User) -> None:
    """Keep what only few may read (health, violence) apart from the conversation; "" takes it away."""
    update(request, also={"sensitive_note": note.strip()})
    audit.record("request.set_sensitive_note", request, by=by, empty=not note.strip())


@verb(against=reasons_against_adding_participant)
def add_participant(request: SupportRequest, *, by: User, relation: str = "", **reach: str) -> Participant:
    """Add somebody else to the request; a person whom the address or number belongs to is found, else made.

    `reach` may hold name, email, phone and organisation.
    Raises Refused, too, without any of these, or when the person already belongs to the request.
    """
    if not any(reach.values()):
        raise Refused([_("Write at least a name or a contact.")])
    known = Person.objects.known_by(email=reach.get("email", ""), phone=reach.get("phone", ""))
    person = known.first() or Person.objects.create(**reach)
    already = Refused([_("This person already belongs to the request.")])
    if person.pk == request.requester_id:
        raise already
    place = {"request": request, "person": person}
    participant, is_new = Participant.objects.get_or_create(**place, defaults={"relation": relation})
    if not is_new:
        raise already
    audit.record("request.add_participant", request, by=by, person=person.pk)
    index_request(request)
    return participant


@verb(against=reasons_against_renewing_link)
def renew_link(request: SupportRequest, *, by: User) -> None:
    """Make a new private link; the one before stops working at once, and so does the short code.

    Whoever had the old link could read the code there, or have chosen its word.
    """
    update(request, also=new_link())
    ShortCode.objects.filter(request=request).delete()
    audit.record("request.renew_link", request, by=by)
