"""Why a message is where it is, in words for the desk."""

from django.utils.translation import gettext_lazy as _

ERRORS = {
    "too-large": _("The message is larger than what is read here. Save it to look at it."),
    "Unreadable": _("What came is no message that can be read. Save it to look at it."),
}
WHY = {
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


def error_sentence(kind: str) -> str:
    """Return what went wrong with a message, by the kind of the failure."""
    return str(ERRORS.get(kind) or _("Reading or placing the message failed: %(kind)s.") % {"kind": kind})


def why_sentence(code: str) -> str:
    """Return why a message is where it is; "" where the code tells the desk nothing."""
    return str(WHY.get(code, ""))
