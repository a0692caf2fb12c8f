"""Why a message is where it is, in words for the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ERRORS = {
    "too-large": gettext_lazy("The message is larger than what is read here. Save it to look at it."),
    "Unreadable": gettext_lazy("What came is no message that can be read. Save it to look at it."),
}
WHY = {
    "no-sender": gettext_lazy("It has no sender that one could answer."),
    "forward-without-original": gettext_lazy(
        "A colleague passed it on, but it does not show from whom it was."
    ),
    "staff": gettext_lazy("A colleague wrote it, so nobody seems to ask anything."),
    "authentication": gettext_lazy("Our mail server doubts that it is from the address it says."),
    "bad-sign": gettext_lazy("It bears a sign like ours that is not genuine."),
    "unknown-sender": gettext_lazy("It bears a genuine sign, but its sender is not known on that request."),
    "references": gettext_lazy("It refers to a message of a request, but bears no sign of ours."),
    "reference-number": gettext_lazy("It names the number of a request, but bears no sign of ours."),
    "same-subject": gettext_lazy("Its sender has an open request with the same subject."),
    "spam-request": gettext_lazy("It belongs to a request that was set aside as spam."),
    "calendar": gettext_lazy("A calendar answers an invitation; the subject says what."),
    "spam-flag": gettext_lazy("Our mail server marked it as spam."),
    "own": gettext_lazy("It is a message of ours that came back to us."),
    "bounce-permanent": gettext_lazy("A message of ours could not be delivered for good."),
    "bounce-temporary": gettext_lazy("A message of ours could not be delivered yet."),
}


def error_sentence(kind: str) -> str:
    """Return what went wrong with a message, by the kind of the failure."""
    known = ERRORS.get(kind)
    return str(known) if known else _("Reading or placing the message failed: %(kind)s.") % {"kind": kind}


def why_sentence(code: str) -> str:
    """Return why a message is where it is; "" where the code tells the desk nothing."""
    return str(WHY.get(code, ""))
