"""Who looks after texts, and who does while they are away: accounts tell it in their `ready()`."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db.models import Q


class Cover(NamedTuple):
    """How absences are asked for."""

    # The people and, for each who is away, whoever stands in for them.
    stand_ins: Callable[[Iterable[Any]], list[Any]]
    # The numbers of those who are away today and have named somebody as their deputy, to be a subquery.
    covered_by: Callable[[Any], Any]


_covers: list[Cover] = []


def cover(stand_ins: Callable[[Iterable[Any]], list[Any]], covered_by: Callable[[Any], Any]) -> None:
    """Let absences be asked of an app; a second call takes the place of the first."""
    _covers[:] = [Cover(stand_ins, covered_by)]


def told(owners: Iterable[Any]) -> list[Any]:
    """Return who is told for owners and deputies (perhaps None), each once, with who stands in for them."""
    people = list(dict.fromkeys(person for person in owners if person))
    return _covers[0].stand_ins(people) if people else []


def looked_after_by(person: Any, prefix: str = "") -> Q:
    """Return the condition for what somebody looks after: as owner, as deputy, or for who is away."""
    away = _covers[0].covered_by(person)
    mine = Q(**{f"{prefix}owner": person}) | Q(**{f"{prefix}deputy": person})
    return mine | Q(**{f"{prefix}owner__in": away}) | Q(**{f"{prefix}deputy__in": away})
