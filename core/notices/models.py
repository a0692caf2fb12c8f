"""The rows of notices: what somebody with an account was told, and how each person wants to be told."""

from datetime import time
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.audit import user_field
from core.notices.kinds import How, kind_of, kinds_for
from core.outbox.models import OutgoingMail
from core.privacy import Tags

# When the daily mail goes out until its reader says otherwise.
DIGEST_AT = time(7)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: object) -> "NoticeQuerySet":
        """Return what one person was told, newest first."""
        return self.filter(receiver=user).order_by("-id")

    def for_list(self, user: Any) -> "NoticeQuerySet":
        """Return what the page of one person shows, newest first: kinds that they may still be told of."""
        kinds = [kind.key for kind in kinds_for(user)]
        return self.of(user).filter(kind__in=kinds).select_related("actor", "receiver")

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """One person was told that something became of one thing."""

    kind = models.CharField("kind", max_length=60)
    receiver = user_field()
    # Who did it; None is a visitor, or the portal itself.
    actor = user_field(null=True)
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    # What the kind's sentence says besides: references, numbers, names of places and
    # titles of what is to be public, nothing of a case.
    words = models.JSONField(default=dict, blank=True)
    # The path of the page that it leads to, in the reader's language.
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField("written", default=timezone.now)
    read_at = models.DateTimeField(null=True)
    # When the daily mail is to tell of it; empty where none will, or did.
    digest_at = models.DateTimeField(null=True)
    # The message that told of it; a digest tells of several things.
    mail = models.ForeignKey(OutgoingMail, on_delete=models.SET_NULL, null=True, related_name="notices")

    PRIVACY = Tags(
        internal=(
            "id", "kind", "receiver", "actor", "about_kind", "about_id", "words", "link", "created_at",
            "read_at", "digest_at", "mail",
        )
    )  # fmt: skip

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about_kind", "about_id"], name="notice_about"),
            models.Index(fields=["receiver", "-id"], name="notice_of"),
            models.Index(fields=["receiver"], name="notice_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(
                fields=["digest_at"], name="notice_digest", condition=models.Q(digest_at__isnull=False)
            ),
        ]

    @property
    def who(self) -> str:
        """Who did it, in the reader's language."""
        return self.actor.name if self.actor else _("The portal")

    @property
    def sentence(self) -> str:
        """What is told, in the reader's language."""
        words = {**self.words, "who": self.who, "title": self.title}
        return str(kind_of(self.kind).sentence) % words

    @property
    def title(self) -> str:
        """The title of the text that it is about, in the reader's language; an old notice knows none."""
        in_language = self.words.get(f"title_{(get_language() or 'cs')[:2]}")
        return in_language or self.words.get("title") or "…"


class NoticeChoice(models.Model):
    """How one person wants to be told of one kind of thing; without a row the kind's usual way holds."""

    user = user_field()
    kind = models.CharField(max_length=60)
    how = models.CharField(max_length=10, choices=How)

    PRIVACY = Tags(internal=("id", "user", "kind", "how"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once")]


class NoticeHours(models.Model):
    """When one person gets the daily mail, and when no mail is to come at all."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest_at = models.TimeField(default=DIGEST_AT)
    # Mail of these hours waits for their end; they may go over midnight. Both or none.
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    PRIVACY = Tags(internal=("id", "user", "digest_at", "quiet_from", "quiet_until"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_quiet_pair",
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
            )
        ]
