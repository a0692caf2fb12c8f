"""What published texts rest on, for tests."""

from datetime import date
from typing import Any

from core.documents.law.actions import mark_change
from core.documents.law.citations import provision_of
from core.documents.law.models import ProvisionChange

CITATION = "§ 33 odst. 2 zákona č. 108/2006 Sb., o sociálních službách"
WORDING = date(2026, 1, 1)


def cite(edition: Any, citation: str = CITATION, day: date = WORDING) -> Any:
    """Let an edition rest on a provision, in its wording of a day; return the row."""
    return edition.provisions.create(provision=provision_of(citation), valid_as_of=day)


def marked(citation: str = CITATION, *, by: Any, in_force_on: date, **words: str) -> ProvisionChange:
    """Return the change of a provision, marked just now."""
    usual = {"changed_by": "zákonem č. 84/2025 Sb.", "what": "Nové částky."}
    return mark_change(provision_of(citation), **{**usual, **words}, in_force_on=in_force_on, by=by)
