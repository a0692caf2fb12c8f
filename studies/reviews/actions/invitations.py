"""How experts are asked: invited, reminded, called as substitutes, given a new link, or not waited for."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.links.models import new_link
from core.states import move, reasons_against_moving, update, verb
from studies.choices import READING, ReviewState
from studies.models import Reviewer, ReviewRound
from studies.reviews import emails
from studies.reviews.clock import next_step_on
from studies.reviews.roles import reasons_against_running


def invite(row: Reviewer, *, by: Any, stands_in_for: Reviewer | None = None) -> None:
    """Send an expert who waits their invitation."""
    now = timezone.now()
    row.invited_at = now
    step = next_step_on(row, after=timezone.localdate(now), state=ReviewState.INVITED)
    also = {"invited_at": now, "next_step_on": step, "stands_in_for": stands_in_for}
    move(row, ReviewState.INVITED, also=also)
    audit.record("review.invite", row, by=by, round=row.round_id)
    emails.invited(row)


def call_substitute(gone: Reviewer, *, by: Any = None) -> Reviewer | None:
    """Invite the first who waits in the place of somebody who will not read; None where nobody is left.

    Nobody is replaced twice.
    """
    ReviewRound.objects.select_for_update().get(pk=gone.round_id)
    if gone.substitutes.exists():
        return None
    waiting = gone.round.reviewers.filter(state=ReviewState.WAITING).select_related("expert")
    row = waiting.first()
    if row:
        row.round = gone.round
        invite(row, by=by, stands_in_for=gone)
        plan_steps()
    return row


@transaction.atomic
def fall_silent(row: Reviewer) -> None:
    """Take somebody who has not answered the invitation as silent, and ask the next one."""
    move(row, ReviewState.SILENT, also={"next_step_on": None})
    audit.record("review.silent", row, by=None, round=row.round_id)
    emails.not_reading(row, call_substitute(row))


def send_reminder(row: Reviewer, *, by: Any = None) -> None:
    """Send the same link once more, inside the caller's transaction."""
    now = timezone.now()
    update(
        row,
        also={"reminded_at": now, "next_step_on": next_step_on(row, after=timezone.localdate(now))},
    )
    audit.record("review.remind", row, by=by, round=row.round_id)
    emails.reminded(row)


def reasons_against_calling(row: Reviewer, *, by: Any) -> list[str]:
    """Return why a substitute cannot be invited now; empty when they can."""
    return reasons_against_running(row.round, by=by) + reasons_against_moving(row, ReviewState.INVITED)


@verb(against=reasons_against_calling, versioned=True)
def call(row: Reviewer, *, version: int, by: Any) -> None:
    """Invite a substitute before their turn."""
    invite(row, by=by)
    plan_steps()


def reasons_against_reminding(row: Reviewer, *, by: Any) -> list[str]:
    """Return why an expert cannot be reminded now; empty when they can."""
    reasons = reasons_against_running(row.round, by=by)
    if row.state not in READING:
        reasons.append(_("No review of this expert is being waited for."))
    elif row.reminded_at and timezone.localdate(row.reminded_at) == timezone.localdate():
        reasons.append(_("The expert was reminded today already."))
    return reasons


@verb(against=reasons_against_reminding, versioned=True)
def remind(row: Reviewer, *, version: int, by: Any) -> None:
    """Send an expert the same link once more."""
    send_reminder(row, by=by)


def reasons_against_renewing(row: Reviewer, *, by: Any) -> list[str]:
    """Return why an expert cannot get a new link; empty when they can."""
    is_open = row.state in (*READING, ReviewState.SILENT, ReviewState.DELIVERED)
    reasons = [] if is_open else [_("No link of this expert works.")]
    return reasons_against_running(row.round, by=by) + reasons


@verb(against=reasons_against_renewing, versioned=True)
def renew_link(row: Reviewer, *, version: int, by: Any) -> None:
    """Send an expert a new link; the one before opens nothing at once."""
    update(row, also=new_link())
    audit.record("review.renew_link", row, by=by, round=row.round_id)
    emails.reminded(row)


def reasons_against_revoking(row: Reviewer, *, by: Any) -> list[str]:
    """Return why a link cannot be withdrawn; empty when it can."""
    return reasons_against_running(row.round, by=by) + reasons_against_moving(row, ReviewState.REVOKED)


@verb(against=reasons_against_revoking, versioned=True)
def revoke(row: Reviewer, *, version: int, by: Any) -> None:
    """Withdraw a link: it opens nothing from now on, and who was invited is told."""
    was_invited = row.state != ReviewState.WAITING
    also = {"revoked_at": timezone.now(), "revoked_by": by, "next_step_on": None}
    move(row, ReviewState.REVOKED, also=also)
    audit.record("review.revoke", row, by=by, round=row.round_id)
    if was_invited:
        emails.revoked(row)


def plan_steps() -> None:
    """Let the task that looks after reviewers run when the next of them is due."""
    from studies.reviews.tasks import look_after_reviewers

    look_after_reviewers.plan()
