"""Municipalities like one of the register, each with the reasons in words.

Two groups, because they answer two questions:

1. Who has done it? Municipalities with experience (pilots, public programmes, published practices,
   practices that run) are a few hundred at most; they are fetched whole and ranked by points:
   up to 40 for size (the smaller number of inhabitants divided by the larger one), 15 for the same
   region, 10 for the same kind, 10 for each approach in common, at most three of them. What is
   unknown earns nothing. Of equal points the one with more approaches comes first, then the bigger.
2. Who is of our size? The nearest numbers of inhabitants of the whole register, found by an index
   up and down from one's own, those of one's region before the others.

Municipalities that no longer exist are in neither.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from core.templatetags.ui import number
from municipalities.choices import AdoptionState, Approach
from municipalities.models import Adoption, Municipality, MunicipalityQuerySet, PracticeEdition, Programme

FOR_SIZE, FOR_REGION, FOR_KIND, FOR_APPROACH, MOST_APPROACHES = 40, 15, 10, 10, 3
# From this ratio of inhabitants on, two places are called similar.
SIMILAR = 0.5
# No query here reads more rows than this.
MOST = 400
NEAREST = 5


@dataclass
class Experience:
    """What is publicly known of what a municipality has tried."""

    approaches: set[str] = field(default_factory=set)
    has_programme: bool = False
    practices: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Match:
    """One municipality, and why it is like the other one."""

    municipality: Municipality
    reasons: list[str]
    points: float = 0

    @property
    def facts(self) -> list[str]:
        row, people = self.municipality, self.municipality.population
        known = [_("%(number)s inhabitants") % {"number": number(people)}] if people else []
        return [row.whereabouts, *known]


@dataclass
class Alike:
    """What is like one municipality, or like none in particular when only an approach is asked for.

    `approach` keeps those with experience of it. `size` keeps one class of size in both groups.
    `also` are numbers of municipalities that are ranked among the experienced ones without being it.
    The number of queries does not depend on how much is found.
    """

    place: Municipality | None
    _: KW_ONLY
    approach: str = ""
    size: str = ""
    also: Collection[int] = ()
    without: Collection[int] = ()

    @cached_property
    def _known(self) -> dict[int, Experience]:
        return experiences()

    @property
    def own_approaches(self) -> set[str]:
        """What the municipality itself works with, as far as its public programmes say."""
        return self._known[self.place.pk].approaches if self.place else set()

    @cached_property
    def experienced(self) -> list[Match]:
        """Municipalities with experience, the most alike first."""
        wanted = self.own_approaches or {self.approach} - {""}
        rows = self._rows().filter(Q(is_pilot=True) | Q(pk__in=[*list(self._known)[:MOST], *self.also]))
        matches = [
            self._match(row, wanted)
            for row in rows.order_by("pk")[: 2 * MOST]
            if not self.approach or self.approach in self._known[row.pk].approaches
        ]

        def order(match: Match) -> tuple[float, int, int, int]:
            row = match.municipality
            return (-match.points, -len(self._known[row.pk].approaches), -(row.population or 0), row.pk)

        return sorted(matches, key=order)

    def _match(self, row: Municipality, wanted: set[str]) -> Match:
        known = self._known[row.pk]
        common = known.approaches & (wanted | ({self.approach} - {""}))
        points = place_points(self.place, row) + FOR_APPROACH * min(len(common), MOST_APPROACHES)
        reasons = [*place_reasons(self.place, row), *self._reasons(row, common, has_own=bool(wanted))]
        return Match(row, reasons, points)

    def _reasons(self, row: Municipality, common: set[str], *, has_own: bool) -> Iterator[str]:
        also, works = _("also works with: %(approach)s"), _("works with: %(approach)s")
        known = self._known[row.pk]
        for approach in Approach:
            if approach in common:
                yield (also if approach in self.own_approaches else works) % {"approach": approach.label}
        for title in known.running[:2]:
            yield _("runs the practice “%(title)s”") % {"title": title}
        for title in known.practices[:2]:
            yield _("has published the practice “%(title)s”") % {"title": title}
        if known.has_programme:
            yield _("has a programme of social housing")
        elif row.is_pilot:
            yield _("took part in the project")
        if not has_own and known.approaches:
            # Nothing of one's own to compare with: say what it knows about.
            labels = [str(approach.label) for approach in Approach if approach in known.approaches]
            yield works % {"approach": ", ".join(labels[:MOST_APPROACHES])}

    @cached_property
    def neighbours(self) -> list[Match]:
        """The nearest of the register in size; those of the same region first."""
        if self.place is None:
            return []
        near = self._nearest(self.place, self._rows().filter(region=self.place.region_id))
        if self.place.population is not None:
            near += self._nearest(self.place, self._rows().exclude(region=self.place.region_id))
        return [Match(row, list(place_reasons(self.place, row, is_near=True))) for row in near]

    @staticmethod
    def _nearest(place: Municipality, rows: MunicipalityQuerySet) -> list[Municipality]:
        own = place.population
        if own is None:
            # Nothing to measure by: the same kind of place, the biggest first.
            alike = rows.filter(kind=place.kind) if place.kind else rows
            return list(alike.order_by("-population", "pk")[:NEAREST])
        above = list(rows.filter(population__gte=own).order_by("population", "pk")[:NEAREST])
        below = list(rows.filter(population__lt=own).order_by("-population", "-pk")[:NEAREST])
        return sorted([*above, *below], key=lambda row: (-ratio(place, row), row.pk))[:NEAREST]

    def _rows(self) -> MunicipalityQuerySet:
        own = [self.place.pk] if self.place else []
        rows = Municipality.objects.existing().exclude(pk__in=[*self.without, *own])
        rows = rows.of_size(self.size) if self.size else rows
        return rows.select_related("region")


def ratio(one: Municipality, other: Municipality) -> float:
    """Return how near two numbers of inhabitants are, from 0 to 1; 0 where one of them is unknown."""
    small, large = sorted((one.population or 0, other.population or 0))
    return small / large if small else 0.0


def place_points(place: Municipality | None, other: Municipality) -> float:
    """Return the points that a municipality gets for what kind of place it is."""
    if place is None:
        return 0.0
    points = FOR_SIZE * ratio(place, other)
    points += FOR_REGION * (place.region_id == other.region_id)
    return points + FOR_KIND * bool(place.kind and place.kind == other.kind)


def place_reasons(place: Municipality | None, other: Municipality, *, is_near: bool = False) -> Iterator[str]:
    """Yield why two places are alike, in words; what is unknown is not spoken of."""
    if place is None:
        return
    if place.population and other.population:
        numbers = {"own": number(place.population), "other": number(other.population)}
        if place.population == other.population:
            yield _("same size: %(own)s inhabitants") % numbers
        elif ratio(place, other) >= SIMILAR:
            yield _("similar size: %(own)s and %(other)s inhabitants") % numbers
        elif is_near:
            yield _("the nearest in size: %(own)s and %(other)s inhabitants") % numbers
    if place.region_id == other.region_id:
        yield _("same region")
    if place.kind and place.kind == other.kind:
        yield _("same kind of place: %(kind)s") % {"kind": other.get_kind_display()}


def experiences() -> dict[int, Experience]:
    """Return what is publicly known of each municipality's experience, by number, in three queries."""
    found: dict[int, Experience] = defaultdict(Experience)
    programmes = Programme.objects.published().order_by("pk").values_list("municipality_id", "approaches")
    for place, approaches in programmes[:MOST]:
        found[place].has_programme = True
        found[place].approaches |= set(approaches)
    practices = PracticeEdition.objects.published().select_related("document").order_by("pk")
    practices = practices.only("title", "title_cs", "title_en", "approach", "document__municipality")
    editions = {edition.document_id: edition for edition in practices[:MOST]}
    for edition in editions.values():
        if edition.document.municipality_id:
            known = found[edition.document.municipality_id]
            known.practices.append(edition.title)
            known.approaches.add(edition.approach)
    running = Adoption.objects.filter(state=AdoptionState.RUNNING, practice__in=list(editions)).order_by("pk")
    for place, practice in running.values_list("municipality_id", "practice_id")[:MOST]:
        known, edition = found[place], editions[practice]
        known.approaches.add(edition.approach)
        if edition.document.municipality_id != place:
            known.running.append(edition.title)
    return found
