"""What only practices have: whose they are, their sources, and how they are assessed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from core import audit
from core.documents import actions as documents
from core.documents import footnotes
from core.documents.choices import State
from core.documents.models import Edition
from core.states import check_seen, refuse_for, update, verb
from municipalities.choices import Criterion, Verdict
from municipalities.models import Assessment, ExchangeQuestion, Municipality, Practice, PracticeEdition
from municipalities.models.practice import SECTIONS


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
        said = {"verdict": verdict, "remark": remark.strip()}
        said |= {"assessed_at": timezone.now(), "assessed_by": by}
        Assessment.objects.update_or_create(edition=edition, criterion=criterion, defaults=said)
    met = sum(verdict == Verdict.MET for verdict, _remark in verdicts.values())
    audit.record("practice.assess", edition, by=by, met=met, of=len(verdicts))
