"""The board of the plan: the materials by state, and who is waited for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from studies.choices import PlanState
from studies.models import Material

# Who is waited for, by the numbers of those materials that somebody is waited for with.
WaitsFor = Callable[[list[Material]], dict[int, str]]


def _owners(materials: list[Material]) -> dict[int, str]:
    """Whoever looks after a material that is not out yet."""
    return {row.pk: row.owner.name for row in materials if row.owner and not row.is_out}


# Each is asked in turn; the first that knows somebody is heard.
WAITS: tuple[WaitsFor, ...] = (_owners,)


@dataclass(frozen=True)
class Line:
    """One line of the board."""

    material: Material
    waits_for: str


def waited_for(materials: list[Material]) -> dict[int, str]:
    """Return who is waited for with each material, where somebody is."""
    found: dict[int, str] = {}
    for asked in WAITS:
        found = {**asked(materials), **found}
    return found


def board() -> list[tuple[PlanState, list[Line]]]:
    """Return the places of the plan by state, in each what was promised soonest first."""
    rows = list(Material.objects.filter(place__isnull=False).for_desk())
    waiting = waited_for(rows)
    rows.sort(key=lambda row: (row.promised_until or date.max, row.place))
    groups = [(state, _lines((row for row in rows if row.state == state), waiting)) for state in PlanState]
    return [(state, lines) for state, lines in groups if lines]


def _lines(rows: Iterable[Material], waiting: dict[int, str]) -> list[Line]:
    return [Line(row, waiting.get(row.pk, "")) for row in rows]
