"""What the page of one incoming message shows: its words, why it waits, where it may belong."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.mailbox.actions import desk, incoming
from consultations.mailbox.placement import Guess, decide
from consultations.models import IncomingMail, MailState, SupportRequest
from consultations.models.incoming import PLACEABLE, WAITING
from core.files.attachments import clean_name
from core.letters.letter import Letter, Mailbox, Part

MOST_ADDRESSES = 10
_ERRORS = {
    "too-large": _("The message is larger than what is read here. Save it to look at it."),
    "Unreadable": _("What came is no message that can be read. Save it to look at it."),
}
_WHY = {
    "no-sender": _("It has no sender that one could answer."),
    "forward-without-original": _("A colleague passed it on, but it does not show from whom it was."),
    "staff": _("A colleague wrote it, so nobody seems to ask anything."),
    "authentication": _("Our mail server doubts that it is from the address it says."),
    "bad-sign": _("It bears a sign like ours that is not genuine."),
    "unknown-sender": _("It bears a genuine sign, but its sender is not known on that request."),
    "references": _("It refers to a message of a request, but bears no sign of ours."),
    "reference-number": _("It names the number of a request, but bears no sign of ours."),
    "same-subject": _("Its sender has an open request with the same subject."),
    "spam-request": _("It belongs to a request that was set aside as spam."),
    "calendar": _("A calendar answers an invitation; the subject says what."),
    "spam-flag": _("Our mail server marked it as spam."),
    "own": _("It is a message of ours that came back to us."),
    "bounce-permanent": _("A message of ours could not be delivered for good."),
    "bounce-temporary": _("A message of ours could not be delivered yet."),
}
_AUTHENTICATION = {
    "pass": _("confirmed by our mail server"),
    "fail": _("not confirmed; the address may be false"),
    "none": _("not checked"),
}


def opened(mail: IncomingMail) -> Letter | None:
    """Return a message as it reads, or None where it cannot be read."""
    if mail.state == MailState.FAILED:
        return None
    try:
        return incoming.open_letter(mail)
    except incoming.FAILURES:
        return None


class MailPage:
    """One message as `reader` sees it: whether it can be placed by hand, whether somebody has to decide.

    `reasons` say why the reader cannot.
    """

    def __init__(self, mail: IncomingMail, *, reader: User) -> None:
        self.mail = mail
        self.is_placeable, self.is_waiting = mail.state in PLACEABLE, mail.state in WAITING
        self.reasons = desk.reasons_of_role(reader)

    @cached_property
    def letter(self) -> Letter | None:
        """The message as it reads."""
        return opened(self.mail)

    @property
    def sentence(self) -> str:
        """Why the message is where it is."""
        kind = self.mail.last_error
        if self.mail.state != MailState.FAILED:
            return str(_WHY.get(self.mail.why, ""))
        unknown = _("Reading or placing the message failed: %(kind)s.") % {"kind": kind}
        return str(_ERRORS.get(kind, unknown))

    @cached_property
    def guesses(self) -> list[Guess]:
        """The requests that the message may belong to, the likeliest first."""
        return decide(self.letter).guesses if self.is_placeable and self.letter else []

    @property
    def facts(self) -> list[dict[str, str | Promise]]:
        """The headers that matter."""
        if (letter := self.letter) is None:
            return []
        told: dict[str | Promise, str | Promise | None] = {
            _("From"): str(letter.sender),
            _("To"): _addresses(letter.to),
            _("Copy"): _addresses(letter.cc),
            _("Replies go to"): _addresses([letter.reply_to]),
            _("Forwarded, first from"): _addresses([letter.forwarded_from]),
            _("Is the sender genuine"): _AUTHENTICATION[letter.authentication],
        }
        return [{"term": term, "value": value} for term, value in told.items() if value is not None]

    @property
    def files(self) -> list[dict[str, Any]]:
        """The files that came with it; each is only to be saved."""
        parts = enumerate(self.letter.files) if self.letter else ()
        return [
            {
                "name": _file_name(part),
                "size": len(part.content),
                "url": reverse("desk-mail-file", args=[self.mail.pk, number]),
            }
            for number, part in parts
        ]

    @property
    def text(self) -> str:
        """The words of the message, and those of the messages in it."""
        if self.letter is None:
            return ""
        return "\n\n".join(filter(None, [self.letter.text, *map(incoming.section, self.letter.enclosed)]))

    @property
    def case(self) -> SupportRequest | None:
        """The request that the message is on now; its contact may have been moved to another one."""
        return self.mail.contact.request if self.mail.contact else self.mail.request


def _file_name(part: Part) -> str:
    name = clean_name(part.name)
    return gettext("%(name)s (of an enclosed message)") % {"name": name} if part.is_enclosed else name


def _addresses(boxes: Iterable[Mailbox | None]) -> str | None:
    shown = [str(box) for box in boxes if box]
    words, more = ", ".join(shown[:MOST_ADDRESSES]), len(shown) - MOST_ADDRESSES
    if more > 0:
        words = gettext("%(addresses)s and %(more)s more") % {"addresses": words, "more": more}
    return words if shown else None
