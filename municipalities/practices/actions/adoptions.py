"""The ledger of who took a practice over: each state with its day and its reason, and the last one undone."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from core import audit, search
from core.forms.fields import PartialDate
from core.loading import MONTH, YEAR
from core.states import Conflict, Refused, may_move, move, refuse_for, update
from municipalities.choices import AdoptionState
from municipalities.models import Adoption, AdoptionStep, Municipality, Practice, PracticeEdition
from municipalities.models.practice import LESSON_KIND
from municipalities.places.successions import reasons_against_choosing

# So long the last step can be taken back; after that the ledger stands, and a new step says what is so.
UNDO_DAYS = 30


@dataclass(frozen=True)
class Step:
    """What is said of an adoption: the state, since when as far as it is known, why, and from where."""

    state: str
    on: PartialDate | None = None
    reason_cs: str = ""
    reason_en: str = ""
    source: str = ""


def last_day(on: PartialDate) -> date:
    """Return the last day that a partly known date may mean."""
    if on.precision == YEAR:
        return date(on.on.year, 12, 31)
    if on.precision == MONTH:
        return on.on.replace(day=calendar.monthrange(on.on.year, on.on.month)[1])
    return on.on


def adoption_of(practice: Practice, municipality: Municipality) -> Adoption | None:
    """Return how far a municipality is with a practice, or None when it has marked nothing."""
    return Adoption.objects.filter(practice=practice, municipality=municipality).first()


def states_after(adoption: Adoption | None) -> list[str]:
    """Return the states that can be marked next."""
    if adoption is None:
        return list(AdoptionState.values)
    return [state for state in AdoptionState.values if may_move(adoption, state)]


# Reasons -----------------------------------------------------------------------


def reasons_against_keeping(municipality: Municipality, *, by: Any) -> list[str]:
    """Return why `by` may not keep the ledger of a municipality; empty when they may."""
    if by.has(Permission.EDIT_MUNICIPALITY):
        return []
    if Municipality.objects.spoken_for_by(by).filter(pk=municipality.pk).exists():
        return []
    return [_("You do not speak for this municipality.")]


def reasons_against_beginning(adoption: Adoption | None, municipality: Municipality) -> list[str]:
    """Return why a ledger cannot be begun: the municipality no longer exists. One that is there goes on."""
    return [] if adoption else reasons_against_choosing(municipality)


def reasons_against_marking(
    practice: Practice, municipality: Municipality, *, step: Step, by: Any
) -> dict[str, list[str]]:
    """Return what stands against a step, by the field of the form beside which it is said ("" is none)."""
    adoption = adoption_of(practice, municipality)
    found = {
        "": reasons_against_keeping(municipality, by=by) + reasons_against_beginning(adoption, municipality),
        "state": _against_state(adoption, step.state),
        "on": _against_date(adoption, step),
        "reason_cs": _against_reason(step),
        "source": _against_source(step, by),
    }
    if not PracticeEdition.objects.filter(document=practice).published().exists():
        found[""].append(_("The practice is not published, so nobody can take it over from here."))
    return {field: reasons for field, reasons in found.items() if reasons}


def _against_state(adoption: Adoption | None, state: str) -> list[str]:
    if state in states_after(adoption):
        return []
    if adoption and adoption.state == state:
        return [_("This is the state already. Choose what has changed.")]
    return [_("The ledger does not go back. Take the last step back, or choose a later state.")]


def _against_date(adoption: Adoption | None, step: Step) -> list[str]:
    if step.on is None:
        return []
    if step.state != AdoptionState.PLANNED and step.on.on > timezone.localdate():
        return [_("The day is still to come. Only a plan may lie ahead.")]
    if adoption and (newest := _newest_day(adoption)) and last_day(step.on) < newest:
        return [_("The step before is of a later date. Steps follow one another in time.")]
    return []


def _newest_day(adoption: Adoption) -> date | None:
    """Return the newest day in the ledger; what was only planned for later does not count."""
    days = [
        step.on
        for step in AdoptionStep.objects.filter(adoption=adoption).in_order()
        if step.on and (step.state != AdoptionState.PLANNED or step.on <= timezone.localdate(step.entered_at))
    ]
    return max(days, default=None)


def _against_reason(step: Step) -> list[str]:
    if step.state == AdoptionState.DROPPED and not step.reason_cs.strip():
        return [_("Write why it was dropped. Others learn the most from it.")]
    return []


def _against_source(step: Step, by: Any) -> list[str]:
    if by.has(Permission.EDIT_MUNICIPALITY) and not step.source.strip():
        return [_("Write where it is known from: the Centre does not speak for the municipality.")]
    return []


# Verbs -------------------------------------------------------------------------


@transaction.atomic
def mark_adoption(
    practice: Practice, municipality: Municipality, *, step: Step, by: Any, version: int = 0
) -> AdoptionStep:
    """Write one more step into the ledger; `version` is that of the adoption seen, 0 when there was none.

    Raises Refused with reasons_against_marking, Conflict when somebody marked a step meanwhile.
    """
    adoption = adoption_of(practice, municipality)
    if adoption and adoption.version != version:
        raise Conflict(adoption)
    if reasons := reasons_against_marking(practice, municipality, step=step, by=by):
        raise Refused([reason for several in reasons.values() for reason in several])
    if adoption is None:
        adoption, is_new = Adoption.objects.get_or_create(
            practice=practice, municipality=municipality, defaults={"state": step.state}
        )
        if not is_new:
            raise Conflict(adoption)
    else:
        move(adoption, step.state)
    row = add_step(adoption, step, by=by)
    practice.index_lessons()
    audit.record(
        "adoption.mark", adoption, by=by, practice=practice.pk, municipality=municipality.pk, state=step.state
    )
    return row


def add_step(adoption: Adoption, step: Step, *, by: Any) -> AdoptionStep:
    """Add the row of a step; `by` is None for what the portal ships."""
    return AdoptionStep.objects.create(
        adoption=adoption,
        state=step.state,
        on=step.on.on if step.on else None,
        precision=step.on.precision if step.on else "",
        reason_cs=step.reason_cs.strip(),
        reason_en=step.reason_en.strip(),
        source_cs=step.source.strip(),
        source_en=step.source.strip(),
        entered_by=by,
    )


def reasons_against_undoing(adoption: Adoption, *, by: Any) -> list[str]:
    """Return why the last step of an adoption cannot be taken back; empty when it can."""
    reasons = reasons_against_keeping(adoption.municipality, by=by)
    last = AdoptionStep.objects.filter(adoption=adoption).in_order().last()
    if last is None:
        return [*reasons, _("There is no step to take back.")]
    if last.entered_by_id is None:
        reasons.append(_("This step came with the portal and its source. Mark a new step instead."))
    elif timezone.now() - last.entered_at > timedelta(days=UNDO_DAYS):
        reasons.append(
            _("A step can be taken back for %(days)s days. Mark a new step instead.") % {"days": UNDO_DAYS}
        )
    return reasons


@transaction.atomic
def undo_step(adoption: Adoption, *, version: int, by: Any) -> None:
    """Take the last step back; with no step before it, nothing is marked any more.

    Raises Refused with reasons_against_undoing, Conflict when somebody marked a step meanwhile.
    """
    if adoption.version != version:
        raise Conflict(adoption)
    refuse_for(reasons_against_undoing(adoption, by=by))
    last, *before = adoption.steps.order_by("-pk")[:2]
    # Not a move of the table: what was written by mistake never was.
    update(adoption, also={"state": before[0].state if before else adoption.state})
    audit.record("adoption.undo", adoption, by=by, practice=adoption.practice_id, state=last.state)
    search.drop(LESSON_KIND, last.pk)
    last.delete()
    if not before:
        adoption.delete()
