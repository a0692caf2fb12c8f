"""What differs between two texts, word by word, however long they are."""

import difflib
import re
from collections.abc import Iterator

# Words of one text times those of the other: comparing more takes longer than a reader waits.
MOST_COMPARED = 4_000_000


def changes(old: str, new: str) -> Iterator[tuple[bool, str, str]]:
    """Yield stretches of two texts, each with whether it is the same in both; words where lines differ."""
    for is_same, was, now in _stretches(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        left, right = re.findall(r"\S+|\s+", was), re.findall(r"\S+|\s+", now)
        if is_same or len(left) * len(right) > MOST_COMPARED:
            yield is_same, was, now
        else:
            yield from _stretches(left, right)


def _stretches(left: list[str], right: list[str]) -> Iterator[tuple[bool, str, str]]:
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag == "equal", "".join(left[a:b]), "".join(right[c:d])
