"""Czech first names with their short forms, both ways: who is called Marie may be written of as Mařenka."""

from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from core.detector.inflection import fold

# Each line: the name, and what people make of it. A form may stand with several names.
_FILE = Path(__file__).parent / "data" / "first_names.txt"


@lru_cache(maxsize=1)
def table() -> tuple[tuple[str, ...], ...]:
    """Return the rows of names: each a name with its short forms behind it."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(dict.fromkeys(line.split())) for line in lines)


@lru_cache(maxsize=1)
def _relatives() -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in table():
        for name in row:
            found[fold(name)] |= dict.fromkeys(row)
    return found


@lru_cache(maxsize=1024)
def also_called(name: str) -> tuple[str, ...]:
    """Return how else somebody of this first name may be called: the full name and its other short forms.

    A name that is written without its marks counts as the same one; of a full name, the names
    that only share a short form with it are left out.
    """
    rows = [row for row in table() if fold(row[0]) == fold(name)]
    names = [name for row in rows for name in row] if rows else list(_relatives().get(fold(name), ()))
    return tuple(one for one in dict.fromkeys(names) if fold(one) != fold(name))
