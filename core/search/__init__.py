"""One door for everything that can be found, on the database's own full text.

A verb that makes something findable calls `put()` in its own transaction, and
`drop()` when it no longer is. Public pages, the desk and the exchange keep their
rows in a table each, so that a public question cannot even touch what the desk may
find.

A question looks first for rows with all words in the title, then for all words
anywhere; each look fetches a bounded number of ids by the index, newest first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from textwrap import shorten
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language

from core.privacy import About, Erase, Retention, Tags
from core.search import postgres, sqlite
from core.search.text import Word, fold, keys_of_text, question

PUBLIC, DESK, EXCHANGE = "public", "desk", "exchange"
# How many rows a question looks at; where there are more, the count says "1 000+".
MOST_FOUND = 1000
# How many of those with all words in the title are looked at for an exact one.
MOST_TITLES = 300
# Marks a key that stands in the title. It is no sign that a word could hold after folding.
IN_TITLE = "ŧ"
BATCH = 1000
OTHER = {"cs": "en", "en": "cs"}


class Entry(models.Model):
    """What is kept of one thing that can be found: how to show it, how to get there, and its keys."""

    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    title_cs = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    lead_cs = models.CharField(max_length=300)
    lead_en = models.CharField(max_length=300)
    url_name = models.CharField(max_length=60)
    url_arg = models.CharField(max_length=100)
    municipality_id = models.BigIntegerField(null=True)
    # Keys of all its words, sorted, with a space between; the database indexes this column by itself.
    words = models.TextField()

    FIELDS = (
        "id", "kind", "object_id", "title_cs", "title_en", "lead_cs", "lead_en", "url_name", "url_arg",
        "municipality_id", "words",
    )  # fmt: skip

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

    @property
    def language(self) -> str:
        """The language of the title, when it is not the reader's; else empty."""
        reader = _reader()
        return "" if getattr(self, f"title_{reader}") else OTHER[reader]

    @property
    def title(self) -> str:
        return getattr(self, f"title_{self.language or _reader()}")

    @property
    def lead(self) -> str:
        return getattr(self, f"lead_{self.language or _reader()}")

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=[self.url_arg] if self.url_arg else [])


def _reader() -> str:
    return "en" if (get_language() or "").startswith("en") else "cs"


class PublicEntry(Entry):
    """Something that everybody may find."""

    PRIVACY = Tags(public=Entry.FIELDS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="public_entry_once")]


class DeskEntry(Entry):
    """Something that the Contact Centre's desk may find. It is rewritten with what it stands for."""

    _ABOUT = About("self", Erase.DELETE_ROW, Retention.CASE_TEXT, export=False)
    PRIVACY = Tags(
        internal=("id", "kind", "object_id", "url_name", "url_arg", "municipality_id"),
        sensitive=dict.fromkeys(("title_cs", "title_en", "lead_cs", "lead_en", "words"), _ABOUT),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="desk_entry_once")]


class ExchangeEntry(Entry):
    """Something that those who read the exchange may find. It is rewritten with what it stands for."""

    PRIVACY = Tags(
        internal=tuple(name for name in Entry.FIELDS if name != "words"),
        personal={"words": About("self", Erase.KEEP, export=False)},
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="exchange_entry_once")]


TABLES: dict[str, type[Entry]] = {PUBLIC: PublicEntry, DESK: DeskEntry, EXCHANGE: ExchangeEntry}


@dataclass(frozen=True)
class Document:
    """One thing to be found. `text` is searched but not shown; `url_name` and `url_arg` lead to it.

    A title or lead that is not known in a language may be None or empty.
    """

    kind: str
    object_id: int
    url_name: str
    url_arg: str = ""
    title_cs: str | None = ""
    title_en: str | None = ""
    lead_cs: str | None = ""
    lead_en: str | None = ""
    text: str = ""
    municipality_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """Return the columns of its row, keys included."""
        title_cs, title_en = self.title_cs or "", self.title_en or ""
        lead_cs, lead_en = self.lead_cs or "", self.lead_en or ""
        titles = keys_of_text(f"{title_cs} {title_en}")
        rest = keys_of_text(f"{lead_cs} {lead_en} {self.text}")
        keys = titles | rest | {IN_TITLE + key for key in titles}
        return {
            "title_cs": title_cs[:200],
            "title_en": title_en[:200],
            "lead_cs": shorten(lead_cs, 300, placeholder=" …"),
            "lead_en": shorten(lead_en, 300, placeholder=" …"),
            "url_name": self.url_name,
            "url_arg": self.url_arg,
            "municipality_id": self.municipality_id,
            "words": " ".join(sorted(keys)),
        }


@dataclass(frozen=True)
class Results:
    """What was found: one page of hits, how many there are, and how many of each kind."""

    hits: list[Entry] = field(default_factory=list)
    count: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    number: int = 1
    has_next: bool = False

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def count_label(self) -> str:
        return counted(self.count)


def counted(count: int) -> str:
    """Return a count in words: "37", or "1 000+" where counting stopped."""
    known = number_format(min(count, MOST_FOUND), force_grouping=True)
    return f"{known}+" if count > MOST_FOUND else known


def put(kind: str, object_id: int, *, scope: str, **document: Any) -> None:
    """Make a thing findable, or write anew how it is found, inside the caller's transaction.

    `scope` is PUBLIC, DESK or EXCHANGE; the rest are the fields of Document.
    """
    columns = Document(kind, object_id, **document).columns()
    TABLES[scope]._default_manager.update_or_create(kind=kind, object_id=object_id, defaults=columns)


def put_many(documents: Iterable[Document], *, scope: str) -> None:
    """Put many things that are not there yet, or are to be written anew, in batches."""
    table, left, known_by = TABLES[scope], iter(documents), ["kind", "object_id"]
    while batch := list(islice(left, BATCH)):
        table._default_manager.bulk_create(
            [table(kind=one.kind, object_id=one.object_id, **one.columns()) for one in batch],
            update_conflicts=True,
            unique_fields=known_by,
            update_fields=[name for name in Entry.FIELDS if name not in ("id", *known_by)],
        )


def drop(kind: str, object_id: int) -> None:
    """Make a thing not findable any more; nothing happens when it was not."""
    for table in TABLES.values():
        table._default_manager.filter(kind=kind, object_id=object_id).delete()


def drop_many(kind: str, ids: Iterable[int]) -> None:
    """Make many things of a kind not findable any more."""
    gone = list(ids)
    for table in TABLES.values():
        table._default_manager.filter(kind=kind, object_id__in=gone).delete()


def find(
    words: str, *, scope: str, kinds: Iterable[str] = (), number: int = 1, per_page: int = 25
) -> Results:
    """Return a page of what holds all words of `words` (any text), best first: titles, then the newest.

    `kinds` narrows it to some kinds; the counts of kinds stay those of all.
    """
    asked = question(words)
    if not asked:
        return Results()
    table = TABLES[scope]
    found = _look(table, asked, words)
    counts = Counter(row.kind for row in found)
    wanted = set(kinds)
    if wanted and not counts.keys() <= wanted:
        # Among too many, those of one kind may not have been reached: look for that kind alone.
        if len(found) >= MOST_FOUND:
            found = _look(table, asked, words, kinds=wanted)
        found = [row for row in found if row.kind in wanted]
    number = max(1, min(number, MOST_FOUND // per_page))
    page = [row.pk for row in found[(number - 1) * per_page : number * per_page]]
    entries = table._default_manager.defer("words").in_bulk(page)
    hits = [entries[pk] for pk in page if pk in entries]
    return Results(hits, len(found), dict(counts), number, number * per_page < min(len(found), MOST_FOUND))


def ids(words: str, *, kind: str, scope: str | None = None, limit: int = MOST_FOUND) -> list[int]:
    """Return the ids of up to `limit` things of a kind that hold all words, newest first: a list's filter.

    Without `scope` all tables are asked. Words without a letter or digit find nothing.
    """
    asked = question(words)
    tables = [TABLES[scope]] if scope else TABLES.values()
    rows = [row for table in tables if asked for row in _matching(table, asked, limit, kinds=[kind])]
    return [row.object_id for row in rows][:limit]


def named(kind: str, ids: Iterable[int], *, scope: str) -> list[Entry]:
    """Return some things of one kind as a search shows them, in the order of their ids."""
    order = list(ids)
    entries = TABLES[scope]._default_manager.defer("words").filter(kind=kind, object_id__in=order)
    return sorted(entries, key=lambda entry: order.index(entry.object_id))


def holds(text: str, words: str) -> bool:
    """Tell whether a text holds all words of a question, by the same rules as the index."""
    keys, asked = keys_of_text(text), question(words)
    return bool(asked) and all(
        not keys.isdisjoint(word.keys) or (word.prefix and any(key.startswith(word.prefix) for key in keys))
        for word in asked
    )


@contextmanager
def bulk_load() -> Iterator[None]:
    """Write many rows at once: the full text is switched off meanwhile and made anew at the end."""
    with transaction.atomic():
        remove_full_text()
    try:
        yield
    finally:
        with transaction.atomic():
            create_full_text()


def create_full_text(*_migration: Any, scopes: Iterable[str] = tuple(TABLES)) -> None:
    """Make the database's full text; bulk_load() and the migrations that make the tables call it."""
    with connection.cursor() as cursor:
        for scope in scopes:
            _backend().create(cursor, TABLES[scope]._meta.db_table)


def remove_full_text(*_migration: Any, scopes: Iterable[str] = tuple(TABLES)) -> None:
    """Take the full text away; the rows stay."""
    with connection.cursor() as cursor:
        for scope in scopes:
            _backend().remove(cursor, TABLES[scope]._meta.db_table)


def _backend() -> Any:
    return postgres if connection.vendor == "postgresql" else sqlite


class _Row(NamedTuple):
    pk: int
    kind: str
    object_id: int


def _look(table: type[Entry], asked: list[Word], words: str, kinds: Iterable[str] = ()) -> list[_Row]:
    """Return rows with all words in the title, an exact title first, then those with all anywhere."""
    in_title = [
        Word(tuple(IN_TITLE + key for key in word.keys), word.prefix and IN_TITLE + word.prefix)
        for word in asked
    ]
    titles, wanted = _matching(table, in_title, MOST_TITLES, kinds), " ".join(fold(words).split())
    first = {row.pk for row in titles}
    texts = table._default_manager.filter(pk__in=first).values_list("pk", "title_cs", "title_en")
    exact = {pk for pk, *both in texts if wanted in map(fold, both)}
    titles.sort(key=lambda row: row.pk not in exact)
    rest = _matching(table, asked, MOST_FOUND + 1, kinds)
    return [*titles, *(row for row in rest if row.pk not in first)][: MOST_FOUND + 1]


def _matching(table: type[Entry], asked: list[Word], limit: int, kinds: Iterable[str] = ()) -> list[_Row]:
    with connection.cursor() as cursor:
        rows = _backend().matching(cursor, table._meta.db_table, asked, limit, sorted(kinds))
    return [_Row(*row) for row in rows]
