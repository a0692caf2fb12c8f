"""What is done with good practice: proposed, written, assessed, published by a second person, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from core import audit
from core.detector import justifications
from core.detector.finds import Find, find
from core.documents import footnotes, publishing
from core.documents.publishing import State
from core.states import check_seen, refuse_for, update
from municipalities.choices import Criterion, Verdict
from municipalities.models import Assessment, ExchangeQuestion, Municipality, Practice, PracticeEdition
from municipalities.models.practice import SECTIONS
from municipalities.places.known_people import finds_in_practice, known_of_practice
from municipalities.practices import emails

# Addresses beside the practices' own.
TAKEN_SLUGS = {"lessons"}


@dataclass(frozen=True)
class PracticeText:
    """Everything that is written of a practice. English is whole or empty."""

    title_cs: str
    lead_cs: str
    approach: str
    need_cs: str = ""
    setting_cs: str = ""
    steps_cs: str = ""
    resources_cs: str = ""
    results_cs: str = ""
    failures_cs: str = ""
    prerequisites_cs: str = ""
    contact_cs: str = ""
    sources_cs: str = ""
    change_note_cs: str = ""
    title_en: str = ""
    lead_en: str = ""
    need_en: str = ""
    setting_en: str = ""
    steps_en: str = ""
    resources_en: str = ""
    results_en: str = ""
    failures_en: str = ""
    prerequisites_en: str = ""
    contact_en: str = ""
    sources_en: str = ""
    change_note_en: str = ""
    reviewed_by: str = ""
    review_on: date | None = None


COLUMNS = tuple(PracticeText.__dataclass_fields__)


# Proposing and writing ---------------------------------------------------------


def reasons_against_proposing(municipality: Municipality | None, *, by: Any) -> list[str]:
    """Return why `by` cannot propose a practice of a municipality (or of none); empty when they can."""
    if by.has(Permission.WRITE_PRACTICE):
        return []
    if municipality is None:
        return [_("Choose the municipality that the practice comes from.")]
    if not Municipality.objects.spoken_for_by(by).filter(pk=municipality.pk).exists():
        return [_("You do not speak for this municipality.")]
    return []


@transaction.atomic
def start_practice(
    municipality: Municipality | None,
    *,
    text: PracticeText,
    by: Any,
    from_question: ExchangeQuestion | None = None,
) -> PracticeEdition:
    """Begin a practice and return its first edition, a draft.

    Raises Refused with reasons_against_proposing.
    """
    refuse_for(reasons_against_proposing(municipality, by=by))
    practice = Practice.objects.create(
        municipality=municipality, proposed_by=by, from_question=from_question, is_demo=by.is_demo
    )
    edition = PracticeEdition(document=practice, number=1, author=by, saved_at=timezone.now(), saved_by=by)
    _write(edition, text)
    edition.save()
    edition.writers.add(by)
    audit.record("practice.start", practice, by=by, question=from_question.pk if from_question else None)
    return edition


@transaction.atomic
def save_draft(edition: PracticeEdition, *, text: PracticeText, version: int, by: Any) -> None:
    """Write a text over the draft that was seen as `version`.

    Raises Refused when it is no draft, Conflict when somebody saved or moved it meanwhile.
    """
    check_seen(edition, version)
    _write(edition, text)
    publishing.save(edition, by=by)


def _write(edition: PracticeEdition, text: PracticeText) -> None:
    for name in COLUMNS:
        setattr(edition, name, getattr(text, name))


def text_of(edition: PracticeEdition, **changes: Any) -> PracticeText:
    """Return the text of an edition, with `changes` made to it."""
    columns = {name: getattr(edition, name) or "" for name in COLUMNS} | {"review_on": edition.review_on}
    return PracticeText(**{**columns, **changes})


@transaction.atomic
def new_edition(practice: Practice, *, by: Any) -> PracticeEdition:
    """Begin the next edition as a copy of the newest one; the public reads on in the old one meanwhile.

    Raises Refused when there is a draft already, or nothing has been published.
    """
    refuse_for(publishing.reasons_against_new_edition(practice.editions.all()))
    before = practice.editions.order_by("-number").first()
    edition = PracticeEdition(document=practice, number=before.number + 1, author=by)
    _write(edition, text_of(before, change_note_cs="", change_note_en=""))
    edition.save()
    edition.writers.add(by)
    audit.record("practice.new_edition", practice, by=by, number=edition.number)
    return edition


# The way to the public ---------------------------------------------------------


def reasons_in_text(edition: PracticeEdition) -> list[str]:
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
    reasons += justifications.reasons_against(edition, finds_in_practice(edition))
    return list(dict.fromkeys(reasons))


@transaction.atomic
def justify_hit(edition: PracticeEdition, *, key: str, reason: str, by: Any) -> None:
    """Keep the find of this key in the text, saying why.

    Raises Refused for the reasons of core.detector.justifications.justify.
    """
    justifications.justify(edition, finds_in_practice(edition), key=key, reason=reason, by=by)


def reasons_against_submitting(edition: PracticeEdition) -> list[str]:
    """Return why a text cannot be sent for review; empty when it can."""
    return publishing.reasons_against_submitting(edition) + reasons_in_text(edition)


@transaction.atomic
def submit(edition: PracticeEdition, *, version: int, by: Any) -> None:
    """Send the draft seen as `version` to a second person.

    Raises Refused with reasons_against_submitting, Conflict when it changed meanwhile.
    """
    check_seen(edition, version)
    refuse_for(reasons_against_submitting(edition))
    publishing.submit(edition, by=by)


@transaction.atomic
def send_back(edition: PracticeEdition, *, remark: str, version: int, by: Any) -> None:
    """Return the text seen as `version` to who wrote it, with a remark, and tell an official by mail.

    Raises Refused without a remark or when it is not in review, Conflict when it changed meanwhile.
    """
    check_seen(edition, version)
    sent_by = edition.submitted_by
    publishing.send_back(edition, remark=remark, by=by)
    emails.sent_back(edition, to=sent_by)


def reasons_against_publishing(edition: PracticeEdition, *, by: Any) -> list[str]:
    """Return why `by` cannot publish the text; empty when nothing stands against it."""
    return publishing.reasons_against_publishing(edition, by=by) + reasons_in_text(edition)


@transaction.atomic
def publish(edition: PracticeEdition, *, version: int, by: Any) -> None:
    """Make the text seen as `version` public, and tell an official who sent it.

    Raises Refused with reasons_against_publishing, Conflict when it changed meanwhile.
    """
    check_seen(edition, version)
    refuse_for(reasons_against_publishing(edition, by=by))
    publishing.give_address(edition.document, edition.title_cs, without_words="practice", taken=TAKEN_SLUGS)
    publishing.publish(edition, by=by)
    emails.published(edition, to=edition.submitted_by)


def finds_in_reason(edition: PracticeEdition, texts: Mapping[str, str]) -> list[Find]:
    """Return what the check finds in why a practice is withdrawn; the texts by the names of their fields."""
    return find(texts, known_of_practice(edition.document))


@transaction.atomic
def withdraw(
    edition: PracticeEdition,
    *,
    reason: str,
    version: int,
    by: Any,
    reason_en: str = "",
    kept: Mapping[str, str] | None = None,
) -> None:
    """Take the published text seen as `version` away from the public; its address says why.

    `kept` are the keys of finds that stay in the reason, each with why.
    Raises Refused for every other find, without a reason or when it is not published, Conflict when it
    changed meanwhile.
    """
    check_seen(edition, version)
    finds = finds_in_reason(edition, {"reason": reason, "reason_en": reason_en})
    justifications.keep_in_reason(edition, finds, kept=kept or {}, by=by)
    publishing.withdraw(edition, reason=reason, reason_en=reason_en, by=by)


# Assessing ---------------------------------------------------------------------


def reasons_against_assessing(edition: PracticeEdition, *, by: Any) -> list[str]:
    """Return why `by` cannot assess the edition against the criteria; empty when they can."""
    reasons = []
    if edition.state not in (State.IN_REVIEW, State.PUBLISHED):
        reasons.append(_("Only a text in review or a published one can be assessed."))
    if publishing.wrote(edition, by):
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
            "assessed_at": timezone.now(),
            "assessed_by": by,
        }
        Assessment.objects.update_or_create(edition=edition, criterion=criterion, defaults=said)
    met = sum(verdict == Verdict.MET for verdict, _remark in verdicts.values())
    audit.record("practice.assess", edition, by=by, met=met, of=len(verdicts))
