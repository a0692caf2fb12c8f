"""A document is a stable address; its text comes in editions, of which readers see the published one.

An app keeps both as tables of its own: it adds the texts, and `document` (a foreign key with the related
name "editions") to the edition. Beside the published edition there may be one open one, on which people
work. Two people means: whoever has written a word of an edition, or sent it for review, cannot publish it.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.manager import get_translatable_fields_for_model

from core import search
from core.audit import user_field
from core.documents import markdown
from core.documents.choices import Helpful, State
from core.documents.kind import kind_of
from core.privacy import About, Erase, Retention, Tags
from core.states import pair


class DocumentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "DocumentQuerySet":
        """Return the documents whose drafts an account may see: the desk all, others none."""
        return self if user.has(kind_of(self.model).may.view) else self.none()


class Document(models.Model):
    """The stable address of a text, and who looks after it."""

    # Made of the title when it is first published, so that a name mended before that is in no address.
    slug = models.SlugField(max_length=90, unique=True, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    owner = user_field(null=True)
    deputy = user_field(null=True)
    is_demo = models.BooleanField(default=False)

    # The tags of these fields, for the PRIVACY of each subclass.
    PUBLIC_FIELDS = ("slug", "is_demo")
    INTERNAL_FIELDS = ("id", "created_at", "owner", "deputy")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """The public page; there is one from the first publishing on."""
        return reverse(kind_of(self).name, args=[self.slug])

    def get_desk_url(self) -> str:
        return reverse(f"desk-{kind_of(self).name}", args=[self.pk])


class EditionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "EditionQuerySet":
        """Return the editions, drafts among them, of the documents that an account may see."""
        return self.filter(document__in=kind_of(self.model).document.objects.visible_to(user))

    def published(self) -> "EditionQuerySet":
        return self.filter(state=State.PUBLISHED)

    def planned(self) -> "EditionQuerySet":
        """Return what is to be published by itself, the soonest first."""
        return self.filter(state=State.IN_REVIEW, publish_at__isnull=False).order_by("publish_at", "pk")

    def waiting_for(self, person: Any) -> "EditionQuerySet":
        """Return what waits for a second person, and has nothing of this one's in it."""
        rows = self.filter(state=State.IN_REVIEW).exclude(author=person).exclude(submitted_by=person)
        return rows.exclude(writers=person)

    def at_address(self) -> "EditionQuerySet":
        """Return what a document's address has to show: the text, or that it was withdrawn; newest first."""
        return self.filter(state__in=[State.PUBLISHED, State.WITHDRAWN]).order_by("-number")

    def for_list(self) -> "EditionQuerySet":
        """Return what a public list shows, the newest first."""
        return self.select_related("document").order_by("-published_at", "-pk")

    def for_desk(self) -> "EditionQuerySet":
        return self.select_related("document", "author").order_by("-pk")

    def for_page(self) -> "EditionQuerySet":
        return self.select_related("document")


class Edition(models.Model):
    """One edition of a document's text.

    A subclass adds the text and `document`, names its TITLE and LEAD, and registers `change_note` and
    `withdrawal_reason` for translation beside its text.
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
    # When it is to be published by itself, and who has decided so.
    publish_at = models.DateTimeField(null=True)
    publish_by = user_field(null=True)
    published_at = models.DateTimeField("published", null=True)
    published_by = user_field(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = user_field(null=True)
    returned_remark = models.CharField("what to mend", max_length=1000, blank=True)
    review_on = models.DateField(_("next check"), null=True, blank=True)
    change_note = models.CharField("what has changed", max_length=300, blank=True)
    is_minor = models.BooleanField("minor change", default=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = user_field(null=True)
    withdrawal_reason = models.CharField("why it was withdrawn", max_length=300, blank=True)

    # The fields that name and introduce the text in lists and in search.
    TITLE, LEAD = "title", ""
    MOVES = {
        State.DRAFT: [State.IN_REVIEW],
        State.IN_REVIEW: [State.DRAFT, State.PUBLISHED],
        State.PUBLISHED: [State.SUPERSEDED, State.WITHDRAWN],
    }
    # The tags of these fields, for the PRIVACY of each subclass.
    PUBLIC_FIELDS = (
        "document", "number", "published_at", "review_on", "change_note", "is_minor", "withdrawn_at",
        "withdrawal_reason",
    )  # fmt: skip
    INTERNAL_FIELDS = (
        "id", "state", "version", "author", "created_at", "saved_at", "saved_by", "submitted_at",
        "submitted_by", "publish_at", "publish_by", "returned_at", "returned_by", "returned_remark",
        "published_by", "withdrawn_by",
    )  # fmt: skip

    objects = EditionQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            pair("saved_at", "saved_by", name="%(class)s_saved_pair"),
            pair("submitted_at", "submitted_by", name="%(class)s_submitted_pair"),
            pair("publish_at", "publish_by", name="%(class)s_publish_pair"),
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

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number}"

    def get_absolute_url(self) -> str:
        """Where readers have it: a document's own page, unless each edition has one."""
        return self.document.get_absolute_url()

    @classmethod
    def columns(cls) -> list[str]:
        """The columns that are written by people, in the order of the model; translated ones by language."""
        frame = {"id", "document", *(field.name for field in Edition._meta.local_fields)} - _WRITTEN
        translated = get_translatable_fields_for_model(cls) or []
        names = [field.name for field in cls._meta.concrete_fields if field.editable]
        return [name for name in names if name not in translated and _base(name) not in frame]

    def words(self) -> dict[str, Any]:
        """Return all that was written, by the names of the form's fields; no English is an empty text."""
        columns = {name: self._word(name) for name in self.columns()}
        return {**columns, **{name: list(getattr(self, name).all()) for name in self._rows()}}

    def _word(self, name: str) -> Any:
        # An empty column of text is an empty text, any other means "none".
        is_text = isinstance(self._meta.get_field(name), models.CharField | models.TextField)
        return (getattr(self, name) or "") if is_text else getattr(self, name)

    @classmethod
    def text_names(cls) -> list[str]:
        """The texts that are written in two languages, in the order of the model; no notes of a change."""
        translated = get_translatable_fields_for_model(cls) or []
        fields = [field for field in cls._meta.concrete_fields if field.name in translated and field.editable]
        return [field.name for field in fields if field.name not in _NOTES]

    @classmethod
    def is_marked_up(cls, name: str) -> bool:
        """Tell whether a text is Markdown: a field of its name and "_html" holds it as it is read."""
        return f"{name}_html" in (get_translatable_fields_for_model(cls) or [])

    def take_over(self, words: dict[str, Any]) -> None:
        """Set the columns of what was written, for save() to keep; the rest is write_beside()'s.

        Markdown is rendered and cleaned here, so that no reader waits for it.
        """
        for name in self.columns():
            if name in words:
                setattr(self, name, words[name])
        for name in filter(self.is_marked_up, self.text_names()):
            for code in ("cs", "en"):
                setattr(self, f"{name}_html_{code}", markdown.render(self.in_language(name, code)))

    def write_beside(self, words: dict[str, Any]) -> None:
        """Write what stands in other tables, once the edition itself is saved."""
        for name in self._rows():
            if name in words:
                getattr(self, name).set(words[name])

    @classmethod
    def _rows(cls) -> list[str]:
        return [field.name for field in cls._meta.local_many_to_many if field.name != "writers"]

    def all_texts(self) -> dict[str, str]:
        """Return all that its texts say, by the names of the form's fields, Czech before English.

        That is what the check for personal data looks through.
        """
        names = [(name, code) for code in ("cs", "en") for name in (*self.text_names(), "change_note")]
        texts = {f"{name}_{code}": self.in_language(name, code) for name, code in names}
        marked_up = [f"{name}_{code}" for name, code in names if self.is_marked_up(name)]
        return texts | {column: markdown.all_words(texts[column]) for column in marked_up}

    def in_language(self, name: str, code: str) -> str:
        return getattr(self, f"{name}_{code}") or ""

    @property
    def heading(self) -> str:
        return getattr(self, self.TITLE)

    @property
    def languages(self) -> list[str]:
        """The languages that the text exists in, Czech first; it is whole in a language or not there."""
        return ["cs", "en"] if self.in_language(self.TITLE, "en") else ["cs"]

    def shown_in(self, language: str) -> str:
        return language if language in self.languages else "cs"

    @property
    def shown_language(self) -> str:
        """The language in which the reader of this page gets the text."""
        return self.shown_in((get_language() or "cs")[:2])

    @property
    def foreign_language(self) -> str:
        """The language to mark the text with, where it is not the page's; else empty."""
        shown = self.shown_language
        return "" if shown == (get_language() or "cs")[:2] else shown

    @property
    def readable(self) -> Iterator[tuple[str, str, str]]:
        """Yield each text with its label and language, Czech first; of kinds without a page of their own."""
        for code in self.languages:
            for name in self.text_names():
                if name != self.TITLE and (text := self.in_language(name, code)):
                    yield capfirst(self._meta.get_field(name).verbose_name), text, code

    @property
    def is_review_due(self) -> bool:
        return self.review_on is not None and self.review_on < timezone.localdate()

    def searched_texts(self) -> Iterator[str]:
        """Yield the texts by which it is found, as they are read."""
        for name in self.text_names():
            for code in ("cs", "en"):
                yield self._as_read(name, code)

    def _as_read(self, name: str, code: str) -> str:
        if self.is_marked_up(name):
            return markdown.plain(self.in_language(f"{name}_html", code))
        return self.in_language(name, code)

    def searched_lead(self, code: str) -> str:
        return " ".join(self._as_read(self.LEAD, code).split()) if self.LEAD else ""

    def searched_as(self) -> search.Document:
        """Return as what it is found, where that leads to, and perhaps words that it does not say."""
        name = kind_of(self).name
        return search.Document(name, self.document_id, name, self.document.slug or "")

    def index(self) -> None:
        found = self.searched_as()
        if self.state != State.PUBLISHED:
            search.drop(found.kind, found.object_id)
            return
        search.put(
            found.kind,
            found.object_id,
            scope=search.PUBLIC,
            title_cs=self.in_language(self.TITLE, "cs"),
            title_en=self.in_language(self.TITLE, "en"),
            lead_cs=self.searched_lead("cs"),
            lead_en=self.searched_lead("en"),
            text="\n".join(filter(None, [*self.searched_texts(), found.text])),
            url_name=found.url_name,
            url_arg=found.url_arg,
            municipality_id=getattr(self.document, "municipality_id", None),
        )


# What people write of the frame itself.
_WRITTEN = {"review_on", "change_note", "is_minor"}
# Texts of an edition that are none of the document's.
_NOTES = ("change_note", "withdrawal_reason")


def _base(column: str) -> str:
    return column.removesuffix("_cs").removesuffix("_en")


class UnsavedText(models.Model):
    """What one person has typed into the form of a document and not saved yet."""

    writer = user_field()
    # The kind with the document's number, or with what a new one begins from.
    place = models.CharField(max_length=120)
    fields = models.JSONField()
    kept_at = models.DateTimeField(default=timezone.now)

    PRIVACY = Tags(
        internal=("id", "writer", "place", "kept_at"),
        sensitive={"fields": About("writer", Erase.DELETE_ROW, Retention.UNSENT_DRAFT)},
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["writer", "place"], name="unsaved_text_once")]


class FeedbackQuerySet(models.QuerySet[Any]):
    def mistakes(self) -> "FeedbackQuerySet":
        """Return what readers report as wrong, the open ones first, then the newest."""
        rows = self.exclude(mistake="").select_related("settled_by")
        return rows.order_by(models.F("settled_at").asc(nulls_first=True), "-pk")

    def unsettled(self) -> "FeedbackQuerySet":
        return self.exclude(mistake="").filter(settled_at=None)

    def helpful(self) -> dict[str, int]:
        counts = {code: models.Count("pk", filter=models.Q(helpful=code)) for code in Helpful.values}
        return self.aggregate(**counts)


class Feedback(models.Model):
    """What a reader says of a text; a subclass adds a foreign key with the related name "feedback"."""

    helpful = models.CharField(max_length=3, choices=Helpful, blank=True)
    mistake = models.TextField("what is wrong", max_length=2000, blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = user_field(null=True)

    objects = FeedbackQuerySet.as_manager()

    INTERNAL_FIELDS = ("id", "helpful", "given_at", "settled_at", "settled_by")
    PERSONAL_FIELDS = {"mistake": About("self", Erase.DELETE_ROW)}

    class Meta:
        abstract = True
        constraints = [
            pair("settled_at", "settled_by", name="%(class)s_settled_pair"),
            models.CheckConstraint(
                condition=~models.Q(helpful="") | ~models.Q(mistake=""), name="%(class)s_says_something"
            ),
        ]
