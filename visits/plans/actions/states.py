"""How a visit goes on: sign-up opens and closes, it begins and ends, it is put away, called off, taken up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from core import audit
from core.states import may_move, move, verb
from visits.choices import VisitState
from visits.models import StudyVisit
from visits.plans.actions.plans import find_anew, lacks_of, reasons_of_role

Callback = Callable[[StudyVisit, User | None], Any]
_moved: list[Callback] = []


def when_moved(callback: Callback) -> None:
    """Let `callback` follow whenever a visit has gone on, inside the verb; `visit.state` is the new one."""
    if callback not in _moved:
        _moved.append(callback)


@dataclass(frozen=True)
class Step:
    """One way on, as a button says it, and what is said once it is done."""

    to: str
    label: Any
    done: Any


STEPS = (
    Step(
        VisitState.OPEN, gettext_lazy("Open sign-up"), gettext_lazy("Sign-up is open. The visit is public.")
    ),
    Step(VisitState.CLOSED, gettext_lazy("Close sign-up"), gettext_lazy("Sign-up is closed.")),
    Step(VisitState.UNDER_WAY, gettext_lazy("The visit begins"), gettext_lazy("The visit is under way.")),
    Step(
        VisitState.REPORTING,
        gettext_lazy("Write the report"),
        gettext_lazy("The visit waits for its report."),
    ),
    Step(
        VisitState.ARCHIVED,
        pgettext_lazy("a visit", "Put it away"),
        gettext_lazy("The visit is archived. Its page stays."),
    ),
    Step(VisitState.PLANNED, gettext_lazy("Plan it again"), gettext_lazy("The visit is planned again.")),
)
# Those that go back have words of their own.
_BACK: dict[tuple[str, str], Promise] = {
    (VisitState.CLOSED, VisitState.OPEN): gettext_lazy("Open sign-up again"),
    (VisitState.REPORTING, VisitState.UNDER_WAY): gettext_lazy("It is still under way"),
    (VisitState.REPORTED, VisitState.REPORTING): gettext_lazy("Go on with the report"),
    (VisitState.ARCHIVED, VisitState.REPORTING): gettext_lazy("Take it out of the archive for a report"),
}


# Why a step is no way on: where the visit is, and what therefore is not done.
_NOW: dict[str, Promise] = {
    VisitState.PLANNED: gettext_lazy("The visit is only planned so far"),
    VisitState.OPEN: gettext_lazy("Sign-up for the visit is open"),
    VisitState.CLOSED: gettext_lazy("Sign-up for the visit is closed"),
    VisitState.UNDER_WAY: gettext_lazy("The visit has begun already"),
    VisitState.REPORTING: gettext_lazy("The visit is over, and its report is being written"),
    VisitState.REPORTED: gettext_lazy("The report of the visit is out"),
    VisitState.ARCHIVED: gettext_lazy("The visit is archived"),
    VisitState.CANCELLED: gettext_lazy("The visit is called off"),
}
_CANNOT: dict[str, Promise] = {
    VisitState.OPEN: gettext_lazy("its sign-up cannot be opened"),
    VisitState.CLOSED: gettext_lazy("there is no sign-up to close"),
    VisitState.UNDER_WAY: gettext_lazy("it cannot begin"),
    VisitState.REPORTING: gettext_lazy("its report cannot be begun"),
    VisitState.ARCHIVED: gettext_lazy("it cannot be put away"),
    VisitState.PLANNED: gettext_lazy("it cannot be planned again"),
    VisitState.CANCELLED: gettext_lazy("it cannot be called off"),
}


def _reasons_of_state(visit: StudyVisit, to: str) -> list[str]:
    if may_move(visit, to):
        return []
    return [_("%(now)s; %(cannot)s.") % {"now": _NOW[visit.state], "cannot": _CANNOT[to]}]


def steps_of(visit: StudyVisit, *, by: User) -> list[dict[str, Any]]:
    """Return the ways from where a visit is, each with its label and the reasons against it.

    Those that go on come before those that go back.
    """
    ways = [step for step in STEPS if may_move(visit, step.to)]
    return [
        {
            "to": step.to,
            "label": _BACK.get((visit.state, step.to), step.label),
            "reasons": reasons_against_going(visit, to=step.to, by=by),
        }
        for step in sorted(ways, key=lambda step: (visit.state, step.to) in _BACK)
    ]


def reasons_against_going(visit: StudyVisit, *, to: str, by: User) -> list[str]:
    """Return why a visit cannot go on to a state; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if to not in {step.to for step in STEPS}:
        return [*reasons, _("This follows from something else; nobody sets it by hand.")]
    reasons += _reasons_of_state(visit, to)
    if to == VisitState.OPEN and not reasons:
        reasons += lacks_of(visit)
    begins = to == VisitState.UNDER_WAY and visit.state == VisitState.CLOSED
    if begins and visit.starts_on and visit.starts_on > timezone.localdate():
        reasons.append(_("The first day is yet to come."))
    return reasons


@verb(against=reasons_against_going, versioned=True)
def go(visit: StudyVisit, *, to: str, version: int, by: User) -> None:
    """Let a visit, seen as `version`, go on to a state that people set by hand.

    Raises Refused with what stands against it, Conflict when it changed meanwhile.
    """
    also: dict[str, Any] = {}
    if to == VisitState.OPEN and visit.opened_at is None:
        also["opened_at"] = timezone.now()
    if visit.state == VisitState.CANCELLED:
        also |= {"cancelled_at": None, "cancelled_by": None, "cancel_reason_cs": "", "cancel_reason_en": ""}
    _go(visit, to, also, by)


def reasons_against_cancelling(visit: StudyVisit, *, by: User) -> list[str]:
    """Return why a visit cannot be called off; empty when nothing stands against it."""
    return reasons_of_role(by) + _reasons_of_state(visit, VisitState.CANCELLED)


@verb(against=reasons_against_cancelling, versioned=True)
def cancel(visit: StudyVisit, *, reason_cs: str, reason_en: str = "", version: int, by: User) -> None:
    """Call a visit off; whoever sees its page reads why.

    Raises Refused with what stands against it, Conflict when it changed meanwhile.
    """
    reason = {"cancel_reason_cs": reason_cs, "cancel_reason_en": reason_en}
    _go(visit, VisitState.CANCELLED, {"cancelled_at": timezone.now(), "cancelled_by": by, **reason}, by)


def end_sign_up(visit: StudyVisit) -> None:
    """Close the sign-up of a visit, whose moment has passed. Raises Conflict when it changed meanwhile."""
    _go(visit, VisitState.CLOSED, {"next_step_on": None}, None)


def _go(visit: StudyVisit, to: str, also: dict[str, Any], by: User | None) -> None:
    before = visit.state
    move(visit, to, also=also)
    audit.record(f"visit.{to}", visit, by=by, before=before)
    find_anew(visit)
    for callback in _moved:
        callback(visit, by)
