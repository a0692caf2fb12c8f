"""What differs between the parts of two editions, each part beside its own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Compared:
    """How one kind of part is told from its neighbours: by which words it is known in another edition.

    `label` names it, with %(name)s for its word `name`; `said` returns all that it says as one text.
    """

    alike: tuple[str, ...]
    label: Any
    name: str
    said: Callable[[dict[str, Any]], str]


def texts(*names: str) -> Callable[[dict[str, Any]], str]:
    """Return a function that puts some words of a part below each other."""
    return lambda row: "\n\n".join(str(row[name]) for name in names if row[name])


def differences_of(
    before: dict[str, Any], after: dict[str, Any], kinds: Mapping[str, Compared]
) -> list[dict[str, str]]:
    """Return the parts that are not the same in words() of two editions, with what each says."""
    if not kinds.keys() <= before.keys() or not kinds.keys() <= after.keys():
        return []
    pairs = (pair for part, kind in kinds.items() for pair in _pairs(kind, before[part], after[part]))
    return [{"label": label, "before": was, "after": now} for label, was, now in pairs if was != now]


def _pairs(kind: Compared, before: list[Any], after: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each part with what it said before and says now; a part that is new, or gone, beside nothing."""
    left = list(before)
    for row in after:
        alike = (one for name in kind.alike for one in left if row[name] and one[name] == row[name])
        was = next(alike, None)
        if was:
            left.remove(was)
        yield _label(kind, row), kind.said(was) if was else "", kind.said(row)
    yield from ((_label(kind, row), kind.said(row), "") for row in left)


def _label(kind: Compared, row: dict[str, Any]) -> str:
    return str(kind.label) % {"name": row[kind.name]}
