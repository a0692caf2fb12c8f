"""Two requests that have to do with each other, and stay two."""

from django.utils.translation import gettext as _

from accounts.models import User
from consultations.models import RequestLink, SupportRequest
from consultations.requests.roles import reasons_of_role
from core import audit
from core.states import verb


def reasons_against_linking(request: SupportRequest, *, to: SupportRequest, by: User) -> list[str]:
    """Return why two requests cannot be linked; empty when nothing stands against it."""
    reasons = reasons_of_role(by)
    if request.pk == to.pk:
        reasons.append(_("A request cannot be linked to itself."))
    return reasons


@verb(against=reasons_against_linking)
def link(request: SupportRequest, *, to: SupportRequest, by: User) -> RequestLink:
    """Say that two requests have to do with each other; whoever opens one sees the other."""
    first, second = sorted([request, to], key=lambda row: row.pk)
    made, is_new = RequestLink.objects.get_or_create(first=first, second=second, defaults={"linked_by": by})
    if is_new:
        audit.record("request.link", request, by=by, to=to.pk)
        audit.record("request.link", to, by=by, to=request.pk)
    return made


@verb(against=reasons_of_role)
def unlink(made: RequestLink, *, by: User) -> None:
    """Take the link of two requests away."""
    for request in (made.first, made.second):
        audit.record("request.unlink", request, by=by)
    made.delete()
