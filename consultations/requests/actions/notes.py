"""What the portal itself writes on a request, for colleagues only."""

from collections.abc import Callable

from django.utils import translation

from accounts.models import User
from consultations.choices import Channel, Direction
from consultations.models import Contact, SupportRequest
from consultations.requests.search import index_request


def note(request: SupportRequest, words: Callable[[], str], *, reader: User) -> Contact:
    """Write an entry for colleagues, `words()` in the language of its reader; return it.

    What was merged meanwhile is read where it goes on. That request is locked until the
    caller's transaction ends, before the entry is written: otherwise two entries at once
    would wait for each other.
    """
    with translation.override(reader.language):
        text = words()
    request = request.survivor()
    request.refresh_from_db(from_queryset=SupportRequest.objects.select_for_update())
    contact = Contact.objects.create(
        request=request, direction=Direction.NOTE, channel=Channel.WEB, text=text
    )
    index_request(request)
    return contact
