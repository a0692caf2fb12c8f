"""Czech birth numbers in a text: nobody is to write one where others read it."""

import re
from collections.abc import Iterator

from stdnum.cz import bankaccount, rc

# Written in one, with a slash, a dash or a space, and with the date's own parts apart.
_BIRTH_NUMBER = re.compile(r"(?<![\d-])(\d{2} ?\d{2} ?\d{2})(\s?[/–-]\s?|\s?)(\d{3,4})(?![\d/])")


def birth_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield birth numbers: with a slash the shape is enough (if it is no account), else the digits decide."""
    for match in _BIRTH_NUMBER.finditer(text):
        date, middle, ending = match[1].replace(" ", ""), match[2].strip(), match[3]
        is_account = bankaccount.is_valid(f"{date}/{ending}")
        if rc.is_valid(date + ending) or (middle == "/" and not is_account):
            yield match.span()


def has_birth_number(text: str) -> bool:
    """Tell whether a text holds a valid Czech birth number, however it is written."""
    return any(rc.is_valid(re.sub(r"\D", "", text[start:end])) for start, end in birth_numbers(text))
