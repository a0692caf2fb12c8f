"""What waits for a municipality's officials, over whatever subject asks something of them.

An app adds to it when it is ready: `todo.add(figures_wanted)`. The function takes the account
and the municipalities that it speaks for, and returns what waits, bounded.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from municipalities.models import Municipality


@dataclass(frozen=True)
class Task:
    """One thing that waits: what it is, where it is done, by when."""

    title: str
    url: str
    due_on: date | None = None
    note: str = ""

    @property
    def sort_key(self) -> tuple[bool, date, str]:
        """The soonest first, then what has no day."""
        return (self.due_on is None, self.due_on or date.max, self.title)


Source = Callable[[User, list[Municipality]], Iterable[Task]]

_sources: list[Source] = []


def add(source: Source) -> None:
    """Let `source` say what waits."""
    if source not in _sources:
        _sources.append(source)


def waiting(user: User, municipalities: list[Municipality]) -> list[Task]:
    """Return all that waits for an official, the soonest first."""
    tasks = [task for source in _sources for task in source(user, municipalities)] if municipalities else []
    return sorted(tasks, key=lambda task: task.sort_key)
