"""Outgoing mail is a row first; a worker hands it over after the commit.

A verb calls `queue()` inside its transaction: the row and the task that will
deliver it are committed with the verb or not at all. The worker claims rows
with a lease, so that two workers never send one twice, and retries with
growing pauses for three days; then staff see it as failed in the outbox.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from core import audit
from core.privacy import About, Erase, Retention, Tags
from core.states import Conflict, Refused, move

logger = logging.getLogger("portal.mail")

LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=3)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
# What goes wrong on the way to a mail server, or (ValueError) while a message is made of a row.
FAILURES = (OSError, smtplib.SMTPException, ValueError)


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


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, now: datetime) -> "OutgoingMailQuerySet":
        """Return mail to hand over now: waiting long enough, or left behind by a worker that died."""
        waiting = models.Q(state=State.QUEUED, next_try_at__lte=now)
        abandoned = models.Q(state=State.SENDING, leased_until__lt=now)
        return self.filter(waiting | abandoned).order_by("id")

    def unsent(self) -> "OutgoingMailQuerySet":
        """Return mail that is still to be handed over."""
        return self.filter(state__in=[State.QUEUED, State.SENDING])

    def for_list(self) -> "OutgoingMailQuerySet":
        """Return what the outbox shows, newest first, without the texts."""
        return self.defer("text").order_by("-id")


class OutgoingMail(models.Model):
    """One message to one address."""

    kind = models.CharField(_("kind"), max_length=60)
    to = models.EmailField(_("recipient"))
    language = models.CharField(max_length=2)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    message_id = models.CharField(max_length=200, unique=True)
    # Of a conversation: where a reply goes, and the messages that it goes on from, newest last.
    reply_to = models.EmailField(max_length=320, blank=True)
    references = models.TextField(blank=True)
    automatic = models.CharField(max_length=20, choices=Automatic, blank=True, default=Automatic.GENERATED)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    MOVES = {
        State.QUEUED: [State.SENDING, State.STOPPED],
        State.SENDING: [State.SENT, State.QUEUED, State.FAILED],
        State.FAILED: [State.QUEUED],
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
        sensitive={"text": About("self", Erase.BLANK, Retention.MAIL_BODY)},
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


def queue(
    template: str, *, to: str, context: dict[str, Any], language: str, about: models.Model | None = None
) -> OutgoingMail:
    """Write one message into the outbox, inside the caller's transaction.

    `template` names the pair `email/<template>.subject.txt` and `email/<template>.txt`,
    rendered in `language` as plain text; the portal's footer follows. `about` is
    the thing the message concerns.
    """
    with translation.override(language):
        subject = " ".join(_plain(f"email/{template}.subject.txt", context).split())
        body, footer = _plain(f"email/{template}.txt", context), _plain("email/footer.txt", {})
    mail = OutgoingMail.objects.create(
        kind=template,
        to=to,
        language=language,
        subject=subject[:200],
        text=f"{body.strip()}\n\n{footer.strip()}\n",
        message_id=make_msgid(domain=urlsplit(settings.BASE_URL).hostname),
        about_kind=about._meta.model_name if about else "",
        about_id=about.pk if about else None,
    )
    deliver_due.enqueue()
    return mail


def _plain(template: str, context: dict[str, Any]) -> str:
    # Plain text: nothing is escaped, or O'Neill would read O&#x27;Neill.
    return get_template(template).template.render(Context(context, autoescape=False))


def absolute(path: str) -> str:
    """Return the full address of a path of the portal, from settings only, never from a request."""
    return settings.BASE_URL + path


@task()
def deliver_due() -> None:
    """Hand over all mail that is due, and come back when a retry is."""
    while mail := _claim():
        _hand_over(mail)
    _come_back_for_retries()


def _claim() -> OutgoingMail | None:
    """Take the first due message under a lease, or None. Of two workers one gets it."""
    now = timezone.now()
    for mail in OutgoingMail.objects.due(now)[:20]:
        taken = OutgoingMail.objects.due(now).filter(pk=mail.pk, tries=mail.tries)
        if taken.order_by().update(state=State.SENDING, leased_until=now + LEASE, tries=mail.tries + 1):
            mail.refresh_from_db()
            return mail
    return None


def _hand_over(mail: OutgoingMail) -> None:
    """Give one message to the mail server and write down how it went."""
    try:
        _message(mail).send()
    except FAILURES as error:
        _put_back(mail, error)
    else:
        _settle(mail, State.SENT, sent_at=timezone.now(), last_error="")


def _message(mail: OutgoingMail) -> EmailMessage:
    return EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        headers={
            "Message-ID": mail.message_id,
            "Content-Language": mail.language,
            # So that holiday notices and mailing lists do not answer a machine.
            "Auto-Submitted": "auto-generated",
        },
    )


def _settle(mail: OutgoingMail, state: State, **also: Any) -> None:
    """Move a message on from "being sent" and give the lease back."""
    try:
        move(mail, state, also={**also, "leased_until": None})
    except Conflict:
        # The lease ran out and another worker has settled it; what that one wrote stands.
        logger.warning("mail %s was settled by another worker", mail.pk)


def _put_back(mail: OutgoingMail, error: Exception) -> None:
    """After a failure: wait longer each time; give up on a refusal for good or after three days."""
    now = timezone.now()
    logger.warning("mail %s was not sent: %s", mail.pk, describe(error))
    if is_final(error) or now - mail.created_at > GIVE_UP_AFTER:
        _settle(mail, State.FAILED, last_error=describe(error))
        return
    pause = min(FIRST_PAUSE * 2 ** min(mail.tries - 1, 12), LONGEST_PAUSE)
    _settle(mail, State.QUEUED, last_error=describe(error), next_try_at=now + pause)


def is_final(error: Exception) -> bool:
    """Tell whether a failure is for good and not worth another try.

    It is when the server refuses this address or this message (5xx), or when no
    message can be made of it. A server that refuses our login or us as the
    sender is set up wrongly, and will be mended.
    """
    if isinstance(error, (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)):
        return any(500 <= code < 600 for code in _codes(error))
    return isinstance(error, ValueError)


def describe(error: Exception) -> str:
    """Return the kind and code of a failure, never the server's words, which may repeat addresses."""
    codes = " ".join(str(code) for code in _codes(error))
    return f"{type(error).__name__} {codes}".strip()


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _reply in error.recipients.values()]
    code = getattr(error, "smtp_code", None)
    return [code] if code else []


def _come_back_for_retries() -> None:
    # One waiting task is enough: it takes all that is due by then.
    first = OutgoingMail.objects.unsent().aggregate(at=models.Min(Coalesce("leased_until", "next_try_at")))[
        "at"
    ]
    if first is None:
        return
    at = max(first, timezone.now() + timedelta(seconds=5))
    waiting = DBTaskResult.objects.filter(
        status="READY", task_path=deliver_due.module_path, run_after__lte=at
    )
    if not waiting.exists():
        deliver_due.using(run_after=at).enqueue()


def reasons_against_sending_again(mail: OutgoingMail, *, by: Any) -> list[str]:
    """Say why `mail` cannot be sent again; empty when it can. Whether `by` may is the page's mark to say."""
    if mail.state != State.FAILED:
        return [gettext("Only a message that failed can be sent again.")]
    return []


@transaction.atomic
def send_again(mail: OutgoingMail, *, by: Any) -> None:
    """Put a failed message back into the queue, with all its tries before it.

    Raises Refused with the reasons, Conflict when somebody else was quicker.
    """
    if reasons := reasons_against_sending_again(mail, by=by):
        raise Refused(reasons)
    now = timezone.now()
    move(mail, State.QUEUED, also={"next_try_at": now, "created_at": now, "tries": 0, "last_error": ""})
    audit.record("mail.send_again", mail, by=by)
    deliver_due.enqueue()
