"""Whether an uploaded PDF can be read by everybody: tags, language, title, and text that is no picture."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
import pypdfium2
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from lxml.etree import XMLSyntaxError

UNREADABLE = (
    pikepdf.PdfError, pikepdf.PasswordError, pypdfium2.PdfiumError, XMLSyntaxError, ValueError, TypeError,
    KeyError,
)  # fmt: skip
# So many pages are looked at for text.
MOST_PAGES = 20


class Fault(TextChoices):
    """What a PDF lacks."""

    BROKEN = "broken", _("it cannot be opened without a password, or is damaged")
    TAGS = "tags", _("it has no tags, so that a screen reader does not know headings from text")
    LANGUAGE = "language", _("it does not say in which language it is")
    TITLE = "title", _("it does not say what it is called")
    TEXT = "text", _("its pages are pictures: there is no text to read, search or copy")


def faults(file: BinaryIO) -> list[Fault]:
    """Return what a PDF lacks; empty for one that everybody can read as far as a program can tell."""
    file.seek(0)
    content = file.read()
    try:
        return [*_without_structure(content), *_without_text(content)]
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        pypdfium2.PdfiumError,
        XMLSyntaxError,
        ValueError,
        TypeError,
        KeyError,
    ):
        return [Fault.BROKEN]
    finally:
        file.seek(0)


def _without_structure(content: bytes) -> Iterator[Fault]:
    with pikepdf.open(BytesIO(content)) as document:
        root = document.Root
        marks: Any = root.get("/MarkInfo", {})
        marked = marks.get("/Marked", False)
        if not marked or "/StructTreeRoot" not in root:
            yield Fault.TAGS
        if not str(root.get("/Lang", "")).strip():
            yield Fault.LANGUAGE
        title = str(document.docinfo.get("/Title", "")).strip()
        if not title:
            with document.open_metadata() as metadata:
                title = str(metadata.get("dc:title", "")).strip()
        if not title:
            yield Fault.TITLE


def _without_text(content: bytes) -> Iterator[Fault]:
    document = pypdfium2.PdfDocument(content)
    try:
        pages = range(min(len(document), MOST_PAGES))
        if not any(_text_of(document, number) for number in pages):
            yield Fault.TEXT
    finally:
        document.close()


def _text_of(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    try:
        return text.get_text_range().strip()
    finally:
        text.close()
        page.close()
