"""A round of review: opened with questions and experts, given more time, closed with a result."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.documents.choices import State
from core.states import may_move, move, refuse_for, update, verb
from studies.choices import READING, PlanState, ReviewState, RoundResult
from studies.models import Expert, Material, MaterialEdition, Remark, Reviewer, ReviewRound
from studies.reviews import emails
from studies.reviews.actions.invitations import invite, plan_steps
from studies.reviews.clock import next_step_on
from studies.reviews.roles import CLOSED, reasons_against_running, reasons_of_role


def reasons_against_opening(edition: MaterialEdition, *, by: Any) -> list[str]:
    """Return why no round can be opened on an edition; empty when one can."""
    reasons = reasons_of_role(by)
    material = edition.document.material
    if edition.state != State.DRAFT:
        reasons.append(_("Experts read a draft. This edition is none."))
    elif ReviewRound.objects.open().filter(edition=edition).exists():
        reasons.append(_("A round of this edition is open already."))
    elif not edition.chapters.exclude(text="").exists():
        reasons.append(_("There is nothing to read yet: the text has no chapter with words in it."))
    if material.state != PlanState.IN_EXPERT_REVIEW and not may_move(material, PlanState.IN_EXPERT_REVIEW):
        words = {"state": material.get_state_display()}
        reasons.append(_("A material that is “%(state)s” does not go to experts.") % words)
    return reasons


def _lock(edition: MaterialEdition) -> None:
    MaterialEdition.objects.select_for_update().get(pk=edition.pk)


@verb(against=reasons_against_opening, lock=_lock)
def open_round(
    edition: MaterialEdition,
    *,
    experts: Sequence[Expert],
    substitutes: Sequence[Expert],
    by: Any,
    **words: Any,
) -> ReviewRound:
    """Open a round with `words` by the names of its columns, and invite the experts.

    Substitutes are called in their order. Raises Refused without an expert, or for one who stands twice.
    """
    chosen = [*experts, *substitutes]
    refuse_for([] if experts else [_("Choose at least one expert.")])
    refuse_for([_("Choose each expert once.")] if len({one.pk for one in chosen}) < len(chosen) else [])
    last = edition.rounds.aggregate(last=Max("number"))["last"] or 0
    review_round = ReviewRound.objects.create(edition=edition, number=last + 1, opened_by=by, **words)
    add_experts(review_round, chosen, invited=len(experts), by=by)
    _move(review_round.material, PlanState.IN_EXPERT_REVIEW)
    audit.record("review.open", review_round, by=by, edition=edition.pk, experts=len(chosen))
    plan_steps()
    return review_round


def _move(material: Material, to: PlanState) -> None:
    if may_move(material, to):
        move(material, to)


def add_experts(review_round: ReviewRound, experts: Iterable[Expert], *, invited: int, by: Any) -> None:
    """Put experts behind those of a round; the first `invited` are invited, the others wait."""
    last = review_round.reviewers.aggregate(last=Max("position"))["last"] or 0
    for number, expert in enumerate(experts):
        row = Reviewer(
            round=review_round, expert=expert, position=last + number + 1, state=ReviewState.WAITING
        )
        row.save()
        if number < invited:
            invite(row, by=by)


@verb(against=reasons_against_running)
def add_expert(review_round: ReviewRound, *, expert: Expert, is_substitute: bool, by: Any) -> None:
    """Invite one more expert, or let them wait behind the other substitutes."""
    ReviewRound.objects.select_for_update().get(pk=review_round.pk)
    refuse_for(
        [_("This expert is in the round already.")]
        if review_round.reviewers.filter(expert=expert).exists()
        else []
    )
    add_experts(review_round, [expert], invited=0 if is_substitute else 1, by=by)
    audit.record("review.add_expert", review_round, by=by)
    plan_steps()


@verb(against=reasons_against_running, versioned=True)
def prolong(review_round: ReviewRound, *, deadline: date, version: int, by: Any) -> None:
    """Give the experts time until another day, and tell those who still read."""
    refuse_for([_("This day is over.")] if deadline < timezone.localdate() else [])
    update(review_round, also={"deadline": deadline})
    audit.record("review.prolong", review_round, by=by)
    for row in _reading(review_round):
        row.round = review_round
        update(row, also={"next_step_on": next_step_on(row, after=timezone.localdate())})
        emails.prolonged(row)
    plan_steps()


def _reading(review_round: ReviewRound) -> list[Reviewer]:
    return list(review_round.reviewers.reading().select_related("expert"))


def results_of(review_round: ReviewRound) -> list[RoundResult]:
    """Return with what a round can be closed: without a review it is only called off."""
    if review_round.reviewers.filter(state=ReviewState.DELIVERED).exists():
        return [one for one in RoundResult if one != RoundResult.CALLED_OFF]
    return [RoundResult.CALLED_OFF]


def reasons_against_closing(review_round: ReviewRound, *, by: Any) -> list[str]:
    """Return why a round cannot be closed; empty when it can."""
    reasons = reasons_of_role(by)
    if review_round.is_over:
        return [*reasons, str(CLOSED)]
    open_remarks = Remark.objects.delivered().unsettled().filter(reviewer__round=review_round).exists()
    return reasons + ([_("Settle every remark first.")] if open_remarks else [])


def _lock_round(review_round: ReviewRound) -> None:
    """Keep deliveries and settlements out until the round is closed."""
    ReviewRound.objects.select_for_update().get(pk=review_round.pk)


@verb(against=reasons_against_closing, lock=_lock_round, versioned=True)
def close(
    review_round: ReviewRound, *, result: str, authors: Sequence[str], version: int, by: Any, **said: Any
) -> None:
    """Close a round with what came of it; `said` is the statement with its votes.

    Experts are thanked; the `authors`, by their addresses, get the settled remarks.
    Raises Refused for a result that the round cannot have.
    """
    refuse_for([] if result in results_of(review_round) else [_("Choose how the round ended.")])
    told = [row for row in review_round.reviewers.select_related("expert") if row.state in TOLD_OF_END]
    update(review_round, also={**said, "result": result, "closed_at": timezone.now(), "closed_by": by})
    _move(review_round.material, PlanState.FINISHING)
    audit.record("review.close", review_round, by=by, result=result)
    for row in told:
        row.round = review_round
        emails.closed(row)
    emails.settled(review_round, authors)


# Those who hear that a round is over.
TOLD_OF_END = (*READING, ReviewState.DELIVERED)


def reasons_against_publishing(edition: MaterialEdition) -> list[str]:
    """Return why a text has to wait: experts still read it, or a remark is not settled; else empty."""
    if ReviewRound.objects.open().filter(edition=edition).exists():
        return [_("Experts are reading this edition. Close the round first.")]
    unsettled = Remark.objects.delivered().unsettled().filter(reviewer__round__edition=edition)
    return [_("A remark of an expert is not settled.")] if unsettled.exists() else []
