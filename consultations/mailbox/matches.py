"""What the database knows of a received mail: what its signs and references name, who its sender is.

Each thing is asked for once, only when it is needed, and in a number of queries that no mail can raise.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Role
from consultations.choices import State
from consultations.mailbox.senders import addresses_on
from consultations.models import Contact, Participant, Person, Rearrangement, SupportRequest
from core.letters.authentication import FAIL, PASS
from core.letters.headers import plain_subject
from core.letters.letter import Letter
from core.outbox.mail import OutgoingMail
from core.outbox.tokens import Claim, claims
from municipalities.models import Membership

# Of signs, of references, of a sender's requests: more than people send, few enough to look at each.
MOST = 20
MOST_GUESSES = 5
_MOST_MERGES = 10
_MOST_SPLITS = 5
_REFERENCE = re.compile(r"(?<!\w)SH-\d{4}-\d{6,12}(?!\d)", re.IGNORECASE)


class Guess(NamedTuple):
    """A request that a mail may belong to, and the sentence that says why."""

    request: SupportRequest
    reason: str


class Lead(NamedTuple):
    """A request that a mail names by a sign: the one that the sign was made for, and where that led."""

    named: SupportRequest
    survivor: SupportRequest
    is_in_address: bool
    is_valid: bool
    # Whose address the mail is from, if it is known on the request.
    person: int | None
    # Where the message that the mail answers is, if it was split off from there.
    split_off: SupportRequest | None


# Why a request is guessed, the likeliest first.
_REASONS = {
    "authentication": _("It bears the sign of this request, but nothing proves that it is from this sender."),
    "unknown-sender": _("It bears the sign of this request, but the sender is not known there."),
    "left": _("It bears the sign of this request, but the sender no longer speaks for the municipality."),
    "spam-request": _("It bears the sign of this request, which is set aside as spam."),
    "references": _("It answers a message of this request."),
    "reference-number": _("Its subject names this request."),
    "same-subject": _("The same sender asked under the same subject."),
    "changed-subject": _("It answers a message of this request, under another subject."),
    "open-request": _("The same sender has this open request."),
    "bad-sign": _("It names this request by a sign that is not valid."),
}


class Evidence:
    """What the database knows of a mail, each thing asked for once and only when it is needed."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.references = letter.references[:MOST]
        self.subject = _plain(letter.subject)
        named = _REFERENCE.search(letter.subject)
        self.reference_in_subject = named[0].upper() if named else ""

    @cached_property
    def is_staff(self) -> bool:
        """Whether the sender's address is a colleague's."""
        return is_staff(self.letter.sender.email)

    @property
    def is_proven(self) -> bool:
        """Whether the sender may be believed: not doubted, and proven where our server proves senders."""
        told = self.letter.authentication
        return told == PASS if settings.MAIL_AUTHENTICATED_BY else told != FAIL

    @cached_property
    def signs(self) -> list[tuple[Claim, bool]]:
        """All signs in the mail, and of each whether it stands in an address; those come first."""
        in_addresses = claims(" ".join(self.letter.delivered_to))[:MOST]
        in_references = claims(" ".join(self.references))[:MOST]
        return [(sign, True) for sign in in_addresses] + [(sign, False) for sign in in_references]

    @cached_property
    def _rows(self) -> dict[int, SupportRequest]:
        """All requests that the mail names in any way."""
        numbers = {sign.about_id for sign, _is_in_address in self.signs} | self._answered
        named = SupportRequest.objects.with_reference(self.reference_in_subject)
        numbers |= set(named.values_list("pk", flat=True))
        return SupportRequest.objects.in_bulk(numbers)

    @cached_property
    def _survivors(self) -> dict[int, SupportRequest]:
        """Where each of them leads today."""
        return survivors_of(self._rows.values())

    @cached_property
    def _answered(self) -> set[int]:
        """The numbers of the requests that the messages in References belong to."""
        kind = SupportRequest._meta.model_name
        numbers = {mail.about_id for mail in self._sent if mail.about_kind == kind and mail.about_id}
        return numbers | {row.request_id for row in self._contacts if row.message_id in self.references}

    @cached_property
    def _sent(self) -> list[OutgoingMail]:
        """Mail of ours in References, without its text."""
        sent = OutgoingMail.objects.filter(message_id__in=self.references)
        return list(sent.only("message_id", "about_kind", "about_id", "subject")[:MOST])

    @cached_property
    def _contacts(self) -> list[Contact]:
        """The messages in References that stand on requests, received and sent."""
        received = Q(message_id__in=self.references) & ~Q(message_id="")
        rows = Contact.objects.filter(received | Q(sent_as__in=self._sent)).order_by("pk")
        return list(rows.select_related("request", "came_to").defer("text", "quoted")[: 2 * MOST])

    @cached_property
    def leads(self) -> list[Lead]:
        """The requests that signs name, valid or not."""
        named = [(sign, place, row) for sign, place in self.signs if (row := self._rows.get(sign.about_id))]
        both = {row.pk: row for *_sign, first in named for row in (first, self._survivors[first.pk])}
        split_off, origins = self._split_off if both else (None, set())
        known = addresses_on([*both.values(), *([split_off] if split_off else [])])
        sender = self.letter.sender.email
        leads = []
        for sign, place, request in named:
            survivor = self._survivors[request.pk]
            addresses = known[survivor.pk] | known[request.pk]
            went = split_off if {request.pk, survivor.pk} & origins else None
            lead = Lead(
                named=request,
                survivor=survivor,
                is_in_address=place,
                is_valid=any(map(sign.is_for, addresses)),
                person=addresses.get(sender),
                split_off=went if went and sender in known[went.pk] else None,
            )
            leads.append(lead)
        return leads

    @cached_property
    def _left(self) -> set[int]:
        """The municipalities' requests among those that signs name for which the sender speaks no more."""
        asked = {row.pk for lead in self.leads for row in (lead.named, lead.survivor) if row.is_official}
        people = Person.objects.filter(pk__in={lead.person for lead in self.leads if lead.person})
        theirs = Q(email=self.letter.sender.email) | Q(pk__in=people.values("user"))
        accounts = User.objects.filter(theirs, role=Role.OFFICIAL)
        if not asked or not accounts.exists():
            return set()
        speaking = Membership.objects.speaking_for(OuterRef("municipality"))
        speaking = speaking.filter(user__in=accounts.filter(is_active=True))
        still = SupportRequest.objects.filter(Exists(speaking), pk__in=asked)
        return asked - set(still.values_list("pk", flat=True))

    @cached_property
    def _split_off(self) -> tuple[SupportRequest | None, set[int]]:
        """Where the message that the mail answers was split off into, and what it was in before."""
        contact = self._answered_contact
        origins = _origins_of(contact) if contact else set[int]()
        return (contact.came_to or contact.request if contact and origins else None), origins

    @property
    def _answered_contact(self) -> Contact | None:
        """The newest message in References that we know, as long as it stands on a request."""
        sent: dict[int | None, str] = {mail.pk: mail.message_id for mail in self._sent}
        known = {sent.get(row.sent_as_id, row.message_id): row for row in self._contacts}
        for reference in self.references:
            # A mail of ours that stands nowhere, such as a receipt, is about what it was about.
            if reference in known or _is_our_message_id(reference):
                return known.get(reference)
        return None

    @property
    def has_bad_sign(self) -> bool:
        """Whether something in the mail looks like a sign of ours, and none is valid."""
        places = [address for address in self.letter.delivered_to if _is_inbox(address)]
        places += [reference for reference in self.references if _is_our_message_id(reference)]
        return bool(claims(" ".join(places)))

    @cached_property
    def referred(self) -> list[SupportRequest]:
        """The requests that the messages in References belong to, as they are today."""
        survivors = [self._survivors[number] for number in self._answered if number in self._rows]
        return list({row.pk: row for row in survivors}.values())

    @cached_property
    def named_in_subject(self) -> SupportRequest | None:
        """The request whose number stands in the subject."""
        named = (row for row in self._rows.values() if row.reference == self.reference_in_subject)
        return next(named, None)

    @cached_property
    def open_requests(self) -> list[SupportRequest]:
        """What the sender has asked or takes part in, and is not done with; the newest first."""
        writer = self.letter.forwarded_from if self.is_staff else self.letter.sender
        people = list(Person.objects.known_by(email=writer.email)) if writer else []
        asked = SupportRequest.objects.filter(requester__in=people).order_by("-pk")[:MOST]
        joined = Participant.objects.filter(person__in=people).order_by("-pk")[:MOST]
        numbers = [*asked.values_list("pk", flat=True), *joined.values_list("request", flat=True)]
        return list(SupportRequest.objects.active().filter(pk__in=numbers).order_by("-pk"))

    def doubt(self, lead: Lead) -> str:
        """Return what speaks against putting the mail where a sign leads, "" if nothing does."""
        if not lead.is_valid:
            return "bad-sign"
        if lead.person is None:
            return "unknown-sender"
        if lead.survivor.pk in self._left or lead.named.pk in self._left:
            return "left"
        if not self.is_proven:
            return "authentication"
        return "spam-request" if lead.survivor.state == State.SPAM else ""

    def change(self, lead: Lead) -> str:
        """Return "changed-subject" for a sign that counts under the same subject only, "" otherwise."""
        same = lead.is_in_address or self.is_same_matter(lead.survivor) or self.is_same_matter(lead.named)
        return "" if same else "changed-subject"

    def is_same_subject(self, request: SupportRequest) -> bool:
        """Tell whether the mail has the request's subject."""
        return self.subject == _plain(request.subject)

    def is_same_matter(self, request: SupportRequest) -> bool:
        """Tell whether the subject is the request's, that of our mail about it, names it, or is empty."""
        names_it = self.reference_in_subject == request.reference
        ours = {"", _plain(request.subject), *(_plain(mail.subject) for mail in self._sent)}
        return names_it or self.subject in ours

    def guesses(self) -> list[Guess]:
        """Return which requests the mail may belong to, the likeliest first, each once."""
        weights = {why: weight for weight, why in enumerate(_REASONS)}
        found: dict[int, Guess] = {}
        for request, why in sorted(self._suspected(), key=lambda one: (weights[one[1]], -one[0].pk)):
            found.setdefault(request.pk, Guess(request, str(_REASONS[why])))
        return list(found.values())[:MOST_GUESSES]

    def _suspected(self) -> Iterator[tuple[SupportRequest, str]]:
        for lead in self.leads:
            why = self.doubt(lead) or self.change(lead) or "references"
            if why != "bad-sign" or self.has_bad_sign:
                yield lead.survivor, why
        for request in self.referred:
            yield request, "references" if self.is_same_matter(request) else "changed-subject"
        if self.named_in_subject:
            yield self._survivors[self.named_in_subject.pk], "reference-number"
        for request in self.open_requests:
            yield request, "same-subject" if self.is_same_subject(request) else "open-request"


def _origins_of(contact: Contact) -> set[int]:
    """Return the numbers of the requests that a message was split off from, one after the other."""
    found: set[int] = set()
    place = contact.came_to_id or contact.request_id
    splits = Rearrangement.objects.standing().filter(kind=Rearrangement.Kind.SPLIT)
    for _round in range(_MOST_SPLITS):
        done = splits.filter(target=place).first()
        if done is None:
            break
        place = done.source_id
        # It may have come by another one, which had been merged then.
        found |= {place, dict(done.contacts).get(contact.pk) or place}
    return found


def survivors_of(requests: Iterable[SupportRequest]) -> dict[int, SupportRequest]:
    """Return for each request's number where it was merged or what it is a duplicate of, or itself."""
    ends = {request.pk: request for request in requests}
    for _round in range(_MOST_MERGES):
        gone = {pk: row.duplicate_of_id for pk, row in ends.items() if row.state == State.DUPLICATE}
        rows = SupportRequest.objects.in_bulk(set(gone.values()))
        ends |= {pk: rows[goal] for pk, goal in gone.items()}
    return ends


def _plain(subject: str) -> str:
    return " ".join(plain_subject(subject).casefold().split())


def _is_inbox(address: str) -> bool:
    """Tell whether an address is our mailbox with something after a "+"."""
    inbox, _at, domain = settings.MAIL_INBOX.lower().partition("@")
    return bool(inbox) and address.startswith(f"{inbox}+") and address.endswith(f"@{domain}")


def _is_our_message_id(reference: str) -> bool:
    return reference.lower().endswith(f"@{urlsplit(settings.BASE_URL).hostname}>")


def is_staff(email: str) -> bool:
    """Tell whether an address is that of an active account at the desk."""
    return User.objects.staff().filter(email=email).exists()
