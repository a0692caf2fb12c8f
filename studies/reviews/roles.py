"""Who may run a round of review, who may read its reviews, and who learns the experts' names.

An author at the desk is whoever has written in the edition; not who opened the round, since they chose its
experts.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.documents.actions import wrote
from studies.choices import SeenBy
from studies.models import ReviewRound

CLOSED = _("The round is closed.")
ROLE = _("Your role does not look after materials.")
HIDDEN = _("You have written in this text, and its experts are not named to authors.")
UNREAD = _("You have written in this text. Authors read the reviews once the round is closed.")


def is_author(review_round: ReviewRound, reader: Any) -> bool:
    """Tell whether somebody at the desk is one of those whose text is read."""
    return reader.pk != review_round.opened_by_id and wrote(review_round.edition, reader)


def hides_names(review_round: ReviewRound, reader: Any) -> bool:
    """Tell whether somebody at the desk must not learn who wrote what."""
    return review_round.is_anonymous and is_author(review_round, reader)


def reasons_against_reading(review_round: ReviewRound, *, by: Any) -> list[str]:
    """Return why somebody cannot read the reviews of a round now; empty when they can."""
    reasons = reasons_of_role(by)
    if not review_round.is_over and review_round.seen_by != SeenBy.AUTHORS and is_author(review_round, by):
        reasons.append(str(UNREAD))
    return reasons


def reasons_of_role(by: Any) -> list[str]:
    """Return why an account may not run rounds; empty when it may."""
    reasons: list[str] = by.reasons_without(Permission.MANAGE_MATERIALS, str(ROLE))
    return reasons


def reasons_against_running(review_round: ReviewRound, *, by: Any) -> list[str]:
    """Return why `by` cannot change who reads in a round; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if review_round.is_over:
        reasons.append(str(CLOSED))
    return reasons + ([str(HIDDEN)] if hides_names(review_round, by) else [])
