"""Three and twelve months later municipalities are asked what came of the lessons of a report."""

from django.utils import timezone

from core import audit
from core.schedule import steps
from core.states import update
from visits.lessons import emails
from visits.models import Outcome, Proposal
from visits.models.followup import MONTHS, months_after


@steps(lambda: Proposal.objects.to_be_asked())
def ask_what_came(proposal: Proposal) -> None:
    """Ask the municipality of a proposal, once for all lessons of the report whose day has come."""
    same = {"municipality": proposal.municipality_id, "lesson__report": proposal.lesson.report_id}
    due = Proposal.objects.filter(**same, next_step_on__lte=timezone.localdate()).for_list()
    asked = [outcome for row in due.order_by("lesson__number", "pk") if (outcome := ask(row))]
    if asked:
        emails.asked(asked)


def ask(proposal: Proposal) -> Outcome | None:
    """Ask of one lesson, and set the day of the next time; None where all was asked already.

    Raises Conflict when it changed meanwhile.
    """
    asked, day = set(proposal.outcomes.values_list("months", flat=True)), proposal.next_step_on
    left = [months for months in MONTHS if months not in asked]
    following = months_after(day, left[1] - left[0]) if day and len(left) > 1 else None
    update(proposal, also={"next_step_on": following})
    if not left:
        return None
    outcome = Outcome.objects.create(proposal=proposal, months=left[0])
    audit.record("lesson.ask", proposal, by=None, months=left[0])
    return outcome
