"""What an expert does behind their link: accepts or declines, writes the review, delivers it.

Nobody is logged in there, so these verbs have no `by`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.files import attachments
from core.states import check_seen, move, reasons_against_moving, refuse_for, update, verb
from studies.choices import ReviewState
from studies.models import Reviewer, ReviewFile, ReviewRound
from studies.reviews import emails
from studies.reviews.actions.invitations import call_substitute, plan_steps
from studies.reviews.clock import next_step_on

CLOSED = gettext_lazy("The round is closed. If you want to add something, write to us.")
MOST_FILES = 5


def lock(row: Reviewer) -> None:
    """See the round and the review as they stand, and keep them so until the transaction ends."""
    ReviewRound.objects.select_for_update().get(pk=row.round_id)
    row.refresh_from_db(from_queryset=Reviewer.objects.select_for_update())


def _reasons_of_round(row: Reviewer) -> list[str]:
    return [str(CLOSED)] if row.round.is_over else []


def reasons_against_accepting(row: Reviewer) -> list[str]:
    """Return why an expert cannot accept now; empty when they can."""
    return _reasons_of_round(row) + reasons_against_moving(row, ReviewState.ACCEPTED)


@verb(against=reasons_against_accepting, lock=lock)
def accept(row: Reviewer, *, has_conflict: bool, conflict: str = "") -> None:
    """Take it that an expert reads; the desk is told of what binds them to the matter, and decides."""
    refuse_for([_("Write what binds you to the matter.")] if has_conflict and not conflict.strip() else [])
    now = timezone.now()
    step = next_step_on(row, after=timezone.localdate(now), state=ReviewState.ACCEPTED)
    said = {"has_conflict": has_conflict, "conflict": conflict.strip() if has_conflict else ""}
    move(row, ReviewState.ACCEPTED, also={**said, "answered_at": now, "next_step_on": step})
    audit.record("review.accept", row, by=None, round=row.round_id, has_conflict=has_conflict)
    emails.accepted(row)
    plan_steps()


def reasons_against_declining(row: Reviewer) -> list[str]:
    """Return why an expert cannot decline now; empty when they can."""
    return _reasons_of_round(row) + reasons_against_moving(row, ReviewState.DECLINED)


@verb(against=reasons_against_declining, lock=lock)
def decline(row: Reviewer, *, why_not: str = "") -> None:
    """Take it that an expert will not read, and ask the next one."""
    move(row, ReviewState.DECLINED, also={
        "why_not": why_not.strip(), "answered_at": timezone.now(), "next_step_on": None,
    })  # fmt: skip
    audit.record("review.decline", row, by=None, round=row.round_id)
    emails.not_reading(row, call_substitute(row))


def reasons_against_writing(row: Reviewer) -> list[str]:
    """Return why an expert cannot write now; empty when they can."""
    reasons = _reasons_of_round(row)
    if row.state == ReviewState.DELIVERED:
        reasons.append(_("You have delivered your review. If you want to add something, write to us."))
    elif row.state != ReviewState.ACCEPTED:
        reasons.append(_("Say first that you will read the text."))
    return reasons


def save(
    row: Reviewer,
    *,
    answers: Sequence[str],
    overall: str,
    version: int,
    files: Iterable[UploadedFile] = (),
    deliver: bool = False,
) -> None:
    """Keep what an expert has written so far, and with `deliver` hand it over.

    Raises Refused with reasons_against_writing, for too many files, or where nothing was said that could be
    delivered; Conflict when it was saved in another window; ValidationError for a file.
    """
    with attachments.kept(files) as kept, transaction.atomic():
        seen = version
        lock(row)
        refuse_for(reasons_against_writing(row))
        check_seen(row, seen)
        if row.files.count() + len(kept) > MOST_FILES:
            refuse_for([_("A review has at most %(count)s files.") % {"count": MOST_FILES}])
        for file in kept:
            ReviewFile.objects.create(reviewer=row, attachment=attachments.record(file, by=None))
        words = {"answers": [one.strip() for one in answers], "overall": overall.strip()}
        if not deliver:
            update(row, also=words)
            return
        _deliver(row, words)


def _deliver(row: Reviewer, words: dict[str, Any]) -> None:
    is_said = any(words["answers"]) or words["overall"] or row.files.exists() or row.remarks.exists()
    refuse_for([] if is_said else [_("Write an answer, a remark or what you think of the whole first.")])
    also = {**words, "delivered_at": timezone.now(), "next_step_on": None}
    move(row, ReviewState.DELIVERED, also=also)
    audit.record("review.deliver", row, by=None, round=row.round_id, is_late=row.is_late)
    emails.delivered(row)


@transaction.atomic
def remove_file(row: Reviewer, file: ReviewFile) -> None:
    """Take a file out of a review that is not delivered yet."""
    lock(row)
    refuse_for(reasons_against_writing(row))
    attachment = file.attachment
    file.delete()
    attachments.remove(attachment)
