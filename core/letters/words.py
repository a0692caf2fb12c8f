"""What programs and people write around the words of a mail: data/words.yaml."""

from pathlib import Path

import yaml

WORDS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "words.yaml").read_text(encoding="utf-8")
)


def one_of(*kinds: str) -> str:
    """Return a part of a regular expression that fits any of the words of these kinds."""
    return f"(?:{'|'.join(word for kind in kinds for word in WORDS[kind])})"
