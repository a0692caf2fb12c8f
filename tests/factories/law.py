"""What published texts rest on, for tests."""

from datetime import date
from typing import Any

from core.documents.law.citations import provision_of

CITATION = "§ 33 odst. 2 zákona č. 108/2006 Sb., o sociálních službách"
WORDING = date(2026, 1, 1)


def cite(edition: Any, citation: str = CITATION, day: date = WORDING) -> Any:
    """Let an edition rest on a provision, in its wording of a day; return the row."""
    return edition.provisions.create(provision=provision_of(citation), valid_as_of=day)
