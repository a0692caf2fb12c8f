"""The goals, each with its floor and its moonshot, and how a run is held against them."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """What was measured on one database: milliseconds, queries and bytes of each page for each size."""

    database: str
    sizes: list[int]
    times: dict[tuple[str, int], float]
    queries: dict[tuple[str, int], int]
    bytes: dict[tuple[str, int], int]
    memory: dict[str, float]
    start: dict[str, float]

    @property
    def large(self) -> int:
        """The largest size."""
        return max(self.sizes)

    def growth(self, page: str) -> float:
        """Return how many times longer a page takes at the largest size than at the smallest."""
        return self.times[page, self.large] / self.times[page, min(self.sizes)]

    def over(self, page: str, other: str) -> float:
        """Return how many times longer one page takes than another, at the largest size."""
        return self.times[page, self.large] / self.times[other, self.large]


@dataclass(frozen=True)
class Goal:
    """One ratio or count; smaller is better unless `more` says so."""

    number: str
    what: str
    value: float
    floor: float
    moonshot: float
    more: bool = False

    @property
    def verdict(self) -> str:
        """How far it got."""
        if self._reaches(self.moonshot):
            return "moonshot"
        return "floor" if self._reaches(self.floor) else "MISSED"

    def _reaches(self, limit: float) -> bool:
        return self.value >= limit if self.more else self.value <= limit


def goals(run: Run) -> Iterator[Goal]:
    """Yield the goals that the portal can be held against so far."""
    contacts = [run.queries[f"request, {count} contacts", run.large] for count in (10, 50, 100)]
    search = 1.5 if run.database == "sqlite" else 5
    yield Goal("P1", "filtered desk list, largest ÷ smallest size", run.growth("filtered list"), 1.5, 1.2)
    yield Goal("P3", "filtered desk list ÷ list in plain SQL", run.over("filtered list", "plain list"), 15, 6)
    yield Goal("P4", "page 30 ÷ first page", run.over("filtered list, page 30", "filtered list"), 2, 1.2)
    yield Goal("P4", "last page ÷ first page", run.over("filtered list, last page", "filtered list"), 2, 1.2)
    yield Goal("P4", "oldest rows ÷ first page", run.over("filtered list, oldest", "filtered list"), 2, 1.2)
    yield Goal(
        "P5", "desk search, rare word, largest ÷ smallest", run.growth("desk search, rare word"), 2, 1.3
    )
    yield Goal("P5", "desk search, 1 % word, largest ÷ smallest", run.growth("desk search, 1 % word"), 10, 3)
    yield Goal("P7", "queries of a request page with 10, 50, 100 contacts", max(contacts), 12, 6)
    yield Goal("P7", "most ÷ fewest of these", max(contacts) / min(contacts), 1, 1)
    yield Goal(
        "P9",
        "sending the form with a slow relay ÷ with none",
        run.over("form, slow relay", "form"),
        1.1,
        1.02,
    )
    yield Goal("P11", "bare view ÷ summary page", run.over("bare view", "summary"), 0.12, 0.25, more=True)
    yield Goal("P13", "list of summaries, largest ÷ smallest", run.growth("summaries"), 1.5, 1.1)
    yield Goal(
        "P14", "public search, 1 % word, largest ÷ smallest", run.growth("public search, 1 % word"), 5, search
    )
    yield Goal("P15", "memory of a worker ÷ bare Django", run.memory["portal"] / run.memory["bare"], 1.5, 1.2)
    yield Goal("P15", "start to first page ÷ bare Django", run.start["portal"] / run.start["bare"], 2, 1.3)
    yield Goal("P16", "bytes of the desk list", run.bytes["desk list", run.large], 25_000, 15_000)


def report(run: Run) -> Iterator[str]:
    """Yield the lines of the report on one database."""
    yield f"\n{run.database}: requests and summaries {', '.join(f'{size:,}' for size in run.sizes)}"
    yield f"{'page':28}{'queries':>10}{'bytes':>10}" + "".join(
        f"{f'ms at {size:,}':>16}" for size in run.sizes
    )
    for page in dict.fromkeys(name for name, _size in run.times):
        counted = [str(values.get((page, run.large), "")) for values in (run.queries, run.bytes)]
        times = [f"{run.times[page, size]:.2f}" if (page, size) in run.times else "" for size in run.sizes]
        yield f"{page:28}{counted[0]:>10}{counted[1]:>10}" + "".join(f"{time:>16}" for time in times)
    changed = [name for name, size in run.queries if run.queries[name, size] != run.queries[name, run.large]]
    yield f"pages whose number of queries depends on the size: {', '.join(dict.fromkeys(changed)) or 'none'}"
    for name in ("portal", "bare"):
        yield f"{name}: {run.memory[name]:.0f} MB a worker, first page after {run.start[name]:.1f} s"
    yield f"\n{'goal':5}{'what':54}{'value':>10}{'floor':>10}{'moonshot':>10}"
    for goal in goals(run):
        numbers = f"{goal.value:>10.2f}{goal.floor:>10}{goal.moonshot:>10}"
        yield f"{goal.number:5}{goal.what:54}{numbers}  {goal.verdict}"
