"""What came of a lesson some months later, as the municipality says it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.notices.actions import mark_done
from core.states import refuse_for, update, verb
from visits.lessons import emails
from visits.lessons.actions.proposals import reasons_against_speaking
from visits.models import Outcome, Proposal


def reasons_against_telling(outcome: Outcome, *, by: User) -> list[str]:
    """Return why `by` cannot say what came of a lesson; empty when they can."""
    return reasons_against_speaking(outcome.proposal, by=by)


@verb(against=reasons_against_telling)
def tell_what_came(outcome: Outcome, *, text: str, seen: str, by: User) -> None:
    """Say what came of a lesson; said again, it takes the place of `seen`, what was said before.

    Raises Refused without words, Conflict when somebody else has said something meanwhile.
    """
    refuse_for([] if text.strip() else [_("Write what came of it, even if it is nothing yet.")])
    before = {"was": outcome.text} if outcome.text else {}
    outcome.text = seen
    columns = {"text": text.strip(), "answered_at": timezone.now(), "answered_by": by}
    update(outcome, also=columns, seen={"text": seen})
    audit.record("lesson.outcome", outcome.proposal, by=by, months=outcome.months, **before)
    _settle(outcome.proposal)


def _settle(proposal: Proposal) -> None:
    """Take what officials were told as dealt with once nothing of the report waits to be told."""
    rows = Proposal.objects.filter(
        municipality=proposal.municipality_id, lesson__report=proposal.lesson.report_id
    )
    if not Outcome.objects.open().filter(proposal__in=rows).exists():
        for row in rows:
            mark_done(row, emails.ASKED)
