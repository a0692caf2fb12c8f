"""Full text on SQLite: an FTS5 table beside each table of entries, kept by triggers.

The index stores no text and no positions of its own (external content, detail
none): what is asked are whole keys and beginnings, in the order of rows.
"""

from collections.abc import Sequence
from typing import Any

from core.search.text import Word

# The "ascii" tokenizer splits at ASCII signs only, so keys of any alphabet stay whole.
CREATE = """
CREATE VIRTUAL TABLE IF NOT EXISTS {table}_fts USING fts5(
    words, content='{table}', content_rowid='id', tokenize='ascii', detail=none, columnsize=0, prefix='3 4'
)"""
ADD = "INSERT INTO {table}_fts(rowid, words) VALUES (new.id, new.words);"
TAKE_AWAY = "INSERT INTO {table}_fts({table}_fts, rowid, words) VALUES ('delete', old.id, old.words);"
TRIGGERS = {
    "in": f"AFTER INSERT ON {{table}} BEGIN {ADD} END",
    "out": f"AFTER DELETE ON {{table}} BEGIN {TAKE_AWAY} END",
    "change": f"AFTER UPDATE OF id, words ON {{table}} BEGIN {TAKE_AWAY} {ADD} END",
}
REBUILD = "INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')"
MATCH = """
SELECT entry.id, entry.kind, entry.object_id
FROM {table}_fts JOIN {table} AS entry ON entry.id = {table}_fts.rowid
WHERE {table}_fts MATCH %s {of_kinds} ORDER BY {table}_fts.rowid DESC LIMIT %s
"""


def create(cursor: Any, table: str) -> None:
    """Make the full text of a table of entries, for the rows that are there and those to come."""
    triggers = [f"CREATE TRIGGER {{table}}_{name} {trigger}" for name, trigger in TRIGGERS.items()]
    for statement in (CREATE, *triggers, REBUILD):
        cursor.execute(statement.format(table=table))


def remove(cursor: Any, table: str) -> None:
    """Take the full text of a table away; its rows stay."""
    for name in TRIGGERS:
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
    cursor.execute(f"DROP TABLE IF EXISTS {table}_fts")


def matching(cursor: Any, table: str, asked: Sequence[Word], limit: int, kinds: Sequence[str]) -> list[tuple]:
    """Return (id, kind, object_id) of up to `limit` rows that hold all words, newest first."""
    of_kinds = f"AND entry.kind IN ({', '.join(['%s'] * len(kinds))})" if kinds else ""
    cursor.execute(MATCH.format(table=table, of_kinds=of_kinds), [expression(asked), *kinds, limit])
    return cursor.fetchall()


def expression(asked: Sequence[Word]) -> str:
    """Return the words as an FTS5 expression. Keys are letters and digits, so quotes are enough."""
    return " AND ".join(f"({' OR '.join(_terms(word))})" for word in asked)


def _terms(word: Word) -> list[str]:
    return [f'"{key}"' for key in word.keys] + ([f'"{word.prefix}" *'] if word.prefix else [])
