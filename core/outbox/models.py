"""The row of one outgoing message, and the states that it goes through."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.privacy import About, Erase, Retention, Tags
from core.privacy.encryption import SealedField


class State(models.TextChoices):
    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("not sent")


class Automatic(models.TextChoices):
    """What the header Auto-Submitted says (RFC 3834); empty for what a person wrote."""

    GENERATED = "auto-generated", _("written by the portal")
    REPLIED = "auto-replied", _("an automatic reply")


class Stopped(models.TextChoices):
    """Why a message is not sent at all."""

    DEAD = "address does not take mail", _("The address does not take mail.")
    TAKEN_BACK = "taken back", _("Its author has taken it back.")
    NOT_PUBLIC = "not public any more", _("What it tells of was withdrawn.")
    NOT_THEIRS = "may not see it any more", _("The recipient may not see the request any more.")
    ELSEWHERE = "goes elsewhere now", _("It goes to another address now.")
    NOT_WANTED = "not wanted any more", _("The recipient does not want it any more.")


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, now: datetime) -> "OutgoingMailQuerySet":
        """Return mail to hand over now: waiting long enough, or left behind by a worker that died.

        What was never tried comes first, so that a message which brings workers down holds up nobody.
        """
        waiting = models.Q(state=State.QUEUED, next_try_at__lte=now)
        abandoned = models.Q(state=State.SENDING, leased_until__lt=now)
        return self.filter(waiting | abandoned).order_by("tries", "id")

    def unsent(self) -> "OutgoingMailQuerySet":
        """Return mail that is still to be handed over."""
        return self.filter(state__in=[State.QUEUED, State.SENDING])

    def for_list(self) -> "OutgoingMailQuerySet":
        """Return what the outbox shows, newest first, without the texts."""
        return self.defer("text", "unsubscribe").order_by("-id")


class OutgoingMail(models.Model):
    """One message to one address."""

    kind = models.CharField("kind", max_length=60)
    to = models.EmailField("recipient")
    language = models.CharField(max_length=2)
    subject = models.CharField("subject", max_length=200)
    # It may hold links that open something. Empty where the text is written as the message is sent.
    text = SealedField("text")
    message_id = models.CharField(max_length=200, unique=True)
    # Of a conversation: where a reply goes, and the messages that it goes on from, newest last.
    reply_to = models.EmailField(max_length=320, blank=True)
    references = models.TextField(blank=True)
    # Where one click of a mail program ends what it belongs to (RFC 8058); the address opens something.
    unsubscribe = SealedField(null=True)
    automatic = models.CharField(max_length=20, choices=Automatic, blank=True, default=Automatic.GENERATED)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True)
    state = models.CharField("state", max_length=10, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField("tries", default=0)
    created_at = models.DateTimeField("written", default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField("sent", null=True)
    # A code of what went wrong, or why it was stopped (Stopped); never the words of a server.
    last_error = models.CharField("last error", max_length=200, blank=True)

    MOVES = {
        State.QUEUED: [State.SENDING, State.STOPPED],
        # From "being sent" to itself: another worker takes over from one that died.
        State.SENDING: [State.SENT, State.QUEUED, State.FAILED, State.STOPPED, State.SENDING],
        State.FAILED: [State.QUEUED],
        State.STOPPED: [State.QUEUED],
    }
    PRIVACY = Tags(
        internal=(
            "id", "kind", "language", "message_id", "about_kind", "about_id", "state", "tries", "created_at",
            "next_try_at", "leased_until", "sent_at", "last_error", "references", "automatic",
        ),
        personal={
            "reply_to": About("self", Erase.BLANK, Retention.MAIL_BODY),
            "to": About("self", Erase.BLANK, Retention.MAIL_BODY),
            "subject": About("self", Erase.BLANK, Retention.MAIL_BODY),
        },
        sensitive={
            "text": About("self", Erase.BLANK, Retention.MAIL_BODY),
            "unsubscribe": About("self", Erase.BLANK, Retention.MAIL_BODY),
        },
    )  # fmt: skip

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="mail_unsent",
                condition=models.Q(state__in=["queued", "sending"]),
            ),
            models.Index(fields=["state", "-id"], name="mail_by_state"),
            models.Index(fields=["about_kind", "about_id"], name="mail_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_held(self) -> bool:
        """Whether it waits for the first time, so that whoever wrote it may still take it back."""
        return self.state == State.QUEUED and not self.tries and self.next_try_at > timezone.now()

    @property
    def why_not(self) -> str:
        """What went wrong or why it was stopped, for a reader."""
        return str(dict(Stopped.choices).get(self.last_error, self.last_error))
