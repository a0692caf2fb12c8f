"""What happens to contracts by itself: reminders two weeks before one is due, and on the day."""

from datetime import date, timedelta

from django.utils import timezone

from core.schedule import next_day, steps
from core.states import update
from studies.models import Contract
from studies.plan import emails

# Days from the one on which a contract is due.
REMINDERS = (timedelta(days=-14), timedelta(0))


def next_step_on(contract: Contract, *, after: date | None = None) -> date | None:
    """Return the day of the next reminder after a day, or from today on; None when none is left."""
    if contract.delivered_on or not contract.due_on:
        return None
    days = [contract.due_on + step for step in REMINDERS]
    return next_day(days, after=after or timezone.localdate() - timedelta(days=1))


@steps(Contract.objects.open)
def look_after_contracts(contract: Contract) -> None:
    """Remind whoever looks after the material that a contract is due, before the day or on it."""
    today = timezone.localdate()
    update(contract, also={"next_step_on": next_step_on(contract, after=today)})
    is_due = contract.due_on is not None and contract.due_on <= today
    emails.due(contract, emails.DUE if is_due else emails.SOON)
