"""A request as its requester reads it: its state in a sentence, and what was said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.choices import Direction, State
from consultations.models import Contact, ContactFile, Person, Rearrangement, SupportRequest
from consultations.requests.actions.undo import columns_before
from core.templatetags.ui import day

# How many parts of a conversation its page points to; more are hardly ever split off.
MOST_PARTS = 20


@dataclass(frozen=True)
class ShownFile:
    """A file as a list of files shows it."""

    name: str
    size: int
    url: str


@dataclass(frozen=True)
class Said:
    """One contact, with who spoke and the files that came with it."""

    contact: Contact
    who: str
    files: list[ShownFile]

    @property
    def facts(self) -> str:
        """How long a call or visit took."""
        minutes = self.contact.minutes
        return _("%(minutes)s min") % {"minutes": minutes} if minutes else ""


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
    request: SupportRequest, *, file_url: Callable[[ContactFile], str], reader: Any = None
) -> list[Said]:
    """Return what the requester and their municipality may read, oldest first.

    `reader` is the official who reads; None is the requester behind the private link.
    """
    contacts = request.contacts.for_requester().for_timeline()
    return [Said(contact, _who(contact, reader), _files(contact, file_url)) for contact in contacts]


def split_off(request: SupportRequest, *, reader: Any = None) -> list[dict[str, str]]:
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


def _who(contact: Contact, reader: Any) -> str:
    if contact.direction == Direction.OUTBOUND:
        return _("Contact Centre")
    if reader is None and (other := _somebody_else(contact)):
        # Somebody else wrote, by mail or to us.
        return other.name or other.email or _("Somebody else")
    if reader is None or contact.logged_by_id == reader.pk:
        return _("You")
    author = contact.logged_by if contact.logged_by and not contact.logged_by.is_contact_centre else None
    return (author or contact.person or contact.request.requester).name or _("The requester")


def _somebody_else(contact: Contact) -> Person | None:
    requester = contact.request.requester_id
    person = contact.person
    return person if person and requester not in (person.pk, person.merged_into_id) else None


def _files(contact: Contact, file_url: Callable[[ContactFile], str]) -> list[ShownFile]:
    stored = [(file.attachment, file_url(file)) for file in contact.files.all()]
    return [ShownFile(attachment.name, attachment.size, url) for attachment, url in stored]


def state_sentence(request: SupportRequest) -> str:
    """Return how a request is going, in words for whoever asked."""
    return _SENTENCES[State(request.state)](request)


def _new(request: SupportRequest) -> str:
    return _("Your question has reached us. A consultant will read it.") + " " + _by_when(request)


def _open(request: SupportRequest) -> str:
    return _("Your question is with a consultant.") + " " + _by_when(request)


def _waiting_requester(request: SupportRequest) -> str:
    return _("We have asked you something and wait for your reply. Then we go on.")


def _waiting_expert(request: SupportRequest) -> str:
    return _("A consultant is asking an expert about your question.") + " " + _by_when(request)


def _answered(request: SupportRequest) -> str:
    return _("We answered on %(day)s. If something is still unclear, write to us below.") % {
        "day": day(request.answered_at)
    }


def _closed(request: SupportRequest) -> str:
    closed_on = day(request.closed_at)
    if not request.can_reopen_by_reply or request.closed_at is None:
        return _("This request was closed on %(day)s. If you write below, a new one begins from it.") % {
            "day": closed_on
        }
    until = day(request.closed_at + timedelta(days=settings.REOPEN_DAYS))
    return _("This request was closed on %(day)s. If you write below by %(until)s, we take it up again.") % {
        "day": closed_on,
        "until": until,
    }


def _duplicate(request: SupportRequest) -> str:
    return _("The same question came to us twice. We answer it where it came first.")


def _withdrawn(request: SupportRequest) -> str:
    return _("You withdrew this request on %(day)s. We do not work on it any more.") % {
        "day": day(request.closed_at)
    }


def _referred(request: SupportRequest) -> str:
    return _("Somebody else can help you better with this: %(who)s.") % {"who": request.referred_to}


def _spam(request: SupportRequest) -> str:
    return _("We do not deal with this request.")


_SENTENCES: dict[State, Callable[[SupportRequest], str]] = {
    State.NEW: _new,
    State.OPEN: _open,
    State.WAITING_REQUESTER: _waiting_requester,
    State.WAITING_EXPERT: _waiting_expert,
    State.ANSWERED: _answered,
    State.CLOSED: _closed,
    State.DUPLICATE: _duplicate,
    State.WITHDRAWN: _withdrawn,
    State.REFERRED: _referred,
    State.SPAM: _spam,
}


def _by_when(request: SupportRequest) -> str:
    if request.due_on is None:
        return ""
    if request.due_on < timezone.localdate():
        return _("It takes longer than we promised, and we are sorry. We have not forgotten you.")
    return _("You will hear from us by %(day)s.") % {"day": day(request.due_on)}
