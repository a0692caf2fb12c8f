"""A request as its requester reads it: its state in a sentence, and what was said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.choices import Direction, State
from consultations.models import Contact, ContactFile, Person, Rearrangement, SupportRequest
from consultations.requests.actions.undo import columns_before
from consultations.requests.clock import promise
from core.files.attachments import Attachment
from core.templatetags.ui import day

# How many parts of a conversation its page points to; more are hardly ever split off.
MOST_PARTS = 20


@dataclass(frozen=True)
class ShownFile:
    """A file as a list of files shows it."""

    name: str
    size: int
    url: str
    # Where it is shown small, where it can be.
    preview: str = ""
    is_picture: bool = False


def as_told(*requests: SupportRequest) -> None:
    """Show requests, in memory only, as they stood before what its author may still take back.

    Their requesters are not told of it before its mail leaves, and so not of the state it brings.
    """
    held = Contact.objects.held().filter(request__in={request.pk for request in requests}).order_by("-pk")
    before = {contact.request_id: contact.before["before"] for contact in held if contact.before}
    for request in requests:
        if request.pk in before:
            for name, value in columns_before(before[request.pk]).items():
                setattr(request, name, value)


def conversation(
    request: SupportRequest, *, file_url: Callable[[ContactFile], str], reader: User | None
) -> list[dict[str, Any]]:
    """Return what the requester and their municipality may read, oldest first: each with who spoke and files.

    `reader` is the official who reads; None is the requester behind the private link.
    """
    return [
        {
            "contact": contact,
            "who": _who(contact, reader),
            "facts": gettext("%(minutes)s min") % {"minutes": contact.minutes} if contact.minutes else "",
            "files": [_shown(file.attachment, file_url(file)) for file in contact.files.all()],
        }
        for contact in request.contacts.for_requester().for_timeline()
    ]


def _shown(attachment: Attachment, url: str) -> ShownFile:
    return ShownFile(attachment.name, attachment.size, url, **attachment.pictured(url))


def split_off(request: SupportRequest, *, reader: User | None) -> list[dict[str, str]]:
    """Return where parts of a conversation go on, each with its subject and the address for whoever reads.

    `reader` is the official who reads; None is the requester behind the private link,
    who is shown only what is theirs.
    """
    sources = {request.pk, request.survivor().pk}
    splits = Rearrangement.objects.standing().filter(kind=Rearrangement.Kind.SPLIT, source__in=sources)
    rows = SupportRequest.objects.visible_to(reader) if reader else SupportRequest.objects.all()
    rows = rows.filter(pk__in=splits.values("target"), requester=request.requester_id).order_by("pk")
    return [
        {"subject": row.subject, "url": row.get_my_url() if reader else row.get_link()}
        for row in rows[:MOST_PARTS]
    ]


def files_for_requester(request: SupportRequest) -> Any:
    """Return the files of a request's contacts that the requester may read."""
    contacts = request.contacts.for_requester()
    return ContactFile.objects.filter(contact__in=contacts).select_related("attachment")


def _who(contact: Contact, reader: User | None) -> str:
    if contact.direction == Direction.OUTBOUND:
        return gettext("Contact Centre")
    if reader is None and (other := _somebody_else(contact)):
        # Somebody else wrote, by mail or to us.
        return other.name or other.email or gettext("Somebody else")
    if reader is None or contact.logged_by_id == reader.pk:
        return gettext("You")
    author = contact.logged_by if contact.logged_by and not contact.logged_by.is_contact_centre else None
    return (author or contact.person or contact.request.requester).name or gettext("The requester")


def _somebody_else(contact: Contact) -> Person | None:
    requester = contact.request.requester_id
    person = contact.person
    return person if person and requester not in (person.pk, person.merged_into_id) else None


_SENTENCES = {
    State.NEW: _("Your question has reached us. A consultant will read it."),
    State.OPEN: _("Your question is with a consultant."),
    State.WAITING_REQUESTER: _("We have asked you something and wait for your reply. Then we go on."),
    State.WAITING_EXPERT: _("A consultant is asking an expert about your question."),
    State.ANSWERED: _("We answered on %(day)s. If something is still unclear, write to us below."),
    State.CLOSED: _("This request was closed on %(day)s. If you write below, a new one begins from it."),
    State.DUPLICATE: _("The same question came to us twice. We answer it where it came first."),
    State.WITHDRAWN: _("You withdrew this request on %(day)s. We do not work on it any more."),
    State.REFERRED: _("Somebody else can help you better with this: %(who)s."),
    State.SPAM: _("We do not deal with this request."),
}
# Of a request that was closed a while ago at most.
_REOPENABLE = _("This request was closed on %(day)s. If you write below by %(until)s, we take it up again.")
_WE_WORK_ON_IT = {State.NEW, State.OPEN, State.WAITING_EXPERT}


def state_sentence(request: SupportRequest) -> str:
    """Return how a request is going, in words for whoever asked."""
    state, closed_at = State(request.state), request.closed_at
    can_reopen = state == State.CLOSED and closed_at and request.can_reopen_by_reply
    sentence = (_REOPENABLE if can_reopen else _SENTENCES[state]) % {
        "day": day(request.answered_at if state == State.ANSWERED else closed_at),
        "until": day(closed_at + timedelta(days=settings.REOPEN_DAYS)) if closed_at else "",
        "who": request.referred_to,
    }
    return f"{sentence} {_by_when(request)}" if state in _WE_WORK_ON_IT else str(sentence)


def _by_when(request: SupportRequest) -> str:
    if request.due_on is None:
        return ""
    if request.due_on < timezone.localdate():
        return gettext("It takes longer than we promised, and we are sorry. We have not forgotten you.")
    return promise(request)
