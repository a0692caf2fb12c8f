"""Loading of the first practices that the portal ships with; what a person has touched is left alone."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from core import search
from core.documents.choices import State
from core.loading import Report, Shipped, bring, partial
from municipalities.models import Adoption, AdoptionStep, Municipality, Practice, PracticeEdition
from municipalities.models.practice import LESSON_KIND, SECTIONS

FILE = Path(__file__).parent / "data" / "practices.yaml"
KEYS = {"slug", "municipality", "approach", "title", "lead", *SECTIONS, "sources", "adoptions"}
# When somebody is to look whether the shipped texts still hold: a year after they were written.
REVIEW_ON = date(2027, 11, 25)


def read() -> list[dict[str, Any]]:
    """Read the file; raises ValueError when it has a key that is not loaded."""
    practices = yaml.safe_load(FILE.read_text(encoding="utf-8"))["practices"]
    for found in practices:
        Shipped.refuse_unknown(found, KEYS)
    return practices


@transaction.atomic
def load() -> Report:
    """Bring the shipped practices and their ledgers in line with the file."""
    found = read()
    slugs = {place["municipality"] for one in found for place in [one, *one["adoptions"]]} - {None}
    places = {place.slug: place for place in Municipality.objects.filter(slug__in=slugs)}
    report = Report()
    for one in found:
        practice, edition = _practice(one, places)
        if edition is not None:
            report += _write(edition, one)
        for adoption in one["adoptions"]:
            report += _ledger(practice, places[adoption["municipality"]], adoption["steps"])
        practice.index_lessons()
    return report


def _practice(
    found: dict[str, Any], places: dict[str, Municipality]
) -> tuple[Practice, PracticeEdition | None]:
    """Return a shipped practice, with its edition unless a person has touched that."""
    place = places.get(found["municipality"])
    practice, _is_new = Practice.objects.get_or_create(slug=found["slug"], defaults={"municipality": place})
    editions = list(practice.editions.order_by("number")[:2])
    if not editions:
        now = timezone.now()
        return practice, PracticeEdition(
            document=practice, number=1, state=State.PUBLISHED, published_at=now, review_on=REVIEW_ON
        )
    first = editions[0]
    is_ours = len(editions) == 1 and first.author_id is None and first.state == State.PUBLISHED
    return practice, first if is_ours and first.saved_by_id is None else None


def _write(edition: PracticeEdition, found: dict[str, Any]) -> Report:
    values: dict[str, Any] = {"approach": found["approach"]}
    for name in ("title", "lead", *SECTIONS):
        said = found.get(name) or {"cs": "", "en": ""}
        values |= {f"{name}_{code}": said[code].strip() for code in ("cs", "en")}
    sources = "\n".join(found["sources"])
    values |= {"sources_cs": sources, "sources_en": sources}
    report = bring(edition, values)
    if not report.unchanged:
        edition.index()
    return report


def _ledger(practice: Practice, place: Municipality, steps: list[dict[str, Any]]) -> Report:
    """Write the steps of a municipality, unless a person has marked one, or they are there as they are."""
    wanted = list(map(_step, steps))
    if adoption := Adoption.objects.filter(practice=practice, municipality=place).first():
        stored = list(AdoptionStep.objects.filter(adoption=adoption).in_order())
        is_ours = not any(step.entered_by_id for step in stored)
        if not is_ours or list(map(_said, stored)) == list(map(_said, wanted)):
            return Report(unchanged=len(stored))
        for step in stored:
            search.drop(LESSON_KIND, step.pk)
        adoption.delete()
    adoption = Adoption.objects.create(practice=practice, municipality=place, state=wanted[-1].state)
    for step in wanted:
        step.adoption = adoption
        step.save()
    return Report(created=len(wanted))


def _step(found: dict[str, Any]) -> AdoptionStep:
    on, precision = partial(found["since"])
    reason, source = found["reason"], found["source"]
    return AdoptionStep(
        state=found["state"],
        on=on,
        precision=precision,
        reason_cs=reason["cs"],
        reason_en=reason["en"],
        source_cs=source,
        source_en=source,
    )


def _said(step: Any) -> tuple[Any, ...]:
    texts = (step.reason_cs, step.reason_en or "", step.source_cs or "")
    return (step.state, step.on, step.precision, *texts)
