"""What a municipality's public page shows of published answers: those of its size and of its region."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from consultations.models import SummaryEdition
from municipalities.models import Municipality

MOST = 5


def summaries(municipality: Municipality) -> dict[str, Any] | None:
    """Return up to MOST published answers and the way to all of them; None when there is none.

    Those of both its size and its region come first, then of its region, then of its size.
    """
    rows = SummaryEdition.objects.published().for_list()
    in_region = rows.filter(region_id=municipality.region_id)
    found = list(in_region[:MOST])
    if municipality.size:
        both = in_region.filter(size=municipality.size)[:MOST]
        same_size = rows.filter(size=municipality.size)[:MOST]
        found = [*both, *found, *same_size]
    chosen = list({edition.pk: edition for edition in found}.values())[:MOST]
    return {"summaries": chosen, **_more(municipality, chosen)} if chosen else None


def _more(municipality: Municipality, chosen: list[SummaryEdition]) -> dict[str, str]:
    """Return the list that has all of what most of the chosen are alike in."""
    if municipality.size and any(edition.size == municipality.size for edition in chosen):
        return {"query": f"?{urlencode({'size': municipality.size})}", "link": _("All answers for this size")}
    query = urlencode({"region": municipality.region.slug})
    return {"query": f"?{query}", "link": _("All answers for this region")}
