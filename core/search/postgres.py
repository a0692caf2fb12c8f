"""Full text on PostgreSQL: one tsvector, made by the database of an entry's words, with a GIN index."""

from collections.abc import Sequence
from typing import Any

from core.search.text import Word

# The words are keys already, so no parser and no dictionary touches them.
CREATE = """
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS words_vector tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED;
CREATE INDEX {table}_words ON {table} USING gin (words_vector)
"""
REMOVE = "DROP INDEX IF EXISTS {table}_words"
MATCH = (
    "SELECT id, kind, object_id FROM {table} WHERE words_vector @@ %s::tsquery {of_kinds} {order} LIMIT %s"
)
NEWEST_FIRST = "ORDER BY id DESC"


def create(cursor: Any, table: str) -> None:
    """Make the full text of a table of entries, for the rows that are there and those to come."""
    cursor.execute(CREATE.format(table=table))


def remove(cursor: Any, table: str) -> None:
    """Take the index of a table away; its rows and their vectors stay."""
    cursor.execute(REMOVE.format(table=table))


def matching(cursor: Any, table: str, asked: Sequence[Word], limit: int, kinds: Sequence[str]) -> list[tuple]:
    """Return (id, kind, object_id) of up to `limit` rows that hold all words, newest first.

    Asked at once for the newest, the planner walks the primary key backwards and
    needs seconds for a rare word. So the index is asked first, in any order; only
    when it stops at the limit is the word common enough for that walk.
    """
    of_kinds = "AND kind = ANY(%s)" if kinds else ""
    values = [expression(asked), *([list(kinds)] if kinds else []), limit]
    cursor.execute(MATCH.format(table=table, of_kinds=of_kinds, order=""), values)
    rows = cursor.fetchall()
    if len(rows) < limit:
        return sorted(rows, reverse=True)
    cursor.execute(MATCH.format(table=table, of_kinds=of_kinds, order=NEWEST_FIRST), values)
    return cursor.fetchall()


def expression(asked: Sequence[Word]) -> str:
    """Return the words as a tsquery. Keys are letters and digits, so quotes are enough."""
    return " & ".join(f"({' | '.join(_terms(word))})" for word in asked)


def _terms(word: Word) -> list[str]:
    return [f"'{key}'" for key in word.keys] + ([f"'{word.prefix}':*"] if word.prefix else [])
