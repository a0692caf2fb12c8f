"""Where a received mail belongs. Reads the database, writes nothing.

A mail joins a request only if three things hold: it bears a sign of ours that was made for an address known
on that request; its sender is known there; and our mail server does not doubt the sender (where it proves
senders, it must have proven this one). Whatever lacks one of them waits for a person, with guesses.

A sign in the address that it was sent to counts under any subject: whoever pressed "reply" may have written a
better one. A sign in References alone counts under the same subject only, since people take an old mail to
begin a new matter. A reference to a mail that bears no sign, and a number in a subject, are guesses.

Where a valid sign leads to a request that messages were split off from, the message
that the mail answers decides: what answers one that has gone follows it.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from consultations.mailbox.matches import MOST, Evidence, Guess, Lead, is_staff, survivors_of
from consultations.mailbox.senders import municipality_of
from consultations.models import Person, SupportRequest
from core.letters.authentication import FAIL
from core.letters.headers import is_forward
from core.letters.letter import Letter, Mailbox
from core.letters.machine import Bounce, is_own_address
from core.outbox.tokens import claims
from municipalities.models import Municipality


class Verdict(StrEnum):
    """What is to be done with a mail."""

    JOIN = "join"
    NEW = "new"
    HOLD = "hold"
    MACHINE = "machine"
    BOUNCE = "bounce"
    OWN = "own"
    SPAM = "spam"


@dataclass
class Decision:
    """Where a mail belongs. `why` is a stable code, for tests and for the audit.

    On `request` a reply is to be written: one that was merged is given as it was
    addressed, since `intake.reply` takes the words to the survivor and remembers.
    """

    verdict: Verdict
    why: str
    request: SupportRequest | None = None
    # Who writes, where the portal knows them; of a forward, whom it is from.
    person: Person | None = None
    guesses: list[Guess] = field(default_factory=list)
    # Forwarded by staff: the requester is letter.forwarded_from.
    forwarded: bool = False
    municipality: Municipality | None = None


def decide(letter: Letter) -> Decision:
    """Return where a mail belongs, in a number of queries that no mail can raise."""
    if letter.bounce:
        why = "bounce-permanent" if letter.bounce.is_permanent else "bounce-temporary"
        return Decision(Verdict.BOUNCE, why, request=_returned_from(letter.bounce))
    if letter.automatic == "own":
        return Decision(Verdict.OWN, "own")
    if letter.is_spam:
        return Decision(Verdict.SPAM, "spam-flag")
    evidence = Evidence(letter)
    decision = _from_machine(evidence) if letter.automatic else _from_person(evidence)
    return replace(decision, guesses=evidence.guesses())


def _from_machine(evidence: Evidence) -> Decision:
    """A machine's mail makes nothing; it is shown on the request that it surely belongs to."""
    joining = next((lead for lead in evidence.leads if evidence.doubt(lead) == ""), None)
    request = None
    if joining:
        request = joining.split_off.survivor() if joining.split_off else joining.survivor
    return Decision(Verdict.MACHINE, evidence.letter.automatic, request=request)


def _from_person(evidence: Evidence) -> Decision:
    letter = evidence.letter
    if not letter.sender.email:
        return Decision(Verdict.HOLD, "no-sender")
    if evidence.is_staff and (letter.forwarded_from or is_forward(letter.subject)):
        return _forwarded(evidence)
    decision = _joined(evidence) or Decision(*_unsigned(evidence))
    if decision.verdict == Verdict.JOIN:
        return decision
    if decision.verdict == Verdict.NEW and evidence.is_staff:
        # A colleague asks nothing by mail; perhaps it is a forward that does not look like one.
        decision = replace(decision, verdict=Verdict.HOLD, why="staff")
    return _with_writer(decision, letter.writer)


def _forwarded(evidence: Evidence) -> Decision:
    """What a colleague passes on is the original sender's, and belongs to no request by itself."""
    original = evidence.letter.forwarded_from
    if original is None or is_own_address(original.email) or is_staff(original.email):
        return Decision(Verdict.HOLD, "forward-without-original")
    verdict, why = (Verdict.NEW, "forwarded") if evidence.is_proven else (Verdict.HOLD, "authentication")
    return _with_writer(Decision(verdict, why, forwarded=True), original)


def _with_writer(decision: Decision, writer: Mailbox) -> Decision:
    person = Person.objects.known_by(email=writer.email).first()
    known = person.municipality if person else None
    return replace(decision, person=person, municipality=known or municipality_of(writer.email))


def _joined(evidence: Evidence) -> Decision | None:
    """Return what a valid sign leads to, None where there is none."""
    doubts = []
    for lead in evidence.leads:
        doubt = evidence.doubt(lead) or evidence.change(lead)
        if not doubt:
            assert lead.person is not None  # doubted otherwise
            return Decision(
                Verdict.JOIN,
                _kind_of(lead),
                request=lead.split_off or (lead.named if lead.named.is_merged else lead.survivor),
                person=Person.objects.get(pk=lead.person),
            )
        doubts += [doubt] if lead.is_valid else []
    if not doubts:
        return None
    # A new matter begins only where nothing else is to be doubted.
    why = next((doubt for doubt in doubts if doubt != "changed-subject"), "changed-subject")
    return Decision(Verdict.NEW if why == "changed-subject" else Verdict.HOLD, why)


def _kind_of(lead: Lead) -> str:
    if lead.split_off:
        return "split-off"
    if lead.named.pk != lead.survivor.pk:
        return "merged"
    return "sign" if lead.is_in_address else "message-id"


def _unsigned(evidence: Evidence) -> tuple[Verdict, str]:
    """Return what becomes of a mail without a valid sign, and why."""
    letter = evidence.letter
    if evidence.has_bad_sign:
        return Verdict.HOLD, "bad-sign"
    if any(evidence.is_same_matter(request) for request in evidence.referred):
        return Verdict.HOLD, "references"
    if letter.authentication == FAIL:
        return Verdict.HOLD, "authentication"
    if evidence.referred:
        return Verdict.NEW, "changed-subject"
    if evidence.named_in_subject:
        return Verdict.HOLD, "reference-number"
    # A device that scans for many people writes neither, and one subject over all that it sends.
    is_from_device = letter.sent_at is None and not letter.has_message_id
    same = any(evidence.is_same_subject(request) for request in evidence.open_requests)
    if same and not is_from_device:
        return Verdict.HOLD, "same-subject"
    return Verdict.NEW, "new"


def _returned_from(returned: Bounce) -> SupportRequest | None:
    """Return the request that a returned mail was about, if it is a mail of ours to that address."""
    signs = claims(returned.original_message_id)[:MOST]
    valid = [sign for sign in signs if any(map(sign.is_for, returned.addresses[:MOST]))]
    found = SupportRequest.objects.filter(pk__in=[sign.about_id for sign in valid]).first()
    return found and survivors_of([found])[found.pk]
