"""How a text becomes public: drafted, reviewed by a second person, published, withdrawn with a reason.

A subject app keeps a *document* (its stable address) and *editions* of its
text. Readers see the one published edition; beside it there may be one open
edition that staff work on. Publishing an edition supersedes the one before.

Two people means: whoever has written a word of an edition, or sent it for
review, cannot publish it.
"""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import audit
from core.audit import user_field
from core.states import move, pair, refuse_for, update


class State(models.TextChoices):
    DRAFT = "draft", gettext_lazy("draft")
    IN_REVIEW = "in_review", gettext_lazy("in review")
    PUBLISHED = "published", gettext_lazy("published")
    SUPERSEDED = "superseded", gettext_lazy("superseded")
    WITHDRAWN = "withdrawn", pgettext_lazy("text", "withdrawn")


OPEN = [State.DRAFT, State.IN_REVIEW]
# How much of a title becomes its document's address.
SLUG_LENGTH = 90


class EditionQuerySet(models.QuerySet[Any]):
    def published(self) -> "EditionQuerySet":
        """Return what the public may read now."""
        return self.filter(state=State.PUBLISHED)

    def open(self) -> "EditionQuerySet":
        """Return what staff are still working on."""
        return self.filter(state__in=OPEN)

    def waiting_for(self, person: Any) -> "EditionQuerySet":
        """Return what waits for a second person, and has nothing of this one's in it."""
        rows = self.filter(state=State.IN_REVIEW).exclude(author=person).exclude(submitted_by=person)
        return rows.exclude(writers=person)

    def at_address(self) -> "EditionQuerySet":
        """Return what a document's address has to show: the text, or that it was withdrawn; newest first."""
        return self.filter(state__in=[State.PUBLISHED, State.WITHDRAWN]).order_by("-number")


class Edition(models.Model):
    """One edition of a document's text.

    A subclass adds the text and `document`, a foreign key with the related name "editions",
    and registers `change_note` and `withdrawal_reason` for translation beside its text.
    """

    number = models.PositiveSmallIntegerField("edition")
    state = models.CharField("state", max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    # Empty for what the portal ships: nobody here wrote it, nor published it.
    author = user_field(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField("last saved", null=True)
    saved_by = user_field(null=True)
    # Everybody whose words may be in the text; none of them can publish it.
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = user_field(null=True)
    published_at = models.DateTimeField("published", null=True)
    published_by = user_field(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = user_field(null=True)
    returned_remark = models.CharField("what to mend", max_length=1000, blank=True)
    change_note = models.CharField("what has changed", max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = user_field(null=True)
    withdrawal_reason = models.CharField("why it was withdrawn", max_length=300, blank=True)

    MOVES = {
        State.DRAFT: [State.IN_REVIEW],
        State.IN_REVIEW: [State.DRAFT, State.PUBLISHED],
        State.PUBLISHED: [State.SUPERSEDED, State.WITHDRAWN],
    }
    # The tags of these fields, for the PRIVACY of each subclass.
    PUBLIC_FIELDS = ("number", "published_at", "change_note", "withdrawn_at", "withdrawal_reason")
    INTERNAL_FIELDS = (
        "id", "state", "version", "author", "created_at", "saved_at", "saved_by", "submitted_at",
        "submitted_by", "returned_at", "returned_by", "returned_remark", "published_by", "withdrawn_by",
    )  # fmt: skip

    class Meta:
        abstract = True
        constraints = [
            pair("saved_at", "saved_by", name="%(class)s_saved_pair"),
            pair("submitted_at", "submitted_by", name="%(class)s_submitted_pair"),
            pair("returned_at", "returned_by", name="%(class)s_returned_pair"),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, published_by__isnull=True)
                | models.Q(published_at__isnull=False, published_by__isnull=False)
                | models.Q(published_at__isnull=False, author__isnull=True),
                name="%(class)s_published_pair",
            ),
            pair("withdrawn_at", "withdrawn_by", name="%(class)s_withdrawn_pair"),
            models.UniqueConstraint(fields=["document", "number"], name="%(class)s_number"),
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(state="published"), name="%(class)s_one_published"
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(state__in=["draft", "in_review"]),
                name="%(class)s_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True) | ~models.Q(published_by=models.F("author")),
                name="%(class)s_two_people",
            ),
        ]

    def index(self) -> None:
        """Put the published text into search, or take it out; a subclass says how."""
        raise NotImplementedError


def wrote(edition: Edition, person: Any) -> bool:
    """Tell whether a person has a part in the text of an edition."""
    if person.pk in (edition.author_id, edition.submitted_by_id):
        return True
    return edition.writers.filter(pk=person.pk).exists()


@transaction.atomic
def save(edition: Edition, *, by: Any) -> None:
    """Write the texts that were set on a draft; `by` becomes one of its writers.

    Raises Refused when it is no draft, Conflict when somebody saved or moved it meanwhile.
    """
    refuse_for(reasons_against_editing(edition))
    # Guards and counts the version; only then is the rest written.
    update(edition, also={"saved_at": timezone.now(), "saved_by": by})
    edition.save()
    edition.writers.add(by)
    audit.record("edition.save", edition, by=by, version=edition.version)


def reasons_against_editing(edition: Edition) -> list[str]:
    """Return why the text cannot be changed now; empty when it can."""
    if edition.state == State.IN_REVIEW:
        return [_("The text is being reviewed. It can be changed when it has been sent back.")]
    if edition.state != State.DRAFT:
        return [_("This edition is no longer a draft. Start a new edition.")]
    return []


def reasons_against_submitting(edition: Edition) -> list[str]:
    """Return why the text cannot be sent to a second person; empty when it can."""
    reasons = []
    if edition.state != State.DRAFT:
        reasons.append(_("Only a draft can be sent for review."))
    if edition.number > 1 and not edition.change_note:
        reasons.append(_("Write what has changed since the last edition."))
    return reasons


@transaction.atomic
def submit(edition: Edition, *, by: Any) -> None:
    """Send a draft to a second person.

    Raises Refused with reasons_against_submitting, Conflict when it changed meanwhile.
    """
    refuse_for(reasons_against_submitting(edition))
    move(edition, State.IN_REVIEW, also={"submitted_at": timezone.now(), "submitted_by": by})
    audit.record("edition.submit", edition, by=by)


def reasons_against_sending_back(edition: Edition) -> list[str]:
    """Return why the text cannot be returned to its author; empty when it can."""
    if edition.state != State.IN_REVIEW:
        return [_("Only a text that was sent for review can be sent back.")]
    return []


@transaction.atomic
def send_back(edition: Edition, *, remark: str, by: Any) -> None:
    """Return a submitted text to its author, saying what to mend.

    Raises Refused when it is not in review or nothing is said, Conflict when it changed meanwhile.
    """
    reasons = reasons_against_sending_back(edition)
    if not remark.strip():
        reasons.append(_("Write what is to be mended."))
    refuse_for(reasons)
    returned = {"returned_at": timezone.now(), "returned_by": by, "returned_remark": remark.strip()}
    move(edition, State.DRAFT, also={"submitted_at": None, "submitted_by": None, **returned})
    audit.record("edition.send_back", edition, by=by)


def reasons_against_publishing(edition: Edition, *, by: Any) -> list[str]:
    """Return why `by` cannot publish the edition; empty when nothing stands against it."""
    reasons = []
    if edition.state != State.IN_REVIEW:
        reasons.append(_("Only a text that was sent for review can be published."))
    if wrote(edition, by):
        reasons.append(_("Nobody may publish their own text. Ask a colleague."))
    if edition.number > 1 and not edition.change_note:
        reasons.append(_("Write what has changed since the last edition."))
    return reasons


@transaction.atomic
def publish(edition: Edition, *, by: Any) -> None:
    """Make the edition the one that the public reads; the one before is superseded.

    Raises Refused with reasons_against_publishing, Conflict when it changed meanwhile.
    """
    refuse_for(reasons_against_publishing(edition, by=by))
    for before in type(edition).objects.filter(document_id=edition.document_id).published():
        move(before, State.SUPERSEDED)
    move(edition, State.PUBLISHED, also={"published_at": timezone.now(), "published_by": by})
    audit.record("edition.publish", edition, by=by, number=edition.number)
    edition.index()


def give_address(
    document: Any, title: str, *, without_words: str, taken: Collection[str] = frozenset()
) -> None:
    """Set a document's slug from its title, once; it never changes afterwards.

    `without_words` begins the slug of a title that leaves none; `taken` are addresses beside the documents'.
    """
    if document.slug:
        return
    wanted = slugify(title)[:SLUG_LENGTH].strip("-") or f"{without_words}-{document.pk}"
    alike = type(document)._base_manager.filter(slug__startswith=wanted[: SLUG_LENGTH - 6])
    used = {*taken, *alike.values_list("slug", flat=True)}
    slug, number = wanted, 1
    while slug in used:
        number += 1
        ending = f"-{number}"
        slug = wanted[: SLUG_LENGTH - len(ending)].rstrip("-") + ending
    document.slug = slug
    document.save(update_fields=["slug"])


def reasons_against_withdrawing(edition: Edition) -> list[str]:
    """Return why the edition cannot be taken away from the public; empty when it can."""
    if edition.state != State.PUBLISHED:
        return [_("Only a published text can be withdrawn.")]
    return []


@transaction.atomic
def withdraw(edition: Edition, *, reason: str, by: Any, reason_en: str = "") -> None:
    """Take a published text away from the public; its address will say why, in Czech and perhaps in English.

    Raises Refused without a reason, or when it is not published; Conflict when it changed meanwhile.
    """
    reasons = reasons_against_withdrawing(edition)
    if not reason.strip():
        reasons.append(_("Write why it is withdrawn; the public will read it."))
    refuse_for(reasons)
    words = {"withdrawal_reason_cs": reason.strip(), "withdrawal_reason_en": reason_en.strip()}
    move(edition, State.WITHDRAWN, also={"withdrawn_at": timezone.now(), "withdrawn_by": by, **words})
    audit.record("edition.withdraw", edition, by=by)
    edition.index()


def reasons_against_new_edition(editions: models.QuerySet[Any]) -> list[str]:
    """Return why a document with these editions cannot get a new one; empty when it can."""
    states = set(editions.values_list("state", flat=True))
    if states & set(OPEN):
        return [_("There is already a draft of the next edition.")]
    if not states & {State.PUBLISHED, State.WITHDRAWN}:
        return [_("Only a text that has been published can get a new edition.")]
    return []
