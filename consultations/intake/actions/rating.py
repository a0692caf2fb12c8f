"""What the requester says of our help."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.choices import Help, State
from consultations.models import Rating, SupportRequest
from consultations.requests import notices
from core import audit
from core.states import refuse_for

# There is something to be rated.
RATEABLE = [State.ANSWERED, State.CLOSED]


def reasons_against_rating(request: SupportRequest) -> list[str]:
    """Return why our help cannot be rated now; empty when nothing stands against it."""
    if request.state not in RATEABLE or request.answered_at is None:
        return [_("You can tell us how it helped when we have answered.")]
    return []


@transaction.atomic
def rate(request: SupportRequest, *, value: str, by: User | None, sentence: str | None = None) -> Rating:
    """Keep whether the answer helped; said again, it counts anew. None leaves the sentence as it is.

    `by` is None behind the private link, and the account of an official. Raises
    Refused with reasons_against_rating, or for a value that is none.
    """
    reasons = reasons_against_rating(request)
    if value not in Help.values:
        reasons.append(_("Choose how it helped."))
    refuse_for(reasons)
    wanted = {"value": value} if sentence is None else {"value": value, "sentence": sentence}
    rating, is_new = Rating.objects.get_or_create(request=request, defaults=wanted)
    changed = [name for name, said in wanted.items() if getattr(rating, name) != said]
    if changed:
        Rating.objects.filter(pk=rating.pk).update(**wanted, given_at=timezone.now())
        rating.refresh_from_db()
    if is_new or changed:
        audit.record("request.rate", request, by=by, value=value)
        notices.told_of_rating(request, by=by)
    return rating
