"""The lists of words and endings by which the detector tells a name or an address: data/word_lists.yaml."""

from functools import lru_cache
from pathlib import Path

import yaml


def listed(*names: str) -> frozenset[str]:
    """Return the words of one list, or of several together."""
    return frozenset(word for name in names for word in _lists()[name].split())


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    file = Path(__file__).parent / "data" / "word_lists.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))
