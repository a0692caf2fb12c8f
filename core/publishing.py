"""How a text becomes public: drafted, reviewed by a second person, published, withdrawn with a reason.

A subject app keeps a *document* (its stable address) and *editions* of its
text. Readers see the one published edition; beside it there may be one open
edition that staff work on. Publishing an edition supersedes the one before.
"""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.audit import user_field
from core.states import Refused, move, pair


class State(models.TextChoices):
    DRAFT = "draft", gettext_lazy("draft")
    IN_REVIEW = "in_review", gettext_lazy("in review")
    PUBLISHED = "published", gettext_lazy("published")
    SUPERSEDED = "superseded", gettext_lazy("superseded")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")


OPEN = [State.DRAFT, State.IN_REVIEW]


class EditionQuerySet(models.QuerySet[Any]):
    def published(self) -> "EditionQuerySet":
        """Return what the public may read now."""
        return self.filter(state=State.PUBLISHED)

    def open(self) -> "EditionQuerySet":
        """Return what staff are still working on."""
        return self.filter(state__in=OPEN)


class Edition(models.Model):
    """One edition of a document's text. A subclass adds `document` (a foreign key, related name "editions") and the text."""

    number = models.PositiveSmallIntegerField(gettext_lazy("edition"))
    state = models.CharField(gettext_lazy("state"), max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    author = user_field()
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = user_field(null=True)
    published_at = models.DateTimeField(gettext_lazy("published"), null=True)
    published_by = user_field(null=True)
    change_note = models.CharField(gettext_lazy("what has changed"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = user_field(null=True)
    withdrawal_reason = models.CharField(gettext_lazy("why it was withdrawn"), max_length=300, blank=True)

    MOVES = {
        State.DRAFT: [State.IN_REVIEW],
        State.IN_REVIEW: [State.DRAFT, State.PUBLISHED],
        State.PUBLISHED: [State.SUPERSEDED, State.WITHDRAWN],
    }
    # The tags of these fields, for the PRIVACY of each subclass.
    PUBLIC_FIELDS = ("number", "published_at", "change_note", "withdrawn_at", "withdrawal_reason")
    INTERNAL_FIELDS = (
        "id", "state", "version", "author", "created_at", "submitted_at", "submitted_by", "published_by",
        "withdrawn_by",
    )  # fmt: skip

    class Meta:
        abstract = True
        constraints = [
            pair("submitted_at", "submitted_by", name="%(class)s_submitted_pair"),
            pair("published_at", "published_by", name="%(class)s_published_pair"),
            pair("withdrawn_at", "withdrawn_by", name="%(class)s_withdrawn_pair"),
            models.UniqueConstraint(fields=["document", "number"], name="%(class)s_number"),
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(state="published"), name="%(class)s_one_published"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(state__in=["draft", "in_review"]), name="%(class)s_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True) | ~models.Q(published_by=models.F("author")),
                name="%(class)s_two_people",
            ),
        ]

    def index(self) -> None:
        """Put the published text into search, or take it out; a subclass says how."""
        raise NotImplementedError


@transaction.atomic
def submit(edition: Edition, *, by: Any) -> None:
    """Send a draft to a second person.

    Raises Refused when it is no draft, Conflict when it changed meanwhile.
    """
    move(edition, State.IN_REVIEW, also={"submitted_at": timezone.now(), "submitted_by": by})
    audit.record("edition.submit", edition, by=by)


@transaction.atomic
def send_back(edition: Edition, *, by: Any) -> None:
    """Return a submitted text to its author."""
    move(edition, State.DRAFT, also={"submitted_at": None, "submitted_by": None})
    audit.record("edition.send_back", edition, by=by)


def reasons_against_publishing(edition: Edition, *, by: Any) -> list[str]:
    """Return why `by` cannot publish the edition; empty when nothing stands against it."""
    reasons = []
    if edition.state != State.IN_REVIEW:
        reasons.append(_("Only a text that was sent for review can be published."))
    if by == edition.author or by == edition.submitted_by:
        reasons.append(_("Nobody may publish their own text. Ask a colleague."))
    if edition.number > 1 and not edition.change_note:
        reasons.append(_("Write what has changed since the last edition."))
    return reasons


@transaction.atomic
def publish(edition: Edition, *, by: Any) -> None:
    """Make the edition the one that the public reads; the one before is superseded.

    Raises Refused with reasons_against_publishing, Conflict when it changed meanwhile.
    """
    if reasons := reasons_against_publishing(edition, by=by):
        raise Refused(reasons)
    for before in type(edition).objects.filter(document_id=edition.document_id).published():
        move(before, State.SUPERSEDED)
    move(edition, State.PUBLISHED, also={"published_at": timezone.now(), "published_by": by})
    audit.record("edition.publish", edition, by=by, number=edition.number)
    edition.index()


@transaction.atomic
def withdraw(edition: Edition, *, reason: str, by: Any) -> None:
    """Take a published text away from the public; its address will say why.

    Raises Refused without a reason, or when it is not published.
    """
    if not reason.strip():
        raise Refused([_("Write why it is withdrawn; the public will read it.")])
    move(
        edition,
        State.WITHDRAWN,
        also={"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawal_reason": reason.strip()},
    )
    audit.record("edition.withdraw", edition, by=by)
    edition.index()
