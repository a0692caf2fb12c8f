"""What the page of one incoming message shows: its words, why it waits, where it may belong."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from consultations.mailbox.actions import desk, incoming
from consultations.mailbox.labels import error_sentence, why_sentence
from consultations.mailbox.placement import Guess, decide
from consultations.models import IncomingMail, MailState, SupportRequest
from consultations.models.incoming import PLACEABLE, WAITING
from core.files.attachments import clean_name
from core.letters.letter import Letter, Mailbox, Part

MOST_ADDRESSES = 10
_AUTHENTICATION = {
    "pass": gettext_lazy("confirmed by our mail server"),
    "fail": gettext_lazy("not confirmed; the address may be false"),
    "none": gettext_lazy("not checked"),
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
        if self.mail.state == MailState.FAILED:
            return error_sentence(self.mail.last_error)
        return why_sentence(self.mail.why)

    @cached_property
    def guesses(self) -> list[Guess]:
        """The requests that the message may belong to, the likeliest first."""
        return decide(self.letter).guesses if self.is_placeable and self.letter else []

    @property
    def facts(self) -> list[dict[str, str | Promise]]:
        """The headers that matter."""
        letter = self.letter
        if letter is None:
            return []
        boxes = {_("From"): [letter.sender], _("To"): letter.to, _("Copy"): letter.cc}
        if letter.reply_to and letter.reply_to.email != letter.sender.email:
            boxes[_("Replies go to")] = [letter.reply_to]
        if letter.forwarded_from:
            boxes[_("Forwarded, first from")] = [letter.forwarded_from]
        facts: list[dict[str, str | Promise]] = [
            {"term": term, "value": _addresses(found)} for term, found in boxes.items() if found
        ]
        return [*facts, {"term": _("Is the sender genuine"), "value": _AUTHENTICATION[letter.authentication]}]

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
    return _("%(name)s (of an enclosed message)") % {"name": name} if part.is_enclosed else name


def _addresses(boxes: Iterable[Mailbox]) -> str:
    shown = [str(box) for box in boxes]
    words, more = ", ".join(shown[:MOST_ADDRESSES]), len(shown) - MOST_ADDRESSES
    return words if more <= 0 else _("%(addresses)s and %(more)s more") % {"addresses": words, "more": more}
