"""A PDF/UA-1 made by typst of a program and of data.

What people wrote reaches typst as data, never as a part of its program, so that nothing in a text can be run;
the pictures lie beside it in a folder of its own, and it sees no other file.
"""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from unicodedata import category, normalize

import typst
from django.core.files.uploadedfile import InMemoryUploadedFile
from PIL import Image

from core.files import attachments
from core.files.attachments import Attachment

# What all programs share: the look of a page, and how each kind of node is shown.
HOUSE = Path(__file__).parent / "data" / "house.typ"
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
# What typst says of text that no font can show. So many such signs are found one by one; then all that are
# rare go: those but the letters of Europe and what stands between them, which its own fonts have.
UNKNOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
MOST_UNKNOWN = 6
RARE = re.compile(r"[^\x00-\u017f\u2010-\u2027\u202f-\u203a\u20ac]")
# How many percent of the width a picture takes; an upright one would fill a page.
WIDE, UPRIGHT = 85, 50
Form = Literal["pdf", "png"]


class CannotMake(Exception):
    """A PDF cannot be made; the message says what is in the way."""


def made(
    program: Path,
    content: dict[str, Any],
    pictures: Mapping[str, bytes],
    *,
    at: datetime,
    form: Form = "pdf",
) -> Any:
    """Return what a program makes of the content, or its pages as pictures in the `form` "png".

    `pictures` are files by the names under which the content knows them, `at` is the moment of publishing.
    Raises CannotMake.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "program.typ").write_bytes(program.read_bytes())
        (root / HOUSE.name).write_bytes(HOUSE.read_bytes())
        for name, picture in pictures.items():
            (root / name).write_bytes(picture)
        moment = at.astimezone(UTC).replace(microsecond=0)
        options = {"format": form, "timestamp": moment, "pdf_standards": ["ua-1"] if form == "pdf" else []}
        return _compiled(root, _readable(content), **options)


def _compiled(root: Path, content: dict[str, Any], **options: Any) -> Any:
    """Return what typst makes of the content; raises CannotMake.

    A PDF/UA has to show all of its text, and one rare sign is no reason to have none: what no font can show
    becomes a question mark. What typst cannot tag as it is becomes plain paragraphs.
    """
    data = json.dumps(content, ensure_ascii=False)
    for attempt in range(MOST_UNKNOWN + 3):
        (root / "data.json").write_text(data, encoding="utf-8")
        try:
            return typst.compile(root / "program.typ", root=root, **options)
        except typst.TypstError as error:
            last = error
        found = UNKNOWN.search(str(last))
        if found and attempt < MOST_UNKNOWN:
            # What JSON itself is made of stays.
            signs = [ord(sign) for sign in found[1] if not sign.isascii()]
            data = data.translate(dict.fromkeys(signs, "?")) if signs else _bare(data, "M")
        elif found:
            data = RARE.sub("?", _bare(data, "M"))
        else:
            data = json.dumps(_without_frames(json.loads(data)), ensure_ascii=False)
    raise CannotMake(str(last)) from last


def text_of(node: dict[str, Any]) -> str:
    """Return all that a node says."""
    return str(node.get("text", "")) + "".join(text_of(one) for one in node.get("inner", []))


def _without_frames(value: Any) -> Any:
    """Return content whose texts are nothing but paragraphs, without lists, quotes, links and emphasis."""
    if isinstance(value, dict):
        if value.get("kind") in ("paragraph", "heading"):
            words = [{"kind": "text", "text": text_of(value)}]
            return {"kind": "paragraph", "inner": words}
        if value.get("kind") in ("bullets", "numbers", "quote", "checklist"):
            value = {**value, "kind": "item"}
        return {name: _without_frames(one) for name, one in value.items()}
    return [_without_frames(one) for one in value] if isinstance(value, list) else value


def _readable(value: Any) -> Any:
    """Return data without what is never seen: signs that control or join others and hide what has no font."""
    if isinstance(value, str):
        return _bare(" ".join(re.split(r"\s", value)), "C")
    if isinstance(value, dict):
        return {name: _readable(one) for name, one in value.items()}
    return [_readable(one) for one in value] if isinstance(value, (list, tuple)) else value


def _bare(data: str, kind: str) -> str:
    """Return the data without the signs of a kind of Unicode, those that can be put together first."""
    return "".join(sign for sign in normalize("NFC", data) if not category(sign).startswith(kind))


def says_something(text: str) -> bool:
    """Tell whether there is anything to see in a text: more than space, and marks with nothing below them."""
    return any(category(sign)[0] not in "CMZ" for sign in text)


def titled(text: str) -> str:
    """Return what a heading says; a dash for one that says nothing, which no reader could go to."""
    return text if says_something(text) else "–"


def picture_of(
    attachment: Attachment, *, alternative: str, caption: str
) -> tuple[dict[str, Any], bytes] | None:
    """Return how a picture is shown, and its file; None for what is no picture. Raises CannotMake."""
    ending = ENDINGS.get(attachment.content_type)
    if ending is None:
        return None
    try:
        content = attachments.read_raw(attachment.key)
        with Image.open(BytesIO(content)) as picture:
            width, height = picture.size
    except OSError as error:
        raise CannotMake(f"the picture {attachment.pk} cannot be read") from error
    shown = {
        "file": f"picture-{attachment.pk}.{ending}",
        "alternative": alternative,
        "caption": caption,
        "width": UPRIGHT if height > width else WIDE,
    }
    return shown, content


@contextmanager
def stored(content: bytes, name: str) -> Iterator[attachments.Kept]:
    """Keep the file of a PDF under a name; it goes again when what is done with it fails."""
    upload = InMemoryUploadedFile(BytesIO(content), "pdf", name, "application/pdf", len(content), None)
    with attachments.kept([upload]) as [file]:
        yield file
