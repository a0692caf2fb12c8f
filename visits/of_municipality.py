"""What a municipality's public page shows of study visits: those that its people joined."""

from typing import Any

from municipalities.models import Municipality
from visits.models import StudyVisit

# More than anybody reads there; the list of visits has all.
MOST = 20


def joined(municipality: Municipality) -> dict[str, Any] | None:
    """Return the visits that people of the municipality joined, newest first; None when none is known."""
    visits = StudyVisit.objects.filter(municipalities=municipality).for_list()[:MOST]
    return {"visits": list(visits)} if visits else None
