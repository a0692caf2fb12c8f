"""How a request stands and whose turn it is, to be kept before a merge or split and put back after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from consultations.choices import ACTIVE, ON_US, Direction, HomeLoss, State
from consultations.models import Contact, SupportRequest
from consultations.requests.actions.undo import columns_before
from consultations.requests.clock import AWAKE, HOME, NO_OUTCOME, STOPPED, due_for

# What says how far a request is, and who has it.
PLACE = [
    "state", "waiting_since", "due_on", "asked_back_at", "answered_at", "closed_at", "referred_to",
    "assignee_id",
]  # fmt: skip
# A home at risk is one thing: all of it stands, or what was said and written since does.
AT_HOME = [*HOME, "home_outcome", "home_outcome_at", "home_outcome_by_id"]
# What the survivor of a merge takes over from the other one.
TAKEN = ["priority", "link_only", "deletion_requested_at", *AT_HOME]
# How soon they lose their home, the soonest last.
SOONEST = ["", *reversed(HomeLoss.values)]


def restored(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return some of the columns that as_it_stands has kept as the values that they were."""
    return columns_before({name: values[name] for name in names if name in values})


@dataclass(frozen=True)
class Turn:
    """Where a conversation has come to: its last answer or question, and what came unanswered after that."""

    last_word: Contact | None
    waits_since: datetime | None

    def settled(self) -> dict[str, Any] | None:
        """Return how a request stands on which we had the last word, or None when we had not."""
        word = self.last_word
        if word is None or self.waits_since:
            return None
        if word.is_question_back:
            return {**STOPPED, "state": State.WAITING_REQUESTER, "asked_back_at": word.logged_at}
        return {**STOPPED, "state": State.ANSWERED, "answered_at": word.logged_at}


def in_order(request: SupportRequest) -> QuerySet[Contact]:
    """Return what was said on a request, in the order in which it was said."""
    return request.contacts.order_by("took_place_at", "pk")


def turn_of(contacts: Iterable[Contact]) -> Turn:
    """Return where a conversation has come to; `contacts` are all of it, in their order."""
    last_word, waits_since = None, None
    for contact in contacts:
        if contact.is_answer or contact.is_question_back:
            last_word, waits_since = contact, None
        elif contact.direction == Direction.INBOUND:
            waits_since = waits_since or contact.took_place_at
    return Turn(last_word, waits_since)


def of_both(survivor: SupportRequest, other: SupportRequest) -> dict[str, Any]:
    """Return how the survivor stands when the other one has come to it: nobody who waits is forgotten."""
    both = [survivor, other]
    taken = {
        "priority": max(row.priority for row in both),
        "link_only": any(row.link_only for row in both),
        "deletion_requested_at": _first(row.deletion_requested_at for row in both),
        "has_unread": any(row.has_unread for row in both),
        **AWAKE,
    }
    home = _home_of_both(both)
    return {**taken, **home, **_place_of_both(survivor, other, home)}


def _home_of_both(both: list[SupportRequest]) -> dict[str, Any]:
    """Return the home at risk of two requests: the sooner one still awaited, else what became of the last."""
    if awaited := [row for row in both if row.is_home_in_danger]:
        loss = max((row.home_loss for row in awaited), key=SOONEST.index)
        day = _first(row.home_at_risk_by for row in awaited)
        return {"home_loss": loss, "home_at_risk_by": day, **NO_OUTCOME}
    if written := [row for row in both if row.home_outcome_at]:
        last = max(written, key=attrgetter("home_outcome_at"))
        return {name: getattr(last, name) for name in AT_HOME}
    return {}


def _place_of_both(survivor: SupportRequest, other: SupportRequest, home: dict[str, Any]) -> dict[str, Any]:
    live = [row for row in (survivor, other) if row.state in ACTIVE]
    if not live:
        return {}
    found = {"assignee_id": survivor.assignee_id or other.assignee_id, "closed_at": None}
    ours = [row for row in live if row.state in ON_US]
    if not ours:
        asked = _first(row.asked_back_at for row in live)
        return {**found, **STOPPED, "state": State.WAITING_REQUESTER, "asked_back_at": asked}
    worked_on = [row.state for row in ours if row.state != State.NEW]
    untouched = State.OPEN if found["assignee_id"] else State.NEW
    since, due = _first(row.waiting_since for row in ours), _first(row.due_on for row in ours)
    if home and since:
        # A home at risk hurries both, whichever of them said so.
        due = min(due, due_for(survivor, since, **home))
    return {
        **found,
        "state": worked_on[0] if worked_on else untouched,
        "waiting_since": since,
        "due_on": due,
    }


def _first(values: Iterable[Any]) -> Any:
    return min((value for value in values if value is not None), default=None)


def on_us(request: SupportRequest, since: datetime) -> dict[str, Any]:
    """Return how a request stands that waits for us since a moment."""
    untouched = State.OPEN if request.assignee_id else State.NEW
    return {
        "state": request.state if request.state in (State.OPEN, State.WAITING_EXPERT) else untouched,
        "waiting_since": since,
        "due_on": due_for(request, since),
        "closed_at": None,
    }
