"""What is written to experts and authors, and of what the desk is told.

What goes to experts says which material waits and until when, nothing of the text.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.duty.queries import stand_ins
from accounts.permissions import Permission
from core.notices.actions import tell
from core.notices.kinds import How, Kind
from core.outbox import mail
from core.outbox.models import OutgoingMail
from studies.choices import ReviewState
from studies.models import Confirmation, Remark, Reviewer, ReviewRound
from studies.reviews.clock import answer_by


def _kind(key: str, label: Any, sentence: Any, usual: How = How.DIGEST) -> Kind:
    may = Permission.MANAGE_MATERIALS
    return Kind(key=f"studies/{key}", label=label, sentence=sentence, permission=may, usual=usual)


ACCEPTED = _kind(
    "accepted", _("An expert agrees to read a material"), _("An expert will read “%(title)s”."), How.PORTAL
)
CONFLICT = _kind(
    "conflict",
    _("An expert who agrees to read names a conflict of interest"),
    _("An expert will read “%(title)s” and names a conflict of interest. Decide whether they should."),
    How.AT_ONCE,
)
REPLACED = _kind(
    "replaced",
    _("A substitute is asked for an expert who will not read"),
    _("An expert will not read “%(title)s”. A substitute is asked."),
)
NOBODY_LEFT = _kind(
    "nobody_left",
    _("An expert will not read, and no substitute is left"),
    _("An expert will not read “%(title)s”, and no substitute is left."),
    How.AT_ONCE,
)
DELIVERED = _kind(
    "delivered", _("A review is delivered"), _("An expert has delivered a review of “%(title)s”.")
)
AUTHOR = _kind(
    "author",
    _("An author confirms a text or objects to it"),
    _("An author has answered on the final text of “%(title)s”."),
)
KINDS = (CONFLICT, NOBODY_LEFT, REPLACED, ACCEPTED, DELIVERED, AUTHOR)


def _to_expert(kind: str, row: Reviewer, **more: Any) -> OutgoingMail:
    review_round = row.round
    context = {
        "round": review_round,
        "material": review_round.material,
        "row": row,
        "answer_by": answer_by(row),
        **more,
    }
    expert = row.expert
    return mail.queue(
        f"studies/review_{kind}",
        to=expert.email,
        context=context,
        language=expert.language,
        link=row.get_link,
        about=row,
    )


def invited(row: Reviewer) -> None:
    """Ask an expert to read."""
    _to_expert("invitation", row)


def reminded(row: Reviewer) -> None:
    """Send the link again: of the invitation, or of the review that is still to come."""
    _to_expert("reminder", row, is_reading=row.state == ReviewState.ACCEPTED)


def prolonged(row: Reviewer) -> None:
    """Tell an expert of the new day."""
    _to_expert("prolonged", row)


def revoked(row: Reviewer) -> None:
    """Tell an expert that nothing more is expected."""
    _to_expert("revoked", row)


def closed(row: Reviewer) -> None:
    """Thank an expert, or tell them that the round is over."""
    _to_expert("closed", row, has_delivered=row.state == ReviewState.DELIVERED)


def _desk_of(review_round: ReviewRound) -> list[Any]:
    material = review_round.material
    people = [review_round.opened_by, material.owner, material.deputy]
    return stand_ins(dict.fromkeys(one for one in people if one))


def _tell_desk(kind: Kind, review_round: ReviewRound) -> None:
    tell(
        review_round,
        {kind.key: _desk_of(review_round)},
        link=review_round.get_desk_url,
        title=review_round.material.name,
    )


def accepted(row: Reviewer) -> None:
    """Tell the desk that somebody reads, and of a conflict of interest."""
    _tell_desk(CONFLICT if row.has_conflict else ACCEPTED, row.round)


def not_reading(row: Reviewer, substitute: Reviewer | None) -> None:
    """Tell the desk that somebody will not read, and whether somebody else is asked."""
    _tell_desk(REPLACED if substitute else NOBODY_LEFT, row.round)


def delivered(row: Reviewer) -> None:
    """Tell the desk of a review."""
    _tell_desk(DELIVERED, row.round)


def settled(review_round: ReviewRound, addresses: Iterable[str]) -> None:
    """Send authors what became of each remark; who wrote it stays out where they must not know."""
    remarks = (
        Remark.objects.delivered().filter(reviewer__round=review_round).select_related("reviewer__expert")
    )
    context = {"round": review_round, "material": review_round.material, "remarks": list(remarks)}
    mail.queue_all(
        [
            mail.compose("studies/review_settled", to=to, context=context, language="cs", about=review_round)
            for to in addresses
        ]
    )


def _to_author(kind: str, row: Confirmation) -> OutgoingMail:
    context = {"row": row, "material": row.edition.document.material, "edition": row.edition}
    return mail.queue(
        f"studies/author_{kind}",
        to=row.email,
        context=context,
        language=row.language,
        link=row.get_link,
        about=row,
    )


def confirmation(row: Confirmation) -> None:
    """Ask an author to confirm the final text."""
    _to_author("asked", row)


def confirmation_reminder(row: Confirmation) -> None:
    """Send an author the same link again."""
    _to_author("reminder", row)


def author_answered(row: Confirmation) -> None:
    """Tell the desk that an author has confirmed, or objects."""
    material = row.edition.document.material
    people = dict.fromkeys(one for one in (row.asked_by, material.owner, material.deputy) if one)
    tell(row, {AUTHOR.key: stand_ins(people)}, link=row.get_desk_url, title=material.name)
