"""The same content as the public page as a PDF that a screen reader can read (PDF/UA-1).

Typst sets it. What people wrote reaches it as data, never as a part of its program, so that nothing in a
text can be run; the pictures lie beside it in a folder of its own, and it sees no other file.
"""

import json
import re
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from unicodedata import category, normalize

import typst
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from markdown_it.tree import SyntaxTreeNode
from PIL import Image

from core.documents import markdown
from core.files import attachments
from core.outbox import mail
from core.templatetags.ui import day
from visits.models import ReportEdition, ReportFile, ReportSection
from visits.reports import queries

TEMPLATE = Path(__file__).parent / "data" / "report.typ"
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
# What typst says of text that no font can show, so many different ones of which are let through.
UNKNOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
MOST_UNKNOWN = 40
# An upright photo would fill a page.
WIDE, UPRIGHT = 85, 50


class CannotMake(Exception):
    """The PDF of an edition cannot be made; the message says what is in the way."""


def keep(edition: ReportEdition) -> None:
    """Make the PDF of a published edition and store it; raises CannotMake.

    What another worker has stored meanwhile stays, and ours is thrown away.
    """
    content = made(edition)
    name = f"{edition.document.slug}-{edition.number}.pdf"
    upload = InMemoryUploadedFile(BytesIO(content), "pdf", name, "application/pdf", len(content), None)
    with attachments.kept([upload]) as [file], transaction.atomic():
        stored = attachments.record(file, by=None)
        rows = ReportEdition.objects.without_pdf().filter(pk=edition.pk)
        if not rows.update(pdf=stored):
            attachments.remove(stored)


def made(edition: ReportEdition, *, form: Literal["pdf", "png"] = "pdf") -> Any:
    """Return an edition as a PDF (or its pages as pictures, in the `form` "png"); raises CannotMake."""
    edition.with_parts()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.typ").write_bytes(TEMPLATE.read_bytes())
        pictures = _put_pictures(edition, root)
        with override("cs"):
            # What joins signs into one is never shown, and hides which sign has no font.
            data = _bare(json.dumps(_content(edition, pictures), ensure_ascii=False), "Cf")
        options = {"format": form, "timestamp": _moment(edition)}
        for _attempt in range(MOST_UNKNOWN):
            (root / "report.json").write_text(data, encoding="utf-8")
            try:
                return _compiled(root, pdf_standards=["ua-1"] if form == "pdf" else [], **options)
            except typst.TypstError as error:
                data = _without(data, error)
    raise CannotMake("too many signs that no font has")


def _compiled(root: Path, **options: Any) -> Any:
    return typst.compile(root / "report.typ", root=root, **options)


def _without(data: str, error: typst.TypstError) -> str:
    """Return the data with a question mark for what no font can show; raises CannotMake for other errors.

    A PDF/UA has to show all of its text, and one rare sign is no reason to have none.
    """
    found = UNKNOWN.search(str(error))
    # What JSON itself is made of stays.
    signs = [ord(sign) for sign in found[1] if not sign.isascii()] if found else []
    left = data.translate(dict.fromkeys(signs, "?")) if signs else _bare(data, "Mn")
    if left == data:
        raise CannotMake(str(error)) from error
    return left


def _bare(data: str, kind: str) -> str:
    """Return the data without the signs of a kind of Unicode, those that can be put together first."""
    return "".join(sign for sign in normalize("NFC", data) if category(sign) != kind)


def _moment(edition: ReportEdition) -> datetime:
    return (edition.published_at or timezone.now()).astimezone(UTC).replace(microsecond=0)


def _put_pictures(edition: ReportEdition, root: Path) -> dict[int, dict[str, Any]]:
    """Put the photos into the folder; return how each is shown, by its number. Raises CannotMake."""
    found = {}
    for row in edition.files.all():
        ending = ENDINGS.get(row.attachment.content_type)
        if not row.is_photo or not row.is_public or ending is None:
            continue
        try:
            content = attachments.read_raw(row.attachment.key)
            with Image.open(BytesIO(content)) as picture:
                width, height = picture.size
        except OSError as error:
            raise CannotMake(f"the photo {row.pk} cannot be read") from error
        (root / f"photo-{row.pk}.{ending}").write_bytes(content)
        found[row.pk] = {
            "file": f"photo-{row.pk}.{ending}",
            "alternative": row.alternative,
            "caption": row.caption,
            "width": UPRIGHT if height > width else WIDE,
        }
    return found


def _content(edition: ReportEdition, pictures: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Return all that is shown, as plain data."""
    sections = list(edition.sections.all())
    files: list[ReportFile] = list(edition.files.all())

    def photos_of(section: int | None) -> list[dict[str, Any]]:
        return [pictures[row.pk] for row in files if row.pk in pictures and row.section_id == section]

    return {
        "title": edition.in_language("title", "cs"),
        "about": markdown.plain(edition.in_language("summary_html", "cs"))[:300],
        "kind": _("Report of a study visit"),
        "portal": str(_("Contact Centre for social housing")),
        "address": mail.absolute(edition.document.get_absolute_url()),
        "words": _words(),
        "facts": _facts(edition),
        "summary": nodes(edition.in_language("summary", "cs")),
        "programme": _programme(sections),
        "sections": [
            {
                "heading": row.heading,
                "item": queries.item_line(row.item) if row.item else "",
                "text": nodes(row.text),
                "photos": photos_of(row.pk),
            }
            for row in sections
        ],
        "photos": photos_of(None),
        "answers": [
            {"question": row.wording, "text": nodes(row.text, below=2)} for row in edition.answers.all()
        ],
        "figures": [{"text": row.text, "source": row.source} for row in edition.figures.all()],
        "lessons": [
            {
                "title": row.title,
                "text": [line for line in row.text.splitlines() if line.strip()],
                "whom": ", ".join(row.for_whom_labels),
            }
            for row in edition.lessons.all()
        ],
        "documents": [
            {"name": row.alternative, "url": mail.absolute(queries.file_url(edition, row))}
            for row in files
            if not row.is_photo
        ],
        "english": nodes(edition.in_language("summary", "en")),
        "english_title": edition.in_language("title", "en"),
    }


def _words() -> dict[str, str]:
    """Return what the document itself says."""
    return {
        "contents": _("Contents"),
        "summary": _("Summary"),
        "programme": _("Where we were"),
        "day": capfirst(_("day")),
        "item": _("What we saw"),
        "place": _("Place"),
        "answers": _("Questions taken along"),
        "figures": _("In figures"),
        "lessons": _("What can be taken over"),
        "for_whom": _("For whom"),
        "documents": _("Documents"),
        "photo": _("Photo"),
        "read_at": _("Read it on the web:"),
    }


def _facts(edition: ReportEdition) -> list[tuple[str, str]]:
    visit = edition.document.visit
    published = day(edition.published_at) if edition.published_at else ""
    found = [
        (_("Study visit"), visit.name),
        (_("Host"), visit.host.name if visit.host else ", ".join(visit.host_names)),
        (_("When"), visit.date_text),
        (capfirst(_("published")), published),
        (_("Edition"), str(edition.number)),
    ]
    return [(term, value) for term, value in found if value]


def _programme(sections: list[ReportSection]) -> list[list[str]]:
    """Return the day, what it was and the place of each item of which one of the two is known."""
    items = [row.item for row in sections if row.item and (row.item.on or row.item.place)]
    return [[_when(item), item.title, item.place] for item in items]


def _when(item: Any) -> str:
    """Return the day and the time of an item of the programme, as far as they are known."""
    return " ".join(
        filter(None, [day(item.on) if item.on else "", item.starts_at and f"{item.starts_at:%H:%M}"])
    )


def nodes(text: str, *, below: int = 1) -> list[dict[str, Any]]:
    """Return Markdown as data: nested nodes of a kind each.

    Headings go one deeper at a time, `below` a heading of that level, as a screen reader expects.
    """
    found = [_node(child) for child in markdown.tree(text).children]
    headings = [node for node in found if node["kind"] == "heading"]
    levels = markdown.deeper([node["level"] for node in headings], below=below)
    for node, level in zip(headings, levels, strict=True):
        node["level"] = level
    return found


_KINDS = {
    "paragraph": "paragraph", "strong": "strong", "em": "em", "blockquote": "quote", "list_item": "item",
    "bullet_list": "bullets", "hardbreak": "break",
}  # fmt: skip


def _node(node: SyntaxTreeNode) -> dict[str, Any]:
    """Return one node with all inside of it; whatever is not known is what stands in it."""
    inner = [_node(child) for child in node.children]
    match node.type:
        case "text" | "text_special":
            return {"kind": "text", "text": node.content}
        case "heading":
            return {"kind": "heading", "level": 2 if node.tag in ("h1", "h2") else 3, "inner": inner}
        case "ordered_list":
            return {"kind": "numbers", "start": int(node.attrs.get("start", 1)), "inner": inner}
        case "link":
            address = str(node.attrs["href"])
            if not markdown.is_safe_link(address):
                return {"kind": "item", "inner": inner}
            whole = mail.absolute(address) if address.startswith("/") else address
            return {"kind": "link", "url": whole, "inner": inner}
        case "softbreak":
            return {"kind": "text", "text": " "}
    return {"kind": _KINDS.get(node.type, "item"), "inner": inner}
