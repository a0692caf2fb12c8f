"""Whether a text holds a Czech birth number: nobody is to write one where others read it."""

import re

from stdnum.cz import rc

_BIRTH_NUMBER = re.compile(r"(?<!\d)\d{6}\s?/?\s?\d{3,4}(?!\d)")


def has_birth_number(text: str) -> bool:
    """Tell whether a text holds a valid Czech birth number, with a slash or without."""
    return any(rc.is_valid(found) for found in _BIRTH_NUMBER.findall(text))
