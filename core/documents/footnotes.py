"""The plain texts of a practice: paragraphs, lists, and marks such as [1] that lead to the sources.

A text is escaped before anything else is done with it; nothing in it can become HTML of its own.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from core.loading import sources_of
from core.loading.sources import in_words
from core.loading.sources import marks as marks_of

MARK = re.compile(r"\[(\d{1,3})\]")
# Typed by people, so nothing here takes an address apart.
_ADDRESS = re.compile(r"(https?://[^\s;<>\"]+)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ITEM = "- "
# An address whose domain gives mail to everybody is a person's, not an office's.
_PERSONAL = re.compile(
    r"@(?:gmail|googlemail|seznam|email|post|centrum|volny|atlas|tiscali|quick|hotmail|outlook|live|yahoo|"
    r"icloud|proton|protonmail)\.\w{2,4}\b",
    re.IGNORECASE,
)


def lines(text: str) -> list[str]:
    """Return the sources, one a line; empty lines count for nothing."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def marks(text: str) -> set[int]:
    """Return the numbers of the sources that a text points to."""
    return {int(number) for number in MARK.findall(text)}


def without_marks(text: str) -> str:
    """Return a text without its marks, for lists and for search."""
    return re.sub(r"\s*\[\d{1,3}\]", "", text).strip()


def has_personal_address(text: str) -> bool:
    """Tell whether a contact names the mail address of a private person."""
    return bool(_PERSONAL.search(text))


def render(text: str, count: int) -> SafeString:
    """Return a text as HTML; its marks from 1 to `count` are links to the sources of the page."""
    blocks = _BLANK_LINE.split(text.replace("\r\n", "\n").strip())
    return format_html_join("", "{}", ((part,) for block in blocks for part in _block(block, count)))


def _block(block: str, count: int) -> Iterator[SafeString]:
    rows = [line.strip() for line in block.split("\n") if line.strip()]
    for is_item, together in groupby(rows, key=lambda row: row.startswith(_ITEM)):
        lines = ((line(row.removeprefix(_ITEM) if is_item else row, count),) for row in together)
        if is_item:
            yield format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines))
        else:
            yield format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", lines))


def line(text: str, count: int) -> SafeString:
    """Return one line, escaped, with its marks as links."""

    def link(found: re.Match[str]) -> str:
        number = int(found[1])
        if not 1 <= number <= count:
            return found[0]
        return marks_of([number])

    return SafeString(MARK.sub(link, escape(text)))


def source_line(text: str) -> SafeString:
    """Return one line of the sources.

    An address alone is called by who speaks there; beside words it shows the whole way.
    """
    told = in_words(source) if (source := next(iter(sources_of(text)), None)) else None
    if told and told.url == text.strip():
        link = '<a href="{}" rel="noreferrer">{}</a> <span class="secondary">({})</span>'
        return format_html(link, told.url, told.name, told.with_end().site)
    link = '<a class="address" href="{0}" rel="noreferrer">{0}</a>'
    # Every second piece is an address.
    pieces = enumerate(_ADDRESS.split(text.strip()))
    shown = ((format_html(link, piece) if at % 2 else piece,) for at, piece in pieces if piece)
    return format_html_join("", "{}", shown)
