"""The texts of the guided page in one of its four readings, and how they are written."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.templatetags.ui import DATE_FORMATS
from shsp.help.content import Content, shipped

UKRAINIAN_DAY = "j\u00a0E\u00a0Y\u00a0року"
# Czech words inside another language, a number to call, the end of a sentence.
MARKS = re.compile(r"\[(?P<czech>[^]]+)\]|\{(?P<number>[^}]+)\}|(?P<end>(?<=[.!?]) )")


@dataclass(frozen=True)
class Reading:
    """One way to read the page: its key in the texts, its language, its own name and its address."""

    key: str
    language: str
    name: str
    page: str
    places: str


READINGS = {
    reading.key: reading
    for reading in (
        Reading("cs", "cs", "Česky", "help-now", "help-places"),
        Reading("easy", "cs", "Snadné čtení", "help-easy", "help-easy-places"),
        Reading("en", "en", "English", "help-now", "help-places"),
        Reading("uk", "uk", "Українська", "help-ukrainian", "help-ukrainian-places"),
    )
}


class Texts:
    """All texts in one reading, those that the portal ships where no others are given.

    A template asks for `texts.title`.
    """

    def __init__(self, reading: Reading, content: Content | None = None) -> None:
        self.reading, self._content = reading, content or shipped()

    def part(self, name: str) -> Any:
        """Return one part of the texts in all readings: "cards", "situations", "soon"…"""
        return self._content[name]

    def __getitem__(self, key: str) -> SafeString:
        return self.marked(self.part("words")[key])

    def of(self, text: dict[str, str]) -> str:
        """Return a text of the data in this reading, its marks with it."""
        return text[self.reading.key]

    def marked(self, text: dict[str, str]) -> SafeString:
        """Return a text as HTML: Czech words say so, numbers can be called, easy sentences stand alone."""
        words, parts, at = self.of(text), [], 0
        for mark in MARKS.finditer(words):
            parts.append((words[at : mark.start()], self._drawn(mark)))
            at = mark.end()
        return format_html_join("", "{}{}", [*parts, (words[at:], "")])

    def _drawn(self, mark: re.Match[str]) -> str:
        if mark["czech"]:
            return format_html('<span lang="cs">{}</span>', mark["czech"])
        if mark["number"]:
            return format_html('<a href="{}">{}</a>', telephone(mark["number"]), nbsp_in(mark["number"]))
        return SafeString("<br> ") if self.reading.key == "easy" else " "

    def plain(self, key: str) -> str:
        """Return a label without marks, for where no HTML may stand."""
        return re.sub(r"[]\[{}]", "", self.of(self.part("words")[key]))

    def day(self, as_of: str) -> str:
        """Return "2024-02-05", "2024-02" or "2024" in words of the reading; "" where it is not known."""
        year, *rest = as_of.split("-")
        if not rest:
            return year
        if len(rest) == 1:
            return f"{int(rest[0])}/{year}"
        language = self.reading.language
        with translation.override(language):
            return date_format(date.fromisoformat(as_of), DATE_FORMATS.get(language, UKRAINIAN_DAY))


def telephone(number: str) -> str:
    """Return the address that calls a number."""
    return "tel:" + number.replace(" ", "").replace("\u00a0", "")


def nbsp_in(number: str) -> str:
    """Return a number that is not broken at the end of a line."""
    return number.replace(" ", "\u00a0")
