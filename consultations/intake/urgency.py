"""Whether somebody's words say that a home is being lost, so that the portal asks when.

A sentence says so when it fits a group of patterns in data/urgency.yaml, and none of those that take
it back. It is looked at in lower case and without diacritics. Too many rather than too few: whoever
is asked once too often sends the form once more.
"""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from core.search.text import fold

# So much of a text is looked at; what people write into the form is half of it at most.
MOST_READ = 20_000
DATA = Path(__file__).parent / "data" / "urgency.yaml"
SENTENCE = re.compile(r"[.!?;\n]+(?=\s|$)|\n")
# Where a pattern leaves room: up to so many words between two others.
ROOM = re.compile(r"\s*<(\d+)>\s*")
NAMED = re.compile(r"\{(\w+)\}")


def speaks_of_losing_home(*texts: str) -> bool:
    """Tell whether one of the texts says that somebody loses their home, or has none."""
    return any(_says_so(_plain(text)) for text in texts)


def _says_so(text: str) -> bool:
    # Most texts fit no group at all: then no sentence of theirs does.
    groups = [(says, unless) for says, unless in _groups() if says.search(text)]
    return any(
        says.search(sentence) and not unless.search(sentence)
        for says, unless in groups
        for sentence in SENTENCE.split(text)
    )


def _plain(text: str) -> str:
    # Without its diacritics "náš" (our) would be "nás" (us).
    # Some letters come apart into many.
    return fold(text[:MOST_READ].casefold().replace("náš", "nase"))[:MOST_READ]


@lru_cache(maxsize=1)
def _groups() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Return for each group what says that a home is lost, and what takes it back."""
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    words = {
        name: f"(?:{'|'.join(forms.split())})".replace("_", " ") for name, forms in data["words"].items()
    }
    return [(_compiled(group["says"], words), _compiled(group["unless"], words)) for group in data["groups"]]


def _compiled(lines: list[str], words: dict[str, str]) -> re.Pattern[str]:
    """Return one pattern of many lines: "musi <3> {leave}", a star stands for any ending."""
    return re.compile(f"\\b(?:{'|'.join(_pattern(line, words) for line in lines)})\\b")


def _pattern(line: str, words: dict[str, str]) -> str:
    # First the room, before blanks become whatever stands between two words.
    parts = [part.replace(" ", r"\W+") for part in ROOM.split(NAMED.sub(lambda name: words[name[1]], line))]
    spaced = parts[0]
    for room, after in zip(parts[1::2], parts[2::2], strict=True):
        spaced += rf"(?:\W+\w+){{0,{room}}}?\W+{after}"
    return spaced.replace("*", r"\w*")
