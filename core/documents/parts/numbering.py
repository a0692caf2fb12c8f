"""Numbers of tables and figures through a whole edition, and the words of references to them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.documents.parts.markup import Outline


@dataclass(frozen=True)
class Picture:
    """How a figure is shown."""

    url: str
    alternative: str
    caption: str = ""
    source: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Label:
    """How a place of an edition is called, and where it is."""

    words: str
    url: str


def labels(chapters: Sequence[tuple[str, Outline]]) -> dict[str, Label]:
    """Return how the places of all chapters are called, by their keys; `chapters` are addresses and outlines.

    Tables and figures are numbered through the whole edition. Of two places with one key the first counts.
    """
    found: dict[str, Label] = {}
    counts = {"table": 0, "figure": 0}
    names = {"table": _("Table %(number)s"), "figure": _("Figure %(number)s")}
    for url, held in chapters:
        for place in held.places:
            label = Label(place.words, f"{url}#{place.key}")
            if place.kind in counts:
                counts[place.kind] += 1
                words = names[place.kind] % {"number": counts[place.kind]}
                label = Label(words, f"{url}#{place.kind}-{place.key}")
            found.setdefault(exactly(place.kind, url, place.key), label)
            if not _UNNAMED.fullmatch(place.key):
                found.setdefault(place.key, label)
    return found


# Tables without a key of their own are numbered in each chapter anew.
_UNNAMED = re.compile(r"t\d+")


def exactly(kind: str, url: str, key: str) -> str:
    """Return under which name a place of one chapter is known, whatever others have its key."""
    return f"{kind} {url} {key}"


def shown(html: str, *, url: str, known: Mapping[str, Label], pictures: Mapping[str, Picture]) -> SafeString:
    """Return the kept HTML of the chapter at `url` with its figures, numbers and references filled in."""
    html = _CAPTIONS.sub(lambda found: _with_number(found, url, known), html)
    html = _FIGURES.sub(lambda found: _with_picture(found, url, known, pictures), html)
    html = _REFERENCES.sub(lambda found: _with_words(found, known), html)
    # It was cleaned when it was kept; what is put in here is escaped.
    return SafeString(html)


def on_one_page(html: SafeString, prefix: str) -> SafeString:
    """Return a chapter for a page with others: its ids begin with `prefix`, its headings lie deeper."""
    # Ids of notes begin with it already.
    named = re.compile(rf'\b(id|aria-labelledby)="(?!{re.escape(prefix)}-(?:note|mark)-)')
    prefixed = named.sub(rf'\1="{prefix}-', html)
    return SafeString(_HEADINGS.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", prefixed))


_HEADINGS = re.compile(r"(</?h)([2-5])(?=[ >])")
_CAPTIONS = re.compile(r'<caption data-table="([a-z0-9-]+)"[^>]*>(.*?)</caption>', re.DOTALL)
_FIGURES = re.compile(r'<figure data-figure="([a-z0-9-]+)"[^>]*></figure>')
_REFERENCES = re.compile(r'<a data-ref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def _with_number(found: re.Match[str], url: str, known: Mapping[str, Label]) -> str:
    label = known.get(exactly("table", url, found[1]))
    number = label.words if label else ""
    said = (found[1], number, SafeString(found[2]))
    return format_html('<caption id="caption-{}"><strong>{}</strong> {}</caption>', *said)


def _with_picture(
    found: re.Match[str], url: str, known: Mapping[str, Label], pictures: Mapping[str, Picture]
) -> str:
    key = found[1]
    picture, label = pictures.get(key), known.get(exactly("figure", url, key))
    if picture is None:
        return format_html('<p class="missing">{}</p>', _("The figure “%(key)s” is missing.") % {"key": key})
    size = format_html(' width="{}" height="{}"', picture.width, picture.height) if picture.width else ""
    source = ""
    if picture.source:
        source = format_html(" <span>{} {}</span>", pgettext("of a figure", "Source:"), picture.source)
    caption = format_html(
        "<figcaption><strong>{}</strong> {}{}</figcaption>",
        label.words if label else "",
        picture.caption,
        source,
    )
    return format_html(
        '<figure id="figure-{}"><img src="{}" alt="{}"{} loading="lazy">{}</figure>',
        key, picture.url, picture.alternative, size, caption,
    )  # fmt: skip


def _with_words(found: re.Match[str], known: Mapping[str, Label]) -> str:
    key, words = found[1], found[2]
    label = known.get(key)
    if label is None:
        return words
    return format_html('<a href="{}">{}</a>', label.url, SafeString(words) if words else label.words)
