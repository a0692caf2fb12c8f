"""One state, one table: the only code that moves a row from a state to another."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _


class Refused(Exception):
    """The portal will not do it; `reasons` says why, in the reader's language."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(map(str, reasons)))
        self.reasons = reasons


def refuse_for(reasons: Iterable[Any]) -> None:
    """Raise Refused when there are reasons: how a verb begins."""
    if reasons := list(reasons):
        raise Refused(reasons)


P = ParamSpec("P")
R = TypeVar("R")


def verb(
    *, against: Callable[..., Iterable[Any]], versioned: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a verb: all of it is done or nothing, and nothing where `against` has reasons.

    `against` gets those of the verb's arguments that it takes, by their names.
    The verb raises Refused with its reasons; before that, where it is `versioned`, Conflict when its first
    argument is no longer the row that was seen as its `version`.
    """
    asked = signature(against).parameters

    def decorate(do: Callable[P, R]) -> Callable[P, R]:
        @wraps(do)
        def run(*args: P.args, **options: P.kwargs) -> R:
            given = signature(do).bind(*args, **options)
            given.apply_defaults()
            with transaction.atomic():
                if versioned:
                    check_seen(next(iter(given.arguments.values())), given.arguments["version"])
                refuse_for(against(**{name: given.arguments[name] for name in asked}))
                return do(*args, **options)

        return run

    return decorate


class Conflict(Exception):
    """Somebody else was quicker; `current` is the row as it stands now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__("changed meanwhile")
        self.current = current


def check_seen(row: Any, version: int) -> None:
    """Raise Conflict when a row is no longer the version that a person has seen."""
    if row.version != version:
        raise Conflict(row)


def may_move(row: Any, to: str) -> bool:
    """Tell whether the table beside the model lets `row` go to the state `to`."""
    return to in row.MOVES.get(row.state, ())


def reasons_against_moving(row: Any, to: str) -> list[str]:
    """Return why `row` cannot go to the state `to`; empty when the table beside the model lets it."""
    names = {"from": row.get_state_display(), "to": label(row, to)}
    return [] if may_move(row, to) else [_("“%(from)s” cannot become “%(to)s”.") % names]


def move(
    row: models.Model, to: str, *, also: Mapping[str, Any] | None = None, unchanged: Iterable[str] = ()
) -> None:
    """Move `row` to the state `to`, and set the columns in `also` with it.

    The update only touches a row that is still in the state (and, where the
    model has a `version`, in the version; and in the columns `unchanged`) that
    this process has seen, so of two people at once exactly one wins. The row in memory follows.

    Raises Refused when MOVES does not allow it, Conflict when it changed meanwhile.
    """
    refuse_for(reasons_against_moving(row, to))
    seen = {name: getattr(row, name) for name in unchanged}
    update(row, also={**(also or {}), "state": to}, seen=seen)


def update(row: models.Model, *, also: Mapping[str, Any], seen: Mapping[str, Any] | None = None) -> None:
    """Write the columns in `also`, guarded on state and version, where there are any, and on what was `seen`.

    The row in memory follows. Raises Conflict when the row changed meanwhile.
    """
    seen, changes = {"pk": row.pk, **(seen or {})}, dict(also)
    if hasattr(row, "state"):
        seen["state"] = row.state
    if hasattr(row, "version"):
        seen["version"] = row.version
        changes["version"] = row.version + 1
    manager = type(row)._base_manager
    if not manager.filter(**seen).update(**changes):
        raise Conflict(manager.get(pk=row.pk))
    for name, value in changes.items():
        setattr(row, name, value)


def label(row: models.Model, state: str) -> str:
    """Return the name of a state as the model's choices have it."""
    field = row._meta.get_field("state")
    return str(dict(field.flatchoices).get(state, state) if isinstance(field, models.Field) else state)


def pair(at: str, by: str, *, name: str) -> models.CheckConstraint:
    """Return a constraint: who and when of a decision are both set or both empty."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
        | models.Q(**{f"{at}__isnull": False, f"{by}__isnull": False}),
    )
