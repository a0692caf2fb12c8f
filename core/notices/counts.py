"""How much waits behind the entries of a menu and the bell: all that a page shows, in one query."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db.models import IntegerField, QuerySet, Subquery
from redis.exceptions import RedisError

from core.notices.models import Notice

# The bell, by the address that it leads to.
BELL = "accounts:notices"
# Where counting stops.
MOST = 99
# How late a menu may be for what others do; what one does oneself counts at once.
KEPT_SECONDS = 30
# Longer than any page takes to draw, and than counts are kept.
TURN_SECONDS = 3600

Source = Callable[[Any], QuerySet[Any]]

_sources: dict[str, tuple[Source, str]] = {}


class _Count(Subquery):
    """How many rows there are, counted no further than a bit above MOST."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def add(entry: str, source: Source, *, permission: str) -> None:
    """Let `source` say which rows wait for an account behind a menu's entry, named by its address.

    Called in an app's ready(); a second call for the same entry replaces the first. Accounts without the
    permission have nothing waiting there. The rows must come without a query of their own.
    """
    _sources[entry] = (source, permission)


def counts_for(user: Any, entries: Iterable[str]) -> dict[str, int]:
    """Return how much waits for an account behind each of some entries, in one query."""
    rows = {entry: found for entry in entries if (found := _rows(entry, user)) is not None}
    if not rows:
        return {}
    return dict(zip(rows, count_all(user, rows.values(), most=MOST), strict=True))


def kept_counts_for(user: Any, entries: Iterable[str]) -> dict[str, int]:
    """Return counts_for as it was found at most KEPT_SECONDS ago; without a cache it is counted anew.

    What was counted holds for the turn that had begun before: a page that was slower than its reader's own
    doing keeps nothing for the next one.
    """
    waits, turns = f"waits:{user.pk}", _turn_key(user)
    try:
        kept = cache.get_many([waits, turns])
        turn, (counted_in, counts) = kept.get(turns), kept.get(waits, (None, None))
        if counts is None or counted_in != turn:
            counts = counts_for(user, entries)
            cache.set(waits, (turn, counts), KEPT_SECONDS)
    except (OSError, RedisError):
        counts = counts_for(user, entries)
    return counts


def forget(user: Any) -> None:
    """Let the pages of an account count anew from now on: it did something itself."""
    with suppress(OSError, RedisError):
        cache.set(_turn_key(user), uuid4().hex, TURN_SECONDS)


def _turn_key(user: Any) -> str:
    return f"waits-turn:{user.pk}"


def count_all(user: Any, several: Iterable[QuerySet[Any]], *, most: int) -> tuple[int, ...]:
    """Return how many rows each of several querysets has, counted to `most` + 1, in one query."""
    counts = [_Count(rows.order_by().values("pk")[: most + 1]) for rows in several]
    return get_user_model().objects.values_list(*counts).get(pk=user.pk)


def _rows(entry: str, user: Any) -> QuerySet[Any] | None:
    if entry == BELL:
        return Notice.objects.for_list(user).unread()
    source, permission = _sources.get(entry, (None, ""))
    return source(user) if source and user.has(permission) else None


def label_of(count: int) -> str:
    """Return a count as it stands in a menu: nothing for none, "99+" for many."""
    if count > MOST:
        return f"{MOST}+"
    return str(count or "")
