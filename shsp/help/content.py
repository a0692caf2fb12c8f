"""All texts of the guided page by their keys, "cards.own.text.uk", and the structure that they stand in.

The structure is the code's, from data/: which situation leads to which places, what a text rests on.
An edition holds texts by key, so that it says the same after a release that knows more or fewer of them.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
NAMES = ("words", "general", "situations", "soon", "cards", "lines", "facts", "sources")
READING_KEYS = ("cs", "en", "uk", "easy")
# What stands among the texts and leads somewhere.
STRUCTURE = {"slug", "key", "home"}
# Lines that were added here: lines.own-1 and so on.
OWN_LINE, MOST_OWN_LINES = "lines.own-", 20
YES = "yes"

Content = dict[str, Any]


@lru_cache
def read(name: str) -> Any:
    """Return one file of the texts that the portal ships."""
    found = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    if name == "lines":
        return [{**line, "nonstop": YES if line.get("nonstop") else ""} for line in found]
    return found


@lru_cache(maxsize=1)
def shipped() -> Content:
    """Return all that the portal ships, a file a name; not to be changed."""
    return {name: read(name) for name in NAMES}


@lru_cache(maxsize=1)
def shipped_texts() -> dict[str, str]:
    """Return each shipped text by its key; not to be changed."""
    return {key: place[name] for key, place, name in _places(shipped())}


def _places(node: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield each text as its key, what it stands in, and under which name."""
    named = node.items() if isinstance(node, dict) else enumerate(node)
    for name, value in named:
        if name in STRUCTURE:
            continue
        key = (isinstance(value, dict) and value.get("slug")) or name
        at = f"{path}.{key}" if path else str(key)
        if isinstance(value, dict) or _is_list_of_texts(value):
            yield from _places(value, at)
        elif isinstance(value, str) and isinstance(node, dict):
            yield at, node, name


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def is_text(key: str) -> bool:
    """Tell whether a key is one of a text, shipped or of a line that was added here."""
    return key in shipped_texts() or key.startswith(OWN_LINE)


def with_shipped(texts: Mapping[str, str]) -> dict[str, str]:
    """Return an edition's texts, with shipped ones where it has none, without what is no text any more."""
    return {**shipped_texts(), **texts_in(texts)}


def with_room(texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts with the empty ones of one more crisis line, while there may be one more."""
    taken = own_lines(texts)
    free = next((number for number in range(1, MOST_OWN_LINES + 1) if number not in taken), None)
    return {**texts, **(dict.fromkeys(own_line_keys(free), "") if free else {})}


def texts_in(words: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts among what was written of an edition."""
    return {key: text for key, text in words.items() if is_text(key)}


def filled(texts: Mapping[str, str]) -> Content:
    """Return what the page shows: the structure with an edition's texts, and the lines that have a number."""
    content, said = deepcopy(shipped()), with_shipped(texts)
    for key, place, name in _places(content):
        place[name] = said[key]
    lines = content["lines"] + [own_line(said, number) for number in own_lines(said)]
    content["lines"] = [line for line in lines if line["number"]]
    return content


def own_lines(texts: Mapping[str, str]) -> list[int]:
    """Return the numbers of the lines that were added here."""
    return [number for number in range(1, MOST_OWN_LINES + 1) if texts.get(f"{OWN_LINE}{number}.number")]


def own_line(texts: Mapping[str, str], number: int) -> dict[str, Any]:
    """Return a line that was added here as those of data/ are."""
    start = f"{OWN_LINE}{number}"
    line = {name: texts.get(f"{start}.{name}", "") for name in ("number", "name", "nonstop")}
    whom = {reading: texts.get(f"{start}.whom.{reading}", "") for reading in READING_KEYS}
    return {"slug": f"own-{number}", **line, "whom": whom}


def own_line_keys(number: int) -> list[str]:
    """Return the keys of a line that is added here."""
    start = f"{OWN_LINE}{number}"
    whom = [f"whom.{reading}" for reading in READING_KEYS]
    return [f"{start}.{name}" for name in ("number", "name", "nonstop", *whom)]
