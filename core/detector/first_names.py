"""Czech first names with their short forms, both ways: who is called Marie may be written of as Mařenka."""

from functools import lru_cache
from itertools import chain
from pathlib import Path

from core.detector.inflection import fold

# Each line: the name, and what people make of it. A form may stand with several names.
_FILE = Path(__file__).parent / "data" / "first_names.txt"


@lru_cache(maxsize=1)
def table() -> tuple[tuple[str, ...], ...]:
    """Return the rows of names: each a name with its short forms behind it."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(dict.fromkeys(line.split())) for line in lines)


@lru_cache(maxsize=1024)
def also_called(name: str) -> tuple[str, ...]:
    """Return how else somebody of this first name may be called: the full name and its other short forms.

    A name that is written without its marks counts as the same one; of a full name, the names
    that only share a short form with it are left out.
    """
    wanted = fold(name)
    rows = [row for row in table() if fold(row[0]) == wanted]
    rows = rows or [row for row in table() if wanted in map(fold, row)]
    return tuple(one for one in dict.fromkeys(chain.from_iterable(rows)) if fold(one) != wanted)
