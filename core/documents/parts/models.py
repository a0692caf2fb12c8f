"""What the edition of a document of parts is made of: rows beside it, some written by whoever holds them.

An app makes tables of its own: it adds `edition` (a foreign key) and what each part says.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from core.audit import user_field
from core.documents import markdown
from core.documents.kind import kind_of
from core.states import pair


class Part:
    """What all parts do: a subclass names its WORDS, its TEXTS among them, and which are MARKED_UP.

    BELOW is the level of the heading that a text stands under where it is read.
    """

    pk: Any
    edition: Any
    edition_id: int
    # By which name the pages call it; its rows may be more than one page's.
    WORDS: tuple[str, ...] = ()
    TEXTS: tuple[str, ...] = ()
    MARKED_UP: tuple[str, ...] = ()
    BELOW = 2

    @property
    def page(self) -> str:
        """What the page on which it is written is called in addresses."""
        raise NotImplementedError

    def words(self) -> dict[str, Any]:
        """Return what was written; its number tells it from its neighbours."""
        return {"pk": self.pk, **{name: getattr(self, name) for name in self.WORDS}}

    def take_over(self, words: dict[str, Any]) -> None:
        """Set what was written, for save() to keep; Markdown is rendered and cleaned here."""
        for name, value in self.columns_of(words).items():
            setattr(self, name, value)

    def columns_of(self, words: dict[str, Any]) -> dict[str, Any]:
        """Return the columns of what was written, rendered ones with them."""
        names = [name for name in self.MARKED_UP if name in words]
        return {**words, **{f"{name}_html": self.rendered(words[name]) for name in names}}

    def rendered(self, text: str) -> str:
        """Return a marked up text as it is read."""
        return markdown.render(text, below=self.BELOW)

    def all_texts(self) -> dict[str, str]:
        """Return all that it says, by the names of its fields."""
        texts = {name: getattr(self, name) for name in self.TEXTS}
        return texts | {name: markdown.all_words(texts[name]) for name in self.MARKED_UP}

    def keep_version(self, by: Any) -> None:
        """Keep what it says now beside it, where a part has a history."""

    def get_desk_url(self) -> str:
        """Return where it is written."""
        name = f"desk-{kind_of(self.edition).name}-part"
        return reverse(name, args=[self.edition.document_id, self.page, self.pk])


class HeldPart(Part, models.Model):
    """A part with a heading and a long text, written by whoever holds it now and read by all.

    A subclass adds `edition`, `text` and the related name "versions" of its HeldPartVersion.
    """

    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=160)
    text_html = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    # Who writes in it since when, and until when nobody else may; a closed laptop lets go by itself.
    holder = user_field(null=True)
    held_since = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)

    TEXTS, MARKED_UP = ("heading", "text"), ("text",)
    # The tags of these fields, for the PRIVACY of each subclass.
    PUBLIC_FIELDS = ("id", "edition", "position", "heading", "text", "text_html")
    INTERNAL_FIELDS = ("version", "holder", "held_since", "held_until")

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    @staticmethod
    def constraints(name: str) -> list[models.BaseConstraint]:
        """Return what holds of its holder, under names that begin with `name`."""
        return [
            pair("held_until", "holder", name=f"{name}_held_pair"),
            pair("held_since", "holder", name=f"{name}_since_pair"),
        ]

    @property
    def is_held(self) -> bool:
        return self.held_until is not None and self.held_until > timezone.now()

    def is_held_by(self, person: Any) -> bool:
        return self.is_held and self.holder_id == person.pk

    def is_held_from(self, person: Any) -> bool:
        """Tell whether somebody else than a person writes in it now."""
        return self.is_held and self.holder_id != person.pk

    def keep_version(self, by: Any) -> None:
        """Keep what it says now as the version of its number."""
        versions: Any = self.versions  # type: ignore[attr-defined]
        versions.create(number=self.version, heading=self.heading, text=self.text, saved_by=by)  # type: ignore[attr-defined]


class EditionOfParts:
    """What an edition does that is made of parts; a subclass is an Edition, too, and names its PARTS.

    These are the related names of the rows, in the order of reading, each with what a page reads beside them.
    """

    pk: Any
    document_id: Any
    PARTS: dict[str, tuple[str, ...]] = {}

    def with_parts(self) -> Any:
        """Fetch all parts, each kind by one query however many there are; once for a row in memory."""
        rows = {part: getattr(self, part).all() for part in self.PARTS}
        fetched = [
            models.Prefetch(part, rows[part].select_related(*beside) if beside else rows[part])
            for part, beside in self.PARTS.items()
        ]
        edition: Any = self
        models.prefetch_related_objects([edition], *fetched)
        return self

    def parts(self) -> Iterator[tuple[str, Any]]:
        """Yield each part with what it is called among PARTS, in the order of reading."""
        self.with_parts()
        for part in self.PARTS:
            yield from ((part, row) for row in getattr(self, part).all())

    def words(self) -> dict[str, Any]:
        """Return all that was written, the words of each part under its name, too."""
        written: dict[str, Any] = {part: [] for part in self.PARTS}
        for part, row in self.parts():
            written[part].append(row.words())
        return {**super().words(), **written}  # type: ignore[misc]

    def write_beside(self, words: dict[str, Any]) -> None:
        """Copy parts as words() of an edition has them; what is not among them stays as it is."""
        super().write_beside(words)  # type: ignore[misc]
        copies: dict[tuple[str, Any], Any] = {}
        for part in self.PARTS:
            for said in words.get(part, ()):
                said = dict(said)
                before = said.pop("pk", None)
                row = getattr(self, part).model(edition=self)
                row.take_over(self.copied(said, copies))
                row.save()
                row.keep_version(self.saved_by or self.author)  # type: ignore[attr-defined]
                copies[part, before] = row.pk

    def copied(self, said: dict[str, Any], _copies: dict[tuple[str, Any], Any]) -> dict[str, Any]:
        """Return the words of a part for its copy, which points at copies where it pointed at other parts."""
        return said

    def all_texts(self) -> dict[str, str]:
        """Return all that its texts and its parts say, each text by where it stands."""
        beside = {
            f"{part}_{row.pk}_{name}": text
            for part, row in self.parts()
            for name, text in row.all_texts().items()
        }
        return {**super().all_texts(), **beside}  # type: ignore[misc]

    def address_of(self, field: str) -> str:
        """Return where somebody mends the text that all_texts() knows as `field`."""
        part, _underscore, rest = field.partition("_")
        if part not in self.PARTS:
            return reverse(f"desk-{kind_of(self).name}-edit", args=[self.document_id])  # type: ignore[arg-type]
        number = int(rest.partition("_")[0])
        return next(row.get_desk_url() for found, row in self.parts() if (found, row.pk) == (part, number))


class PartVersion(models.Model):
    """What a held part said once, who wrote it, and when; a subclass adds its foreign key."""

    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = user_field()

    INTERNAL_FIELDS = ("id", "number", "heading", "text", "saved_at", "saved_by")

    class Meta:
        abstract = True
        ordering = ["-number"]
