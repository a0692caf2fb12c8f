"""What waits for an official on their requests."""

from typing import NamedTuple

from accounts.models import User
from consultations.choices import State
from consultations.models import SupportRequest
from consultations.requests.notices import FROM_CENTRE
from core.notices.models import Notice

MOST = 20


class Unread(NamedTuple):
    """What the Contact Centre has written on a request, and an official has not opened."""

    notice: Notice
    case: SupportRequest


def unread_answers(user: User) -> list[Unread]:
    """Return what the Contact Centre wrote to an official and they have not opened, the longest first.

    Each request stands once, by what was written last; where we wait for a reply, it waits as such.
    """
    told = Notice.objects.of(user).unread().filter(kind=FROM_CENTRE.key)[:MOST]
    latest = {notice.about_id: notice for notice in reversed(told)}
    rows = SupportRequest.objects.visible_to(user).for_list().exclude(state=State.WAITING_REQUESTER)
    cases = rows.in_bulk(latest)
    return [Unread(notice, cases[pk]) for pk, notice in latest.items() if pk in cases]
