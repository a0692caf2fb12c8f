"""What the pages of a practice show: its fixed shape, its criteria, and the ledger of who took it over."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.documents import footnotes
from core.templatetags.ui import source_links
from municipalities.choices import STAGES, UNDER_WAY, AdoptionState, Criterion, Verdict
from municipalities.models import Adoption, Assessment, Practice, PracticeEdition
from municipalities.models.practice import SECTIONS
from municipalities.places.profile import Told, told

# So many municipalities of each stage stand on the page of a practice; all of them in its ledger.
SHOWN_OF_A_STAGE = 5


@dataclass(frozen=True)
class Section:
    """One part of the fixed shape; `html` is empty when nothing is known."""

    key: str
    title: str
    html: SafeString


@dataclass(frozen=True)
class Text:
    """An edition in one language, ready for a page."""

    title: str
    lead: SafeString
    sections: list[Section]
    contact: str
    sources: list[SafeString]

    @property
    def missing(self) -> str:
        """The parts of which nothing is known, in one line; empty when all is known."""
        titles = [section.title for section in self.sections if not section.html]
        titles += [] if self.contact else [_("Contact")]
        titles += [] if self.sources else [_("Sources")]
        return " · ".join(titles)


def text_in(edition: PracticeEdition, code: str) -> Text:
    """Return the text of an edition in the language `code`; labels are in the page's language."""

    def get(name: str) -> str:
        return getattr(edition, f"{name}_{code}") or ""

    sources = footnotes.lines(get("sources"))
    with override(code):
        # The word "source" inside a mark is of the text's language.
        bodies = {name: footnotes.render(get(name), len(sources)) for name in SECTIONS}
        lead = footnotes.line(" ".join(get("lead").split()), len(sources))
    return Text(
        title=get("title"),
        lead=lead,
        sections=[Section(name, str(SECTIONS[name]), bodies[name]) for name in SECTIONS],
        contact=get("contact"),
        sources=[footnotes.source_line(row) for row in sources],
    )


@dataclass(frozen=True)
class Judged:
    """One criterion with what was found, or None where it has not been assessed."""

    label: str
    found: Assessment | None


@dataclass(frozen=True)
class Judgement:
    """How an edition stands against all criteria."""

    rows: list[Judged]

    @property
    def is_done(self) -> bool:
        """Whether somebody has assessed it."""
        return all(row.found for row in self.rows)

    @property
    def has_label(self) -> bool:
        """Whether every criterion is met."""
        return all(row.found and row.found.verdict == Verdict.MET for row in self.rows)

    @property
    def on(self) -> Any:
        """When it was assessed, or None."""
        return max((row.found.assessed_at for row in self.rows if row.found), default=None)


def judgement(edition: PracticeEdition) -> Judgement:
    """Return how an edition stands against the criteria, each with its verdict."""
    found = {row.criterion: row for row in edition.assessments.all()}
    return Judgement([Judged(str(label), found.get(code)) for code, label in Criterion.choices])


@dataclass(frozen=True)
class Line:
    """One step of a ledger, ready for a page."""

    state: str
    label: str
    on: date | None
    precision: str
    reason: Told
    source: SafeString


@dataclass(frozen=True)
class Place:
    """How far one municipality is: the state now, and every step that led to it."""

    adoption: Adoption
    lines: list[Line] = field(default_factory=list)

    @property
    def last(self) -> Line | None:
        """The step that holds now."""
        return self.lines[-1] if self.lines else None

    @property
    def is_of_the_practice(self) -> bool:
        """Whether the practice is this municipality's own."""
        return self.adoption.practice.municipality_id == self.adoption.municipality_id


def line_of(step: Any) -> Line:
    """Return a step of the ledger as pages show it."""
    return Line(
        step.state,
        step.get_state_display(),
        step.on,
        step.precision,
        told(step, "reason"),
        source_links(told(step, "source").text),
    )


def place_of(adoption: Adoption) -> Place:
    """Return one adoption of AdoptionQuerySet.for_page() with its ledger."""
    return Place(adoption, [line_of(step) for step in adoption.steps.all()])


@dataclass(frozen=True)
class Stage:
    """Municipalities that are about as far with a practice: how many there are, and the first of them."""

    key: str
    heading: str
    count: int
    places: list[Place]

    @property
    def has_more(self) -> bool:
        """Whether not all of them are shown."""
        return self.count > len(self.places)


@dataclass(frozen=True)
class Ledger:
    """Who took a practice over: how many are in each state, and the first of each stage."""

    counts: list[tuple[AdoptionState, int]]
    stages: list[Stage]


def ledger(practice: Practice) -> Ledger:
    """Return who took a practice over and how far they are, as far as it fits on the practice's page."""
    counts = practice.adoptions.counts()
    places = [place_of(row) for row in practice.adoptions.first_of_stages(SHOWN_OF_A_STAGE)]
    stages = [_stage(key, states, counts, places) for key, states in STAGES.items()]
    return Ledger(
        [(state, counts[state]) for states in STAGES.values() for state in states if state in counts],
        [stage for stage in stages if stage.count],
    )


def _stage(key: str, states: tuple[AdoptionState, ...], counts: dict[str, int], places: list[Place]) -> Stage:
    headings = {
        AdoptionState.RUNNING: _("Where it runs"),
        UNDER_WAY: _("Where it is being studied, planned or tried out"),
        AdoptionState.DROPPED: _("Where it was dropped, and why"),
    }
    count = sum(counts.get(state, 0) for state in states)
    return Stage(key, headings[key], count, [place for place in places if place.adoption.state in states])
