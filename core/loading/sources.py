"""The numbered sources of a page: small marks beside the facts, one list at its foot in a reader's words.

What tells only how a fact reached the portal (a stored page, a repository of data, an address that
answers machines) is nothing to a reader of that page; it stands on the page of credits.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.loading import DAY, MONTH, Source, site, sources_of

_SITES = Path(__file__).parent / "data" / "sites.yaml"
_ORIGIN = re.compile(
    r"repozitář|repository|obecně znám|reference knowledge|uložen[áéý] strán|stored pages?\b|"
    r"výchozí dokument|seed document",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_FOR_MACHINES = "/wp-json/"
# Where newspapers and offices write the day, or the month, into the addresses of their pages.
_DATES = [
    (re.compile(r"/(20\d\d)/(\d\d)/(\d\d)/"), DAY),
    (re.compile(r"-(20\d\d)(\d\d)(\d\d)\.html"), DAY),
    (re.compile(r"\.A(\d\d)(\d\d)(\d\d)_"), DAY),
    (re.compile(r"/(20\d\d)[/-](\d\d)[/-]"), MONTH),
]


@dataclass(frozen=True)
class Told:
    """One source as a reader meets it: who says it, where it is read, and when it was said, if known."""

    name: str
    url: str = ""
    site: str = ""
    on: date | None = None
    precision: str = ""
    language: str = ""
    # Whether the address is one for machines, which only the page of credits shows.
    is_for_machines: bool = False

    def with_end(self) -> "Told":
        """Return it with the end of its address beside the site, to be told from another page there."""
        end = unquote(urlsplit(self.url).path.rstrip("/").rpartition("/")[2])
        return replace(self, site=f"{self.site}/…/{end[:60]}") if end else self


class Sources:
    """The sources of one page, numbered in the order in which the page is drawn.

    `written` are sources that its text numbers itself, as HTML; the others go on after them.
    """

    def __init__(self, written: Iterable[SafeString] = ()) -> None:
        self.written = list(written)
        self._numbers: dict[Told, int] = {}

    def numbers_of(self, sources: str | Iterable[Source]) -> list[int]:
        """Return the numbers of what a fact is known from; a source met again keeps its number."""
        found = sources_of(sources) if isinstance(sources, str) else sources
        told = [one for source in found if (one := in_words(source))]
        return list(dict.fromkeys(self._number(one) for one in told))

    def _number(self, told: Told) -> int:
        return self._numbers.setdefault(told, len(self.written) + len(self._numbers) + 1)

    @property
    def rows(self) -> list[tuple[int, Told]]:
        """The list at the foot, after those that the text wrote itself; pages of one site tell their ends."""
        alike = Counter((told.name, told.on) for told in self._numbers)
        return [
            (number, told.with_end() if alike[told.name, told.on] > 1 else told)
            for told, number in self._numbers.items()
        ]


def mark(number: int) -> SafeString:
    """Return the link from a fact to its source in the list at the foot."""
    link = '<a class="source-mark" href="#source-{}"><span class="visually-hidden">{} </span>{}</a>'
    return format_html(link, number, _("Source"), number)


def marks(numbers: Iterable[int]) -> SafeString:
    """Return the marks of a fact, small and above the line; nothing where it has none."""
    links = format_html_join("", "{}", ((mark(number),) for number in numbers))
    return format_html('<sup class="source-marks">{}</sup>', links) if links else SafeString("")


def in_words(source: Source) -> Told | None:
    """Return a source in a reader's words; None where it says only how the fact was gathered."""
    if not source.url:
        words = _without_origins(source.text)
        return Told(words, language=source.language) if words else None
    host = site(source.url)
    name = source.text.replace(host, name_of(host))
    if _FOR_MACHINES in source.url:
        return Told(name, site=host, is_for_machines=True)
    on, precision = _date_in(source.url)
    return Told(name, source.url, host, on, precision, source.language)


def name_of(host: str) -> str:
    """Return who speaks on a site, in the reader's language; a site nobody named is called by its own."""
    language = "en" if (get_language() or "cs").startswith("en") else "cs"
    parts = host.split(".")
    above = (".".join(parts[at:]) for at in range(len(parts)))
    return next((_sites()[name][language] for name in above if name in _sites()), host)


@lru_cache(maxsize=1)
def _sites() -> dict[str, dict[str, str]]:
    return yaml.safe_load(_SITES.read_text(encoding="utf-8"))


def _without_origins(text: str) -> str:
    text = _IN_BRACKETS.sub(lambda found: "" if _ORIGIN.search(found[1]) else found[0], text)
    return "; ".join(clause for clause in text.split("; ") if not _ORIGIN.search(clause))


def _date_in(url: str) -> tuple[date | None, str]:
    for pattern, precision in _DATES:
        if found := pattern.search(url):
            year, *rest = map(int, found.groups())
            try:
                return date(year if year > 99 else 2000 + year, *[*rest, 1][:2]), precision
            except ValueError:
                continue
    return None, ""
