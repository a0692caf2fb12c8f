"""Texts of LibreOffice, read by odfdo."""

from io import BytesIO
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from odfdo import Document, Element

from studies.imports.manuscript import BROKEN, CannotRead, Manuscript, Picture, check_size, manuscript_of

PICTURES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
}  # fmt: skip
# Signs that no text has, around what stands for a note or a picture while the rest is read.
OPENED, CLOSED = "\ue000", "\ue001"


def read(file: BinaryIO) -> Manuscript:
    """Return the text of an ODT; raises CannotRead."""
    check_size(file, "content.xml")
    lost: list[str] = []
    try:
        document = Document(BytesIO(file.read()))
        body: Any = document.body
        notes = _marked_notes(body)
        pictures = _marked_pictures(document, body, lost)
        text = str(document.to_markdown())
    except BROKEN as error:
        raise CannotRead(_("The file cannot be read as a text of LibreOffice.")) from error
    for number, note in enumerate(notes, 1):
        text = text.replace(f"{OPENED}note{number}{CLOSED}", f"[^{number}]")
        text += f"\n\n[^{number}]: {note}"
    for picture in pictures:
        text = text.replace(f"{OPENED}{picture.key}{CLOSED}", f"\n\n![](figure:{picture.key})\n\n")
    return manuscript_of(text, pictures, lost)


def _marked_notes(body: Any) -> list[str]:
    """Put a mark in the place of each note; return what the notes say, in their order."""
    said = []
    for number, note in enumerate(body.get_elements("descendant::text:note"), 1):
        inner = note.get_element("text:note-body")
        said.append(" ".join((inner.text_recursive if inner else "").split()))
        _replace(note, f"{OPENED}note{number}{CLOSED}")
    return said


def _marked_pictures(document: Any, body: Any, lost: list[str]) -> list[Picture]:
    """Put a mark in the place of each picture; return those of kinds that are shown here."""
    found: list[Picture] = []
    for frame in body.get_elements("descendant::draw:frame"):
        image = frame.get_element("draw:image")
        if image is None:
            continue
        address = str(image.get_attribute("xlink:href") or "").removeprefix("./")
        kind = PICTURES.get(address.rpartition(".")[2].lower())
        content = document.get_part(address) if address.startswith("Pictures/") and kind else None
        if content is None or kind is None:
            ending = address.rpartition(".")[2] or "?"
            lost.append(_("A picture of the kind %(kind)s: draw it anew as PNG.") % {"kind": ending})
            _replace(frame, "")
            continue
        described = frame.get_element("svg:desc") or frame.get_element("svg:title")
        alternative = described.text_recursive.strip()[:500] if described else ""
        found.append(Picture(f"obr-{len(found) + 1}", content, kind, alternative))
        _replace(frame, f"{OPENED}{found[-1].key}{CLOSED}")
    return found


def _replace(element: Any, words: str) -> None:
    span = Element.from_tag("text:span")
    span.text = words
    span.tail = element.tail
    element.parent.replace_element(element, span)
