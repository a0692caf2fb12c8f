"""What tests of verbs ask: why one refused, what it wrote down, and which of two at once was done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, models

from core import audit
from core.states import Conflict, Refused


def refusal(verb: Callable[..., Any], *args: Any, **options: Any) -> list[str]:
    """Return the reasons for which a verb refuses."""
    with pytest.raises(Refused) as refused:
        verb(*args, **options)
    return refused.value.reasons


def written(row: models.Model) -> list[tuple[str, int | None, dict[str, Any]]]:
    """Return what the audit says of a row: each verb, the number of who did it, and the details."""
    return [(entry.verb, entry.actor_id, entry.details) for entry in audit.entries_of(row)]


def at_once(django_db_blocker: Any, *deeds: Callable[[], Any]) -> list[bool]:
    """Do things at the same moment, each in a thread of its own; tell of each whether it was done.

    Such a test needs `django_db(transaction=True)`.
    """
    barrier = Barrier(len(deeds))

    def work(deed: Callable[[], Any]) -> bool:
        with django_db_blocker.unblock():
            try:
                barrier.wait(10)
                deed()
            except (Conflict, Refused):
                return False
            finally:
                connection.close()
            return True

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(work, deeds))
