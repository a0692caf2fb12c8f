"""Which of the portal's languages a text is written in."""

import re

_WORD = re.compile(r"[^\W\d_]+")
# Short words that a sentence hardly does without, and that the other language has not.
_ENGLISH = frozenset(
    _WORD.findall(
        "the and of is are for we you with that this have our your please would from what how regards dear"
    )
)
_CZECH = frozenset(
    _WORD.findall(
        "je se na že jsem jsme jak dobrý dobry den prosím prosim děkuji dekuji nebo máme mame aby bych byt "
        "zdravím zda při pri jako ale také které ktere"
    )
)


def language_of(text: str) -> str:
    """Return "en" for what is clearly English, otherwise "cs"."""
    words = [word.lower() for word in _WORD.findall(text[:5000])]
    english = sum(word in _ENGLISH for word in words)
    czech = sum(word in _CZECH for word in words)
    return "en" if english >= 2 and english > 2 * czech else "cs"
