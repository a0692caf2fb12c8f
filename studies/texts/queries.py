"""What is read of the text of a material: its contents, its chapters as they are shown, its faults."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from accounts.permissions import Permission
from core.detector import finds
from core.detector.finds import Find, Known
from core.documents.parts import markup, numbering
from core.documents.parts.checks import Fault, faults
from core.documents.parts.numbering import Picture
from studies.models import Chapter, Material, MaterialEdition, MaterialFigure, MaterialFile, MaterialText
from studies.texts import actions

# So many characters somebody reads in a minute, about 200 words.
A_MINUTE = 1300


def reading_time(length: int) -> str:
    """Return in words how long it takes to read so many characters."""
    minutes = max(1, ceil(length / A_MINUTE))
    if minutes < 90:
        words = ngettext("%(number)s minute of reading", "%(number)s minutes of reading", minutes)
        return words % {"number": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(number)s hour of reading", "about %(number)s hours of reading", hours) % {
        "number": hours
    }


def to_review(reader: User) -> tuple[str, str, QuerySet[Any]]:
    """Return what waits for the reader as a second person: its title, its list, its rows."""
    address = f"{reverse('desk-material-texts')}?to_review=on"
    return _("Texts of materials in review"), address, MaterialEdition.objects.waiting_for(reader)


def text_of(material: Material) -> MaterialText | None:
    """Return the text of a material, or None."""
    return MaterialText.objects.filter(material=material).first()


def at_desk(material: Material, user: Any) -> dict[str, Any]:
    """Return how far the text of a material is, or why none can be begun."""
    rows = MaterialEdition.objects.filter(document__material=material).select_related("document", "saved_by")
    newest = rows.order_by("-number").first()
    if newest is None:
        against = actions.reasons_against_beginning(material)
        return {"edition": None, "may_write": user.has(Permission.WRITE_MATERIAL), "reasons": against}
    chapters = list(newest.chapters.for_contents().select_related("holder"))
    return {"edition": newest, "chapters": chapters}


def published_of(material: Material, _user: Any = None) -> dict[str, Any] | None:
    """Return what the public page of a material says of its text; None while there is none."""
    edition = MaterialEdition.objects.at_address().for_page().filter(document__material=material).first()
    return told(edition) if edition else None


def told(edition: MaterialEdition) -> dict[str, Any]:
    """Return what a page tells of an edition before one opens it: chapters, how long they are, files."""
    chapters = list(edition.chapters.for_contents())
    return {
        "edition": edition,
        "chapters": [(row, chapter_url(edition, row)) for row in chapters],
        "reading_time": reading_time(sum(row.length for row in chapters)),
        "files": files_of(edition),
    }


def chapter_url(edition: MaterialEdition, chapter: Chapter) -> str:
    """Return where a chapter is read."""
    return reverse("material-chapter", args=[edition.document.slug, edition.number, chapter.slug])


def files_of(edition: MaterialEdition, *, at_desk: bool = False) -> list[dict[str, Any]]:
    """Return the files to take away as a list of files shows them."""
    rows = edition.files.select_related("attachment")
    return [_served(edition, row, at_desk=at_desk) for row in rows]


def _served(edition: MaterialEdition, row: MaterialFile, *, at_desk: bool) -> dict[str, Any]:
    public = reverse("material-edition-file", args=[edition.document.slug, edition.number, row.pk])
    url = _desk_file(edition, row) if at_desk else public
    return {
        "row": row, "name": row.name, "size": row.attachment.size, "url": url, "note": row.reason,
        **row.attachment.pictured(url),
    }  # fmt: skip


def _desk_file(edition: MaterialEdition, row: Any) -> str:
    return reverse("desk-material-text-part-file", args=[edition.document_id, row.page, row.pk])


def pictures_of(edition: MaterialEdition, *, at_desk: bool = False) -> dict[str, Picture]:
    """Return how the figures of an edition are shown, by their keys."""
    address = [edition.document.slug, edition.number]
    return {
        row.key: _picture(
            row,
            _desk_file(edition, row)
            if at_desk
            else reverse("material-edition-figure", args=[*address, row.key]),
        )
        for row in edition.figures.all()
    }


def _picture(row: MaterialFigure, url: str) -> Picture:
    return Picture(url, row.alternative, row.caption, row.source)


# Chapters as they are shown ---------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A chapter as a page shows it."""

    chapter: Chapter
    html: SafeString


def labels_of(chapters: Iterable[Chapter], url_of: Callable[[Chapter], str]) -> dict[str, numbering.Label]:
    """Return how the places of all chapters are called, at their addresses."""
    found = [(url_of(row), row.places) for row in chapters]
    with override("cs"):
        return numbering.labels(found)


def chapter_shown(edition: MaterialEdition, chapter: Chapter, chapters: Sequence[Chapter]) -> SafeString:
    """Return a chapter of an edition as readers have it at its own address; `chapters` are all of them."""
    known = labels_of(chapters, lambda row: chapter_url(edition, row))
    return _filled(chapter.text_html, chapter_url(edition, chapter), known, pictures_of(edition))


def _filled(
    html: str, url: str, known: Mapping[str, numbering.Label], pictures: Mapping[str, Picture]
) -> SafeString:
    # The words of references are a part of the text, which is Czech.
    with override("cs"):
        return numbering.shown(html, url=url, known=known, pictures=pictures)


def all_shown(edition: MaterialEdition, *, at_desk: bool = False) -> list[Shown]:
    """Return all chapters for one page: what they are called there begins with the chapter's own name."""
    chapters = list(edition.chapters.defer("text"))
    known, pictures = labels_of(chapters, lambda row: row.slug), pictures_of(edition, at_desk=at_desk)
    here = {name: replace(one, url="#" + one.url.replace("#", "-", 1)) for name, one in known.items()}
    return [
        Shown(row, numbering.on_one_page(_filled(row.text_html, row.slug, here, pictures), row.slug))
        for row in chapters
    ]


def draft_shown(chapter: Chapter, text: str) -> SafeString:
    """Return the text of a chapter as it will be read, in place of what is saved of it."""
    rows = _with_draft(chapter, text)
    known = labels_of(rows, lambda row: row.get_desk_url())
    html = markup.render(text, prefix=f"{chapter.slug}-")
    pictures = pictures_of(chapter.edition, at_desk=True)
    return _filled(html, chapter.get_desk_url(), known, pictures)


def _with_draft(chapter: Chapter, text: str) -> list[Chapter]:
    """Return all chapters of an edition for their contents, one of them with what a text holds."""
    rows = list(chapter.edition.chapters.for_contents())
    for row in rows:
        row.edition = chapter.edition
        if row.pk == chapter.pk:
            row.outline = markup.outline(text).as_json()
    return rows


# What is wrong ------------------------------------------------------------------------


def places_in(chapters: Iterable[Chapter]) -> set[str]:
    """Return the keys that references of any chapter may lead to."""
    return {place.key for row in chapters for place in row.places.places}


def faults_in(chapter: Chapter, text: str) -> list[Fault]:
    """Return what is wrong with the text of a chapter as it stands in its form."""
    known = places_in(_with_draft(chapter, text))
    figures = set(chapter.edition.figures.values_list("key", flat=True))
    return list(faults(text, known=known, figures=figures))


def dangling(edition: MaterialEdition) -> list[str]:
    """Return what the chapters refer to or show and the edition does not have, a sentence each."""
    chapters = list(edition.chapters.all())
    known, figures = places_in(chapters), {row.key for row in edition.figures.all()}
    reasons = []
    for row in chapters:
        missing = [key for key in row.places.references if key not in known]
        lost = [one.key for one in row.places.places if one.kind == "figure" and one.key not in figures]
        sentence = _("In “%(heading)s” a reference leads nowhere: #%(key)s.")
        reasons += [sentence % {"heading": row.heading, "key": key} for key in dict.fromkeys(missing)]
        sentence = _("“%(heading)s” shows a figure that is not there: %(key)s.")
        reasons += [sentence % {"heading": row.heading, "key": key} for key in dict.fromkeys(lost)]
    return reasons


def personal_data(texts: Mapping[str, str], edition: MaterialEdition) -> list[Find]:
    """Return what the check for personal data finds in texts; the authors are named on purpose."""
    signed = tuple(line.strip() for line in edition.authors.splitlines() if line.strip())
    return [replace(one, field=name) for name, text in texts.items() for one in _finds_in(text, signed)]


def _finds_in(text: str, signed: tuple[str, ...]) -> Iterable[Find]:
    found = _kept_finds(text, signed)
    # Whose contacts are public changes.
    if any(one.kind in (finds.Kind.EMAIL, finds.Kind.PHONE) for one in found):
        return finds.find({"": text}, Known(signed=signed))
    return found


@lru_cache(maxsize=512)
def _kept_finds(text: str, signed: tuple[str, ...]) -> tuple[Find, ...]:
    """Return the finds in a text: a long one takes a while, and its page looks at all of them."""
    return tuple(finds.find({"": text}, Known(signed=signed)))
