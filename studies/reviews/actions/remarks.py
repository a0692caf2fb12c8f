"""Remarks on passages: written, changed and removed by experts, settled by the desk."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.states import check_seen, refuse_for, update, verb
from studies.choices import ReviewState, Settlement
from studies.models import Chapter, Remark, Reviewer
from studies.reviews.actions.reviewers import lock, reasons_against_writing
from studies.reviews.anchors import Anchor
from studies.reviews.roles import CLOSED, reasons_against_reading

MOST_REMARKS = 300
NEED_REASON = (Settlement.PARTLY, Settlement.REFUSED)


@transaction.atomic
def write(row: Reviewer, *, chapter: Chapter, anchor: Anchor, text: str) -> Remark:
    """Remark on a passage.

    Raises Refused with reasons_against_writing, for what stands there already, and for very many of them.
    """
    lock(row)
    reasons = reasons_against_writing(row)
    if row.remarks.count() >= MOST_REMARKS:
        reasons.append(_("A review has at most %(count)s remarks.") % {"count": MOST_REMARKS})
    if row.remarks.filter(chapter=chapter, block=anchor.block, quote=anchor.quote, text=text).exists():
        reasons.append(_("You have written this remark already."))
    refuse_for(reasons)
    place = {name: getattr(anchor, name) for name in ("block", "passage", "quote", "prefix", "suffix")}
    return Remark.objects.create(reviewer=row, chapter=chapter, heading=chapter.heading, text=text, **place)


@transaction.atomic
def change(remark: Remark, *, text: str, version: int) -> None:
    """Write over one's own remark; raises what write() does, and Conflict for another window."""
    lock(remark.reviewer)
    refuse_for(reasons_against_writing(remark.reviewer))
    check_seen(remark, version)
    update(remark, also={"text": text})


@transaction.atomic
def remove(remark: Remark) -> None:
    """Take one's own remark back; raises Refused once the review is delivered."""
    lock(remark.reviewer)
    refuse_for(reasons_against_writing(remark.reviewer))
    remark.delete()


def reasons_against_settling(remark: Remark, *, by: Any) -> list[str]:
    """Return why a remark cannot be settled now; empty when it can."""
    review_round = remark.reviewer.round
    reasons = reasons_against_reading(review_round, by=by)
    if remark.reviewer.state != ReviewState.DELIVERED:
        reasons.append(_("This review is not delivered yet."))
    return reasons + ([str(CLOSED)] if review_round.is_over else [])


@verb(against=reasons_against_settling, versioned=True)
def settle(remark: Remark, *, settled: str, reason: str, version: int, by: Any) -> None:
    """Write down what became of a remark; raises Refused where a reason is missing."""
    refuse_for([] if settled in Settlement else [_("Choose what became of the remark.")])
    refuse_for([_("Write why.")] if settled in NEED_REASON and not reason.strip() else [])
    _write(remark, settled, reason.strip(), by)


@verb(against=reasons_against_settling, versioned=True)
def open_again(remark: Remark, *, version: int, by: Any) -> None:
    """Let a remark wait again as if it had not been settled."""
    _write(remark, "", "", by)


def _write(remark: Remark, settled: str, reason: str, by: Any) -> None:
    who = {"settled_at": timezone.now(), "settled_by": by} if settled else {}
    also = {"settled": settled, "settled_reason": reason, "settled_at": None, "settled_by": None, **who}
    update(remark, also=also)
    verb_name = "review.settle" if settled else "review.open_again"
    audit.record(verb_name, remark, by=by, round=remark.reviewer.round_id, settled=settled)
