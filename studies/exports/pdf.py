"""The text of an edition as a PDF that a screen reader can read, made of the same chapters as the web."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.documents.parts import numbering
from core.documents.parts.markup import Outline
from core.documents.pdf import setting
from core.documents.pdf.nodes import Around, chapter_nodes, nodes
from core.documents.pdf.setting import Form, titled
from core.files import attachments
from core.outbox import mail
from core.templatetags.ui import day
from studies.exports.citations import Reference, as_text
from studies.models import MaterialEdition

PROGRAM = Path(__file__).parent / "data" / "material.typ"
# A chapter longer than this begins on a page of its own.
LONG = 3000


def keep(edition: MaterialEdition) -> None:
    """Make the PDF of a published edition and store it; raises CannotMake.

    What another worker has stored meanwhile stays, and ours is thrown away.
    """
    name = f"{edition.document.material.slug}-{edition.number}.pdf"
    with setting.stored(made(edition), name) as file, transaction.atomic():
        pdf = attachments.record(file, by=None)
        rows = MaterialEdition.objects.without_pdf().filter(pk=edition.pk)
        if not rows.update(pdf=pdf):
            attachments.remove(pdf)


def made(edition: MaterialEdition, *, form: Form = "pdf") -> Any:
    """Return an edition as a PDF (or its pages as pictures, in the `form` "png"); raises CannotMake."""
    files: dict[str, bytes] = {}
    with override("cs"):
        content = _content(edition, _pictures(edition, files))
    return setting.made(PROGRAM, content, files, at=edition.published_at or timezone.now(), form=form)


def _pictures(edition: MaterialEdition, files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """Put the pictures into `files`; return how each is shown, by its key. Raises CannotMake."""
    found = {}
    for row in edition.figures.select_related("attachment"):
        source = _("Source: %(source)s") % {"source": row.source} if row.source else ""
        caption = " ".join(filter(None, [row.caption, source]))
        # PDF/UA wants words for every picture; of one that only decorates these say so.
        alternative = row.alternative or row.caption or _("Illustration")
        picture = setting.picture_of(row.attachment, alternative=alternative, caption=caption)
        if picture:
            found[row.key], content = picture
            files[found[row.key]["file"]] = content
    return found


def _content(edition: MaterialEdition, pictures: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return all that is shown, as plain data."""
    material = edition.document.material
    chapters = list(edition.chapters.all())
    known = numbering.labels([(row.slug, Outline.of(row.outline)) for row in chapters])
    return {
        "title": titled(edition.in_language("title", "cs")),
        "about": edition.in_language("abstract", "cs")[:300],
        "kind": material.get_kind_display() or _("Expert material"),
        "portal": str(_("Contact Centre for social housing")),
        "address": mail.absolute(material.get_absolute_url()),
        "words": _words(),
        "facts": _facts(edition),
        "abstract": _lines(edition.in_language("abstract", "cs")),
        "short": nodes(edition.in_language("short_version", "cs")),
        "chapters": [
            {
                "heading": titled(row.heading),
                "authors": row.authors,
                "is-long": row.length > LONG,
                "text": chapter_nodes(row.text, Around(row.slug, known=known, pictures=pictures)),
            }
            for row in chapters
        ],
        "english_title": edition.in_language("title", "en"),
        "english": _lines(edition.in_language("abstract", "en")),
        "citation": as_text(Reference.of(edition)),
    }


def _words() -> dict[str, str]:
    """Return what the document itself says."""
    return {
        "contents": _("Contents"),
        "abstract": _("What it is about"),
        "short": _("In plain words"),
        "cite": _("How to cite:"),
        "read_at": _("Read it on the web:"),
    }


def _facts(edition: MaterialEdition) -> list[tuple[str, str]]:
    published = day(edition.published_at) if edition.published_at else ""
    found = [
        (_("Authors"), ", ".join(_lines(edition.authors))),
        (_("Publisher"), edition.publisher),
        (_("Edition"), str(edition.number)),
        (_("Published on"), published),
        ("ISBN", edition.isbn),
    ]
    return [(term, value) for term, value in found if value]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
