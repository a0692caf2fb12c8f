"""Words of the requester that nobody of us has read yet.

Reading changes nothing that a colleague's form could be late for, so the version of the request stays. But
who has a page open that is older than the words has not read them: what came since has made another version.
"""

from accounts.models import User
from accounts.permissions import Permission
from consultations.models import SupportRequest
from consultations.requests import notices
from consultations.requests.clock import AWAKE
from consultations.requests.roles import reasons_of_role
from core import audit
from core.states import verb

# Columns of a request on which its requester has just written; what was put aside comes back by it.
NEW_WORDS = {**AWAKE, "has_unread": True}


def read(request: SupportRequest, *, by: User, version: int | None = None) -> None:
    """Take the words on a request as read, where `by` answers requests and it is still the `version` seen.

    So is what `by` was told of it. Inside a verb, or by an open page: nobody decides anything by it, so it
    leaves no audit entry.
    """
    seen = {} if version is None else {"version": version}
    rows = SupportRequest.objects.unread().filter(pk=request.pk, **seen)
    if by.has(Permission.ANSWER_REQUEST) and rows.update(has_unread=False):
        request.has_unread = False
    if version is None or SupportRequest.objects.filter(pk=request.pk, **seen).exists():
        notices.read_all(request, by=by)


def reasons_against_marking(request: SupportRequest, *, by: User) -> list[str]:
    """Return why `by` cannot say whether the words were read; empty when nothing stands against it."""
    return reasons_of_role(by)


@verb(against=reasons_against_marking)
def mark_read(request: SupportRequest, *, by: User) -> None:
    """Say that one has read what is new, without a script that says so."""
    read(request, by=by)
    audit.record("request.mark_read", request, by=by)


@verb(against=reasons_against_marking)
def mark_unread(request: SupportRequest, *, by: User) -> None:
    """Let a request count as one with new words again, for oneself later or for whoever has it."""
    SupportRequest.objects.filter(pk=request.pk).update(has_unread=True)
    request.has_unread = True
    audit.record("request.mark_unread", request, by=by)
