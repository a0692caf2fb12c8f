"""What only practices have: whose they are, their sources, how they are assessed, and who took them over.

The ledger holds each state with its day and its reason; the last one can be undone.
"""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from core import audit, search
from core.documents import actions as documents
from core.documents import footnotes
from core.documents.choices import State
from core.documents.models import Edition
from core.loading import MONTH, YEAR
from core.states import Conflict, check_seen, may_move, move, refuse_for, update, verb
from municipalities.choices import AdoptionState, Criterion, Verdict
from municipalities.models import (
    Adoption,
    AdoptionStep,
    Assessment,
    ExchangeQuestion,
    Municipality,
    Practice,
    PracticeEdition,
)
from municipalities.models.practice import LESSON_KIND, SECTIONS
from municipalities.places.successions import reasons_against_choosing

# So long the last step can be taken back; after that the ledger stands, and a new step says what is so.
UNDO_DAYS = 30


def reasons_against_proposing(municipality: Municipality | None, *, by: Any) -> list[str]:
    """Return why `by` cannot propose a practice of a municipality (or of none); empty when they can."""
    if by.has(Permission.WRITE_PRACTICE):
        return []
    if municipality is None:
        return [_("Choose the municipality that the practice comes from.")]
    if not Municipality.objects.spoken_for_by(by).filter(pk=municipality.pk).exists():
        return [_("You do not speak for this municipality.")]
    return []


@verb(against=reasons_against_proposing)
def start_practice(
    municipality: Municipality | None,
    *,
    words: dict[str, Any],
    by: Any,
    from_question: ExchangeQuestion | None = None,
) -> Edition:
    """Begin a practice and return its first edition, a draft."""
    practice = Practice(
        municipality=municipality,
        proposed_by=by,
        owner=by if by.has(Permission.WRITE_PRACTICE) else None,
        from_question=from_question,
        is_demo=by.is_demo,
    )
    number = from_question.pk if from_question else None
    return documents.start(practice, words=words, by=by, question=number)


def reasons_against(edition: PracticeEdition) -> list[str]:
    """Return what in the text stands against showing it to everybody: sources first of all."""
    reasons = []
    for code in edition.languages:
        texts = {name: getattr(edition, f"{name}_{code}") or "" for name in ("lead", *SECTIONS)}
        sources = footnotes.lines(getattr(edition, f"sources_{code}") or "")
        if texts["results"] and not footnotes.marks(texts["results"]):
            reasons.append(_("The results have no source. Put a mark such as [1] behind them."))
        missing = set().union(*map(footnotes.marks, texts.values())) - set(range(1, len(sources) + 1))
        reasons += [_("There is no source number %(number)s.") % {"number": mark} for mark in sorted(missing)]
        if footnotes.has_personal_address(getattr(edition, f"contact_{code}") or ""):
            reasons.append(_("The contact is a private address. Write the one of an office or a post."))
    return list(dict.fromkeys(reasons))


def reasons_against_assessing(edition: PracticeEdition, *, by: Any) -> list[str]:
    """Return why `by` cannot assess the edition against the criteria; empty when they can."""
    reasons = []
    if edition.state not in (State.IN_REVIEW, State.PUBLISHED):
        reasons.append(_("Only a text in review or a published one can be assessed."))
    if documents.wrote(edition, by):
        reasons.append(_("Nobody may assess their own text. Ask a colleague."))
    return reasons


@transaction.atomic
def assess(
    edition: PracticeEdition, *, verdicts: Mapping[str, tuple[str, str]], version: int, by: Any
) -> None:
    """Say of each criterion how the edition seen as `version` stands: a verdict with a remark.

    Raises Refused with reasons_against_assessing, when a criterion is left out, or when what is not met
    has no remark; Conflict when the edition changed meanwhile.
    """
    check_seen(edition, version)
    reasons = reasons_against_assessing(edition, by=by)
    if set(verdicts) != set(Criterion):
        reasons.append(_("Say how the practice stands against every criterion."))
    if any(verdict != Verdict.MET and not remark.strip() for verdict, remark in verdicts.values()):
        reasons.append(_("Write what is missing wherever a criterion is not met."))
    refuse_for(reasons)
    # Counts the version, so that of two people who assess at once one is told.
    update(edition, also={})
    for criterion, (verdict, remark) in verdicts.items():
        said = {
            "verdict": verdict,
            "remark": remark.strip(),
            "assessed_by": by,
            "assessed_at": timezone.now(),
        }
        Assessment.objects.update_or_create(edition=edition, criterion=criterion, defaults=said)
    met = sum(verdict == Verdict.MET for verdict, _remark in verdicts.values())
    audit.record("practice.assess", edition, by=by, met=met, of=len(verdicts))


def last_day(on: date, precision: str) -> date:
    """Return the last day that a partly known date may mean."""
    if precision == YEAR:
        return date(on.year, 12, 31)
    if precision == MONTH:
        return on.replace(day=calendar.monthrange(on.year, on.month)[1])
    return on


def adoption_of(practice: Practice, municipality: Municipality) -> Adoption | None:
    """Return how far a municipality is with a practice, or None when it has marked nothing."""
    return Adoption.objects.filter(practice=practice, municipality=municipality).first()


def states_after(adoption: Adoption | None) -> list[str]:
    """Return the states that can be marked next."""
    if adoption is None:
        return list(AdoptionState.values)
    return [state for state in AdoptionState.values if may_move(adoption, state)]


def reasons_against_keeping(municipality: Municipality, *, by: Any) -> list[str]:
    """Return why `by` may not keep the ledger of a municipality; empty when they may."""
    may_keep = by.has(Permission.EDIT_MUNICIPALITY) or (
        Municipality.objects.spoken_for_by(by).filter(pk=municipality.pk).exists()
    )
    return [] if may_keep else [_("You do not speak for this municipality.")]


def reasons_against_beginning(adoption: Adoption | None, municipality: Municipality) -> list[str]:
    """Return why a ledger cannot be begun: the municipality no longer exists. One that is there goes on."""
    return [] if adoption else reasons_against_choosing(municipality)


def reasons_against_marking(
    practice: Practice, municipality: Municipality, *, step: AdoptionStep, by: Any
) -> dict[str, list[str]]:
    """Return what stands against a step, by the field of the form beside which it is said ("" is none)."""
    adoption = adoption_of(practice, municipality)
    found: dict[str, list[str]] = {
        "": reasons_against_keeping(municipality, by=by) + reasons_against_beginning(adoption, municipality),
        "state": _against_state(adoption, step.state),
        "on": _against_date(adoption, step),
        "reason_cs": [],
        "source": [],
    }
    if not PracticeEdition.objects.filter(document=practice).published().exists():
        found[""].append(_("The practice is not published, so nobody can take it over from here."))
    if step.state == AdoptionState.DROPPED and not step.reason_cs:
        found["reason_cs"].append(_("Write why it was dropped. Others learn the most from it."))
    if by.has(Permission.EDIT_MUNICIPALITY) and not step.source_cs:
        sentence = _("Write where it is known from: the Centre does not speak for the municipality.")
        found["source"].append(sentence)
    return {field: reasons for field, reasons in found.items() if reasons}


def _against_state(adoption: Adoption | None, state: str) -> list[str]:
    if state in states_after(adoption):
        return []
    if adoption and adoption.state == state:
        return [_("This is the state already. Choose what has changed.")]
    return [_("The ledger does not go back. Take the last step back, or choose a later state.")]


def _against_date(adoption: Adoption | None, step: AdoptionStep) -> list[str]:
    if step.on is None:
        return []
    if step.state != AdoptionState.PLANNED and step.on > timezone.localdate():
        return [_("The day is still to come. Only a plan may lie ahead.")]
    if adoption and (newest := _newest_day(adoption)) and last_day(step.on, step.precision) < newest:
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


@transaction.atomic
def mark_adoption(
    practice: Practice, municipality: Municipality, *, step: AdoptionStep, by: Any, version: int = 0
) -> None:
    """Write one more step into the ledger; `version` is that of the adoption seen, 0 when there was none.

    Raises Refused with reasons_against_marking, Conflict when somebody marked a step meanwhile.
    """
    adoption = adoption_of(practice, municipality)
    if adoption:
        check_seen(adoption, version)
    reasons = reasons_against_marking(practice, municipality, step=step, by=by)
    refuse_for(reason for several in reasons.values() for reason in several)
    if adoption:
        move(adoption, step.state)
    else:
        adoption, is_new = Adoption.objects.get_or_create(
            practice=practice, municipality=municipality, defaults={"state": step.state}
        )
        if not is_new:
            raise Conflict(adoption)
    step.adoption, step.entered_by = adoption, by
    step.save()
    practice.index_lessons()
    places = {"practice": practice.pk, "municipality": municipality.pk}
    audit.record("adoption.mark", adoption, by=by, **places, state=step.state)


def reasons_against_undoing(adoption: Adoption, *, by: Any) -> list[str]:
    """Return why the last step of an adoption cannot be taken back; empty when it can."""
    reasons = reasons_against_keeping(adoption.municipality, by=by)
    last = adoption.steps.latest("pk")
    if last.entered_by_id is None:
        reasons.append(_("This step came with the portal and its source. Mark a new step instead."))
    elif timezone.now() - last.entered_at > timedelta(days=UNDO_DAYS):
        sentence = _("A step can be taken back for %(days)s days. Mark a new step instead.")
        reasons.append(sentence % {"days": UNDO_DAYS})
    return reasons


@verb(against=reasons_against_undoing, versioned=True)
def undo_step(adoption: Adoption, *, version: int, by: Any) -> None:
    """Take the last step back; with no step before it, nothing is marked any more."""
    last, *before = adoption.steps.order_by("-pk")[:2]
    # Not a move of the table: what was written by mistake never was.
    update(adoption, also={"state": before[0].state if before else adoption.state})
    audit.record("adoption.undo", adoption, by=by, practice=adoption.practice_id, state=last.state)
    search.drop(LESSON_KIND, last.pk)
    last.delete()
    if not before:
        adoption.delete()
