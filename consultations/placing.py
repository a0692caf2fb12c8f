"""Where a received mail belongs. Reads the database, writes nothing."""

from dataclasses import dataclass, field
from enum import StrEnum

from consultations.models import Person, SupportRequest
from core.letter import Letter
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
class Guess:
    """A request that a mail may belong to, and the sentence that says why; heavier ones come first."""

    request: SupportRequest
    reason: str
    weight: int


@dataclass
class Decision:
    """Where a mail belongs. `why` is a stable code, for tests and for the audit."""

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
    """Return where a mail belongs."""
    return Decision(Verdict.HOLD, "unknown-sender")
