"""Finding a name by its first letters, by an index on either database."""

import re
import unicodedata
from typing import Any

from django.db import models
from django.db.models import Lookup

LAST_CHARACTER = chr(0x10FFFF)


def plain(text: str) -> str:
    """Return `text` in lower case without diacritics and unseen characters, words parted by single spaces."""
    letters = re.sub(r"[\s\-–—]+", " ", unicodedata.normalize("NFKD", text.casefold()))
    return "".join(letter for letter in letters if unicodedata.category(letter)[0] not in "MC").strip()


def abbreviation(text: str) -> re.Pattern[str] | None:
    """Return which plain texts are meant by one with shortened words ("K. Vary", "Ústí n/L"), or None.

    Letters that stand alone are shortened words, too, once another one is.
    """
    if not re.search(r"[^\W\d][./]", text):
        return None
    words = re.findall(r"(\w+)([./]?)", plain(text))
    return re.compile(" ".join(rf"{word}\w*" if mark or len(word) == 1 else word for word, mark in words))


@models.CharField.register_lookup
class Prefix(Lookup):
    """`name__prefix="ves"`: values that begin with a text, which must not be empty.

    SQLite can use an index for a range but not for LIKE; PostgreSQL compares
    ranges by its language's alphabet, but has an index of its own for LIKE.
    """

    lookup_name = "prefix"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        escaped = re.sub(r"([\\%_])", r"\\\1", self.rhs)
        return f"{column} LIKE %s", (*params, f"{escaped}%")

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", (*params, self.rhs, *params, self.rhs + LAST_CHARACTER)
