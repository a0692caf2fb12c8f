"""Two requests that have to do with each other, and stay two."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.models import RequestLink, SupportRequest
from consultations.requests.roles import reasons_of_role
from core import audit
from core.states import refuse_for


def reasons_against_linking(request: SupportRequest, *, to: SupportRequest, by: User) -> list[str]:
    """Return why two requests cannot be linked; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.pk == to.pk:
        reasons.append(_("A request cannot be linked to itself."))
    return reasons


@transaction.atomic
def link(request: SupportRequest, *, to: SupportRequest, by: User) -> RequestLink:
    """Say that two requests have to do with each other; whoever opens one sees the other.

    Linked already, they stay so. Raises Refused with reasons_against_linking.
    """
    refuse_for(reasons_against_linking(request, to=to, by=by))
    first, second = sorted([request, to], key=lambda row: row.pk)
    try:
        with transaction.atomic():
            made = RequestLink.objects.create(first=first, second=second, linked_by=by)
    except IntegrityError:
        return RequestLink.objects.get(first=first, second=second)
    audit.record("request.link", request, by=by, to=to.pk)
    audit.record("request.link", to, by=by, to=request.pk)
    return made


@transaction.atomic
def unlink(made: RequestLink, *, by: User) -> None:
    """Take the link of two requests away. Raises Refused when the role of `by` does not work on requests."""
    refuse_for(reasons_of_role(by))
    for request in (made.first, made.second):
        audit.record("request.unlink", request, by=by)
    made.delete()
