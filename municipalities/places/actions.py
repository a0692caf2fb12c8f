"""How much of its time a municipality gives to others: it says so itself."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.states import refuse_for
from municipalities.models import Municipality

# Nobody is asked to help more often than this.
MOST_A_MONTH = 20


def reasons_against_setting_limit(municipality: Municipality, *, by: User) -> list[str]:
    """Return why `by` cannot say how often the municipality helps; empty when they may."""
    if Municipality.objects.spoken_for_by(by).filter(pk=municipality.pk).exists():
        return []
    return [_("Only those who speak for the municipality decide this.")]


@transaction.atomic
def set_help_limit(municipality: Municipality, *, limit: int, by: User) -> None:
    """Set how many questions of others a month the municipality is willing to help with; 0 is none.

    Raises Refused with reasons_against_setting_limit or for a number out of bounds.
    """
    # Who asks a question just now is counted against the one or the other limit, never between.
    row = Municipality.objects.select_for_update().get(pk=municipality.pk)
    reasons = reasons_against_setting_limit(row, by=by)
    if not 0 <= limit <= MOST_A_MONTH:
        reasons.append(_("Write a number from 0 to %(most)s.") % {"most": MOST_A_MONTH})
    refuse_for(reasons)
    before = row.help_limit
    row.help_limit = municipality.help_limit = limit
    row.save(update_fields=["help_limit"])
    audit.record("municipality.set_help_limit", row, by=by, before=before, after=limit)
