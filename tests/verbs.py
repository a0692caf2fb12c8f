"""What tests of verbs ask: why one refused, and what it wrote down."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models

from core import audit
from core.states import Refused


def refusal(verb: Callable[..., Any], *args: Any, **options: Any) -> list[str]:
    """Return the reasons for which a verb refuses."""
    with pytest.raises(Refused) as refused:
        verb(*args, **options)
    return refused.value.reasons


def written(row: models.Model) -> list[tuple[str, int | None, dict[str, Any]]]:
    """Return what the audit says of a row: each verb, the number of who did it, and the details."""
    return [(entry.verb, entry.actor_id, entry.details) for entry in audit.entries_of(row)]
