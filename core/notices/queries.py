"""Reads of notices: how their receivers want to be told, and which of them may still see the thing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import models

from core.notices.kinds import How, kind_of
from core.notices.models import Notice, NoticeChoice

# So many readers are asked of in one query.
READERS = 100

Row = TypeVar("Row")


def ways_of(notices: Iterable[Notice]) -> list[tuple[Notice, How]]:
    """Return notices, each with how its receiver is told: as they chose, else as is usual. In one query."""
    notices = list(notices)
    chosen = NoticeChoice.objects.filter(
        user__in={row.receiver_id for row in notices}, kind__in={row.kind for row in notices}
    )
    how = {(user, kind): How(way) for user, kind, way in chosen.values_list("user", "kind", "how")}
    return [
        (row, how.get((row.receiver_id, row.kind)) or kind_of(row.kind).usual_for(row.receiver))
        for row in notices
    ]


def batches(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    """Yield some rows at a time."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def visible(notices: Iterable[Notice]) -> list[Notice]:
    """Return those notices, perhaps not saved yet, whose receiver may be told of the kind and see the thing.

    What is told of is asked for all its readers at once, by its own `visible_to`.
    """
    allowed = [row for row in notices if row.receiver.has(kind_of(row.kind).permission)]
    things: dict[str, dict[Any, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in allowed:
        things[row.about_kind][row.receiver].add(row.about_id)
    seen = {
        (about_kind, *pair)
        for about_kind, readers in things.items()
        for batch in batches(list(readers.items()), READERS)
        for pair in _pairs(_model_of(about_kind), batch)
    }
    return [row for row in allowed if (row.about_kind, row.receiver_id, row.about_id) in seen]


def _pairs(model: type[models.Model], readers: Iterable[tuple[Any, set[int]]]) -> Iterable[tuple[int, int]]:
    """Return who may see what of some rows of a table, as (number of the account, number of the row)."""
    visible_to = getattr(model._default_manager, "visible_to", None)
    if visible_to is None:
        return [(user.pk, pk) for user, pks in readers for pk in pks]
    first, *others = (
        visible_to(user).filter(pk__in=pks).order_by().values_list(models.Value(user.pk), "pk")
        for user, pks in readers
    )
    return first.union(*others, all=True) if others else first


@cache
def _model_of(about_kind: str) -> type[models.Model]:
    return next(model for model in apps.get_models() if model._meta.model_name == about_kind)
