"""Mail that came in: its bytes are kept whole, its row says what became of it."""

from typing import Any

from django.db import models
from django.db.models import Case, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from consultations.models.contact import Contact
from consultations.models.request import SupportRequest
from core.audit import user_field
from core.privacy import About, Erase, Retention, Tags
from core.states import pair


class CameBy(models.TextChoices):
    IMAP = "imap", _("from the mailbox")
    PIPE = "pipe", _("from the mail server")


class MailState(models.TextChoices):
    RECEIVED = "received", _("not read yet")
    PLACED = "placed", _("on a request")
    HELD = "held", _("waits for a decision")
    MACHINE = "machine", _("written by a machine")
    BOUNCE = "bounce", _("came back")
    OWN = "own", _("our own mail")
    SPAM = "spam", _("spam")
    DUPLICATE = "duplicate", _("came before")
    FAILED = "failed", _("could not be read")
    DISCARDED = "discarded", _("discarded")


class Shelf(models.TextChoices):
    """Where the desk finds a message."""

    WAITING = "waiting", _("Waiting for us")
    MACHINES = "machines", _("Machines, returned mail, spam")
    DISCARDED = "discarded", _("Discarded")
    DONE = "done", _("Placed")


# Somebody has to decide.
WAITING = [MailState.HELD, MailState.FAILED]
# Nobody is waiting for an answer to these.
MACHINES = [MailState.MACHINE, MailState.BOUNCE, MailState.OWN, MailState.SPAM]
# Its words could be read, so it can be put on a request by hand.
PLACEABLE = [MailState.HELD, MailState.MACHINE, MailState.BOUNCE, MailState.SPAM]


class IncomingMailQuerySet(models.QuerySet["IncomingMail"]):
    def visible_to(self, user: Any) -> "IncomingMailQuerySet":
        """Return the messages that an account may see: the desk sees all, others none."""
        return self if user.has(Permission.VIEW_REQUESTS) else self.none()

    def unread(self) -> "IncomingMailQuerySet":
        """Return what was stored and not placed yet, oldest first."""
        return self.filter(state=MailState.RECEIVED).order_by("pk")

    def for_list(self) -> "IncomingMailQuerySet":
        """Return what the desk's list shows, newest first."""
        return self.select_related("request").order_by("-pk")


class IncomingMail(models.Model):
    """One message as it came."""

    # Under this name its bytes are in the storage; never served but as a download.
    key = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField("size")
    digest = models.CharField(max_length=64, unique=True)
    # What makes two messages the same although they came by different ways.
    message_key = models.CharField(max_length=64, blank=True)
    came_by = models.CharField(max_length=10, choices=CameBy)
    received_at = models.DateTimeField("received", default=timezone.now)
    state = models.CharField("state", max_length=10, choices=MailState, default=MailState.RECEIVED)
    shelf = models.GeneratedField(
        expression=Case(
            When(state__in=WAITING, then=Value(Shelf.WAITING.value)),
            When(state__in=MACHINES, then=Value(Shelf.MACHINES.value)),
            When(state=MailState.DISCARDED, then=Value(Shelf.DISCARDED.value)),
            default=Value(Shelf.DONE.value),
        ),
        output_field=models.CharField(max_length=10),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1)
    # Why it went where it is, as a code of consultations.mailbox.placement.
    why = models.CharField(max_length=40, blank=True)
    sender = models.CharField("sender", max_length=320, blank=True)
    subject = models.CharField("subject", max_length=200, blank=True)
    request = models.ForeignKey(SupportRequest, on_delete=models.SET_NULL, null=True, related_name="mail")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = user_field(null=True)
    reason = models.CharField("reason", max_length=200, blank=True)
    last_error = models.CharField("last error", max_length=100, blank=True)

    MOVES = {
        MailState.RECEIVED: [
            MailState.PLACED,
            MailState.HELD,
            MailState.MACHINE,
            MailState.BOUNCE,
            MailState.OWN,
            MailState.SPAM,
            MailState.DUPLICATE,
            MailState.FAILED,
        ],
        MailState.HELD: [MailState.PLACED, MailState.DISCARDED, MailState.RECEIVED],
        MailState.FAILED: [MailState.DISCARDED, MailState.RECEIVED],
        MailState.MACHINE: [MailState.PLACED],
        MailState.BOUNCE: [MailState.PLACED],
        MailState.SPAM: [MailState.PLACED],
        MailState.DISCARDED: [MailState.HELD, MailState.FAILED],
    }
    PRIVACY = Tags(
        internal=(
            "id", "key", "size", "digest", "message_key", "came_by", "received_at", "state", "shelf",
            "version", "why", "request", "contact", "settled_at", "settled_by", "last_error",
        ),
        personal={"sender": About("request__requester", Erase.BLANK, Retention.FILES)},
        sensitive={
            "subject": About("request__requester", Erase.BLANK, Retention.FILES),
            "reason": About("request__requester", Erase.BLANK, Retention.FILES),
        },
    )  # fmt: skip

    objects = IncomingMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["shelf", "-id"], name="incoming_shelf"),
            models.Index(fields=["state", "-id"], name="incoming_state"),
            models.Index(
                fields=["message_key"], name="incoming_message_key", condition=~models.Q(message_key="")
            ),
        ]
        constraints = [pair("settled_at", "settled_by", name="incoming_settled_pair")]


class Mailbox(models.Model):
    """How far a mailbox was read, so that a message somebody else has opened there is not passed over."""

    address = models.CharField(max_length=400, unique=True)
    uid_validity = models.BigIntegerField()
    last_uid = models.BigIntegerField()

    PRIVACY = Tags(internal=("id", "address", "uid_validity", "last_uid"))
