"""Who is told of mail that waits for a decision, or came back."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.duty.queries import on_duty
from accounts.permissions import Permission
from consultations.models import IncomingMail
from core.notices.actions import mark_done, tell
from core.notices.kinds import Kind

HELD = Kind(
    key="mailbox/held",
    label=_("A message waits for a decision while I am on duty"),
    sentence=_("A message waits for a decision."),
    permission=Permission.ANSWER_REQUEST,
)


def told_of_held(mail: IncomingMail) -> None:
    """Tell whoever is on duty of a message that could not be read or placed."""
    tell(mail, {HELD.key: on_duty()}, link=partial(reverse, "desk-mail-message", args=[mail.pk]))


def is_decided(mail: IncomingMail) -> None:
    """Let a message wait for nobody any more."""
    mark_done(mail, HELD.key)
