"""Who is told of what: a row for each person and thing, and the mail that tells of it.

A verb says by `notify` what waits for somebody with an account, and where. The message holds a link and no
word of the matter. Those without an account (requesters, experts) are written to by core.outbox alone.
"""

from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from core.audit import user_field
from core.outbox import mail
from core.outbox.models import OutgoingMail
from core.privacy import Tags


class Notice(models.Model):
    """One person was told that something became of one thing."""

    # The pair of texts that tells of it: `email/<kind>.subject.txt` and `email/<kind>.txt`.
    kind = models.CharField("kind", max_length=60)
    receiver = user_field()
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    created_at = models.DateTimeField("written", default=timezone.now)
    read_at = models.DateTimeField(null=True)
    # The message that told of it; a digest tells of several things.
    mail = models.ForeignKey(OutgoingMail, on_delete=models.SET_NULL, null=True, related_name="notices")

    PRIVACY = Tags(
        internal=("id", "kind", "receiver", "about_kind", "about_id", "created_at", "read_at", "mail")
    )

    class Meta:
        indexes = [models.Index(fields=["about_kind", "about_id"], name="notice_about")]


@transaction.atomic
def notify(
    kind: str, about: models.Model | list[Any], to: Any, link: Callable[[], str], **context: Any
) -> OutgoingMail:
    """Tell an account, in its language, what became of a thing and where it stands; return the message.

    `link()` gives the path of the page, `context` what the texts of `kind` say besides. Of a list
    one message tells, a digest. Rows and message belong to the caller's transaction.
    """
    rows: list[Any] = about if isinstance(about, list) else [about]
    thing = None if isinstance(about, list) else about
    context["can_reply"] = False
    message = mail.queue(kind, to=to.email, language=to.language, link=link, context=context, about=thing)
    Notice.objects.bulk_create(
        Notice(kind=kind, receiver=to, about_kind=row._meta.model_name, about_id=row.pk, mail=message)
        for row in rows
    )
    return message


def mark_read(about: models.Model, *, by: Any) -> None:
    """Take what somebody was told of a thing as dealt with, since they have done their part of it."""
    told = Notice.objects.filter(about_kind=about._meta.model_name, about_id=about.pk, receiver=by)
    told.filter(read_at=None).update(read_at=timezone.now())
