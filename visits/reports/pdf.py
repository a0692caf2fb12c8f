"""The same content as the public page as a PDF that a screen reader can read (PDF/UA-1).

Typst sets it. What people wrote reaches it as data, never as a part of its program, so that nothing in a
text can be run; the pictures lie beside it in a folder of its own, and it sees no other file.
"""

import json
import re
import tempfile
from collections.abc import Iterator
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
# What typst says of text that no font can show. So many such signs are found one by one; then all that are
# rare go: those but the letters of Europe and what stands between them, which its own fonts have.
UNKNOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
MOST_UNKNOWN = 6
RARE = re.compile(r"[^\x00-\u017f\u2010-\u2027\u202f-\u203a\u20ac]")
# Typst refuses longer addresses, and what lies deeper within itself than a reader could follow.
LONGEST_ADDRESS, DEEPEST = 8000, 6
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
        if not rows.update(pdf=stored, pdf_failed_at=None):
            attachments.remove(stored)


def made(edition: ReportEdition, *, form: Literal["pdf", "png"] = "pdf") -> Any:
    """Return an edition as a PDF (or its pages as pictures, in the `form` "png"); raises CannotMake."""
    edition.with_parts()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.typ").write_bytes(TEMPLATE.read_bytes())
        pictures = _put_pictures(edition, root)
        with override("cs"):
            content = _readable(_content(edition, pictures))
        options = {"format": form, "timestamp": _moment(edition)}
        options["pdf_standards"] = ["ua-1"] if form == "pdf" else []
        return _compiled(root, content, **options)


def _compiled(root: Path, content: dict[str, Any], **options: Any) -> Any:
    """Return what typst makes of the content; raises CannotMake.

    A PDF/UA has to show all of its text, and one rare sign is no reason to have none: what no font can show
    becomes a question mark. What typst cannot tag as it is becomes plain paragraphs.
    """
    data = json.dumps(content, ensure_ascii=False)
    for attempt in range(MOST_UNKNOWN + 3):
        (root / "report.json").write_text(data, encoding="utf-8")
        try:
            return typst.compile(root / "report.typ", root=root, **options)
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


def _without_frames(value: Any) -> Any:
    """Return content whose texts are nothing but paragraphs, without lists, quotes, links and emphasis."""
    if isinstance(value, dict):
        if value.get("kind") in ("paragraph", "heading"):
            words = [{"kind": "text", "text": _text(value)}]
            return {"kind": "paragraph", "inner": words}
        if value.get("kind") in ("bullets", "numbers", "quote"):
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


def _says_something(text: str) -> bool:
    """Tell whether there is anything to see in a text: more than space, and marks with nothing below them."""
    return any(category(sign)[0] not in "CMZ" for sign in text)


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
            "alternative": row.alternative or row.caption or _("Photo"),
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
        "title": _titled(edition.in_language("title", "cs")),
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
                "heading": _titled(row.heading),
                "item": queries.item_line(row.item) if row.item else "",
                "text": nodes(row.text),
                "photos": photos_of(row.pk),
            }
            for row in sections
        ],
        "photos": photos_of(None),
        "answers": [
            {"question": _titled(row.wording), "text": nodes(row.text, below=2)}
            for row in edition.answers.all()
        ],
        "figures": [{"text": row.text, "source": row.source} for row in edition.figures.all()],
        "lessons": [
            {
                "title": _titled(row.title),
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
        "english_title": _titled(edition.in_language("title", "en")),
    }


def _titled(text: str) -> str:
    """Return what a heading says; a dash for one that says nothing, which no reader could go to."""
    return text if _says_something(text) else "–"


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

    Headings go one deeper at a time, `below` a heading of that level, as a screen reader expects; a heading
    that says nothing is none.
    """
    found = _inside(markdown.tree(text, deepest=DEEPEST))
    headings = list(_headings(found))
    levels = markdown.deeper([node["level"] for node in headings], below=below)
    for node, level in zip(headings, levels, strict=True):
        node["level"] = level
    return found


def _headings(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the headings among some nodes and inside of them, in the order of reading."""
    for node in found:
        if node["kind"] == "heading":
            yield node
        else:
            yield from _headings(node.get("inner", []))


_KINDS = {
    "paragraph": "paragraph", "strong": "strong", "em": "em", "blockquote": "quote", "list_item": "item",
    "bullet_list": "bullets", "hardbreak": "break",
}  # fmt: skip


def _inside(node: SyntaxTreeNode) -> list[dict[str, Any]]:
    found = [_node(child) for child in node.children]
    return [one for one in found if one["kind"] != "heading" or _says_something(_text(one))]


def _text(node: dict[str, Any]) -> str:
    return str(node.get("text", "")) + "".join(_text(one) for one in node.get("inner", []))


def _node(node: SyntaxTreeNode) -> dict[str, Any]:
    """Return one node with all inside of it; whatever is not known is what stands in it."""
    inner = _inside(node)
    match node.type:
        case "text" | "text_special":
            return {"kind": "text", "text": node.content}
        case "heading":
            return {"kind": "heading", "level": 2 if node.tag in ("h1", "h2") else 3, "inner": inner}
        case "ordered_list":
            return {"kind": "numbers", "start": int(node.attrs.get("start", 1)), "inner": inner}
        case "link":
            return _link(str(node.attrs["href"]), inner)
        case "softbreak":
            return {"kind": "text", "text": " "}
    return {"kind": _KINDS.get(node.type, "item"), "inner": inner}


def _link(address: str, inner: list[dict[str, Any]]) -> dict[str, Any]:
    whole = mail.absolute(address) if address.startswith("/") else address
    if not markdown.is_safe_link(address) or len(whole.encode()) > LONGEST_ADDRESS:
        return {"kind": "item", "inner": inner}
    return {"kind": "link", "url": whole, "inner": inner}
