"""A received mail as a clean value: read from its bytes, believed in nothing, written nowhere."""

from dataclasses import dataclass
from datetime import datetime

from core.letter_headers import Mailbox
from core.letter_machine import Bounce
from core.letter_parts import Part


class Unreadable(Exception):
    """These bytes are no mail, or one beyond all limits; the argument is a sentence that says so."""


@dataclass(frozen=True)
class Letter:
    """One received mail. No text in it holds a NUL or a character that changes the direction of writing."""

    # With its brackets; made from the bytes where the mail has none, the same for the same bytes.
    message_id: str
    # In-Reply-To first, then References with the newest first.
    references: tuple[str, ...]
    # From. Where one may answer is `reply_to`, which anybody can set to anything.
    sender: Mailbox
    reply_to: Mailbox | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    # All addresses that it was sent or delivered to: where signs stand.
    delivered_to: tuple[str, ...]
    subject: str
    # Without "Re:", "Fwd:", "Odp:" and [tags].
    plain_subject: str
    sent_at: datetime | None
    # The new words; what was folded away (history, signature) is in `quoted`.
    text: str
    quoted: str
    files: tuple[Part, ...]
    # "" or why it is a machine's: auto-submitted, precedence, suppress, autoreply, list,
    # null-sender, out-of-office, own.
    automatic: str
    bounce: Bounce | None
    # Of a forward: whose mail it was, and that mail's text.
    forwarded_from: Mailbox | None
    forwarded_text: str
    # "pass", "fail" or "none": what our own mail server found out about the sender.
    authentication: str
    is_spam: bool

    @property
    def writer(self) -> Mailbox:
        """Whom a new matter is from: Reply-To where it names one, otherwise From."""
        return self.reply_to or self.sender


def read(raw: bytes) -> Letter:
    """Return the mail that these bytes are.

    Raises Unreadable, and nothing else, when they are none or beyond the limits.
    """
    raise Unreadable("")


__all__ = ["Bounce", "Letter", "Mailbox", "Part", "Unreadable", "read"]
