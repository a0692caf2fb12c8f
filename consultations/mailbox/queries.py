"""What the page of one incoming message shows: its words, why it waits, where it may belong."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.mailbox.actions import desk, incoming
from consultations.mailbox.placement import decide
from consultations.models import IncomingMail, MailState
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


def mail_page(mail: IncomingMail, *, reader: User) -> dict[str, Any]:
    """Return a message as `reader` sees it: why it waits, where it may belong, and why they cannot decide."""
    letter, is_placeable = opened(mail), mail.state in PLACEABLE
    return {
        "letter": letter,
        "sentence": _sentence(mail),
        "is_placeable": is_placeable,
        "is_waiting": mail.state in WAITING,
        # Where it is now: its contact may have been moved to another request.
        "case": mail.contact.request if mail.contact else mail.request,
        "guesses": decide(letter).guesses if is_placeable and letter else [],
        "reasons": desk.reasons_of_role(reader),
        **(_contents(mail, letter) if letter else {}),
    }


def _sentence(mail: IncomingMail) -> str:
    """Return why the message is where it is."""
    if mail.state != MailState.FAILED:
        return str(_WHY.get(mail.why, ""))
    unknown = _("Reading or placing the message failed: %(kind)s.") % {"kind": mail.last_error}
    return str(_ERRORS.get(mail.last_error, unknown))


def _contents(mail: IncomingMail, letter: Letter) -> dict[str, Any]:
    """Return the headers that matter, the words, also of the messages in it, and the files to be saved."""
    told: dict[str | Promise, str | Promise | None] = {
        _("From"): str(letter.sender),
        _("To"): _addresses(letter.to),
        _("Copy"): _addresses(letter.cc),
        _("Replies go to"): _addresses([letter.reply_to]),
        _("Forwarded, first from"): _addresses([letter.forwarded_from]),
        _("Is the sender genuine"): _AUTHENTICATION[letter.authentication],
    }
    urls = [reverse("desk-mail-file", args=[mail.pk, number]) for number in range(len(letter.files))]
    return {
        "facts": [{"term": term, "value": value} for term, value in told.items() if value is not None],
        "text": "\n\n".join(filter(None, [letter.text, *map(incoming.section, letter.enclosed)])),
        "files": [
            {"name": _file_name(part), "size": len(part.content), "url": url}
            for part, url in zip(letter.files, urls, strict=True)
        ],
    }


def _file_name(part: Part) -> str:
    name = clean_name(part.name)
    return gettext("%(name)s (of an enclosed message)") % {"name": name} if part.is_enclosed else name


def _addresses(boxes: Iterable[Mailbox | None]) -> str | None:
    shown = [str(box) for box in boxes if box]
    words, more = ", ".join(shown[:MOST_ADDRESSES]), len(shown) - MOST_ADDRESSES
    if more > 0:
        words = gettext("%(addresses)s and %(more)s more") % {"addresses": words, "more": more}
    return words if shown else None
