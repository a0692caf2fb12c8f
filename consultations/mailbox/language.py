"""Which of the portal's languages a text is written in."""

import re
from pathlib import Path

import yaml

_SHORT_WORDS: dict[str, str] = yaml.safe_load(
    (Path(__file__).parent / "data" / "short_words.yaml").read_text(encoding="utf-8")
)
_ENGLISH, _CZECH = (frozenset(_SHORT_WORDS[language].split()) for language in ("en", "cs"))


def language_of(text: str) -> str:
    """Return "en" for what is clearly English, otherwise "cs"."""
    words = re.findall(r"[^\W\d_]+", text[:5000].lower())
    english, czech = (sum(word in known for word in words) for known in (_ENGLISH, _CZECH))
    return "en" if english >= 2 and english > 2 * czech else "cs"
