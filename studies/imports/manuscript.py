"""What a text from a word processor becomes: chapters in the marks written here, pictures, and losses."""

import re
import zlib
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lxml.etree import XMLSyntaxError

# Of a longer text than this nobody would read a page, and no chapter would be saved.
MOST_CHAPTERS, LONGEST_CHAPTER = 80, 120_000
MOST_PICTURES = 300
# Unpacked, so much of an office document is some 1,200 pages; reading it takes a quarter of a minute.
LONGEST_XML = 6 * 1024**2
LONGEST_HEADING = 160
# What readers of office documents stumble over: archives, XML, and what is not where it should be.
BROKEN = (
    BadZipFile, zlib.error, ExpatError, XMLSyntaxError, LookupError, ValueError, TypeError, AttributeError,
    OSError, RecursionError,
)  # fmt: skip
# A line that begins a chapter, a note, and the mark of a note.
HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$")
NOTE = re.compile(r"^\[\^([\w-]+)\]:[ \t]?(.*)$")
MARK = re.compile(r"\[\^([\w-]+)\](?!:)")
FENCE = re.compile(r"^\s*(```|~~~)")
MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|[*_`]+")


class CannotRead(Exception):
    """A file cannot be read as a text; the message says why, to whoever sent it."""


@dataclass
class Picture:
    """A picture of a text: by its key the chapters show it."""

    key: str
    content: bytes
    content_type: str
    alternative: str = ""


@dataclass
class Chapter:
    """A chapter as it was read: its heading, without marks, and its text."""

    heading: str
    text: str


@dataclass
class Manuscript:
    """A text as it was read, and what of it could not be taken over: a sentence each."""

    title: str = ""
    chapters: list[Chapter] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(len(chapter.text) for chapter in self.chapters)


def check_size(file: BinaryIO, entry: str) -> None:
    """Raise CannotRead for an office document with more text than is read in a moment."""
    try:
        with ZipFile(file) as archive:
            size = archive.getinfo(entry).file_size
    except (BadZipFile, KeyError, OSError, ValueError) as error:
        raise CannotRead(_("The file cannot be read: it is damaged, or no document at all.")) from error
    finally:
        file.seek(0)
    if size > LONGEST_XML:
        raise CannotRead(_("The text is too long to be taken over at once. Divide it into several files."))


def manuscript_of(text: str, pictures: list[Picture], lost: list[str], *, title: str = "") -> Manuscript:
    """Return Markdown as chapters: one for each heading of the highest level that is there.

    Notes go with the chapters in which their marks stand. Raises CannotRead for what is empty or too long.
    """
    lines, notes = _without_notes(text.replace("\r\n", "\n").replace("\x00", ""))
    found = list(_chapters(lines))
    if not found:
        raise CannotRead(_("There is no text in the file."))
    if len(found) > MOST_CHAPTERS:
        many = _("The text has %(count)s chapters; %(most)s fit. Divide it into two materials.")
        raise CannotRead(many % {"count": len(found), "most": MOST_CHAPTERS})
    chapters = [Chapter(heading, _with_notes(body, notes)) for heading, body in found]
    for chapter in chapters:
        if len(chapter.text) > LONGEST_CHAPTER:
            long = _("The chapter “%(heading)s” is too long: %(count)s characters. Divide it by headings.")
            raise CannotRead(long % {"heading": chapter.heading, "count": len(chapter.text)})
    return Manuscript(title, chapters, _wanted(pictures, chapters, lost), lost)


def _without_notes(text: str) -> tuple[list[str], dict[str, str]]:
    """Return the lines of a text but its notes, and the notes by their marks."""
    lines: list[str] = []
    notes: dict[str, list[str]] = {}
    key = ""
    for line in text.split("\n"):
        if found := NOTE.match(line):
            key = found[1]
            notes[key] = [found[2]]
        elif key and line.startswith(("    ", "\t")):
            notes[key].append(line)
        else:
            key = key if key and not line.strip() else ""
            lines.append(line)
    return lines, {name: "\n".join(body).strip() for name, body in notes.items()}


def _chapters(lines: list[str]) -> list[tuple[str, str]]:
    """Return headings and bodies; headings below move up, so that the highest in a chapter is the second."""
    levels = [len(found[1]) for line in lines if (found := HEADING.match(line))]
    highest = min(levels, default=1)
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in lines:
        found = HEADING.match(line)
        if found and len(found[1]) == highest:
            parts.append((plain(found[2]), []))
        elif found:
            level = max(2, len(found[1]) - highest + 1)
            parts[-1][1].append(f"{'#' * min(level, 4)} {found[2]}")
        else:
            parts[-1][1].append(line)
    told = [(heading, re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip()) for heading, body in parts]
    return [
        ((heading or _("Beginning"))[:LONGEST_HEADING], body) for heading, body in told if heading or body
    ]


def plain(heading: str) -> str:
    """Return a heading without marks."""
    return MARKS.sub(lambda found: found[1] or "", heading).strip()


def _with_notes(body: str, notes: dict[str, str]) -> str:
    """Return a body with the notes whose marks stand in it."""
    wanted = dict.fromkeys(key for key in MARK.findall(body) if key in notes)
    said = [f"[^{key}]: {notes[key]}" for key in wanted]
    return "\n\n".join([body, *said]).strip()


def _wanted(pictures: list[Picture], chapters: list[Chapter], lost: list[str]) -> list[Picture]:
    """Return the pictures that some chapter shows; too many are lost, and it is said so."""
    whole = "\n".join(chapter.text for chapter in chapters)
    shown = [picture for picture in pictures if f"(figure:{picture.key})" in whole]
    if left := len(shown[MOST_PICTURES:]):
        words = ngettext("%(count)s picture was too many.", "%(count)s pictures were too many.", left)
        lost.append(words % {"count": left})
    return shown[:MOST_PICTURES]
