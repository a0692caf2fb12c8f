"""The same content as the public page of a report as a PDF that a screen reader can read."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.documents import markdown
from core.documents.pdf import setting
from core.documents.pdf.nodes import nodes
from core.documents.pdf.setting import CannotMake, Form, titled
from core.files import attachments
from core.outbox import mail
from core.templatetags.ui import day
from visits.models import ReportEdition, ReportFile, ReportSection
from visits.reports import queries

PROGRAM = Path(__file__).parent / "data" / "report.typ"

__all__ = ["CannotMake", "keep", "made"]


def keep(edition: ReportEdition) -> None:
    """Make the PDF of a published edition and store it; raises CannotMake.

    What another worker has stored meanwhile stays, and ours is thrown away.
    """
    name = f"{edition.document.slug}-{edition.number}.pdf"
    with setting.stored(made(edition), name) as file, transaction.atomic():
        pdf = attachments.record(file, by=None)
        rows = ReportEdition.objects.without_pdf().filter(pk=edition.pk)
        if not rows.update(pdf=pdf, pdf_failed_at=None):
            attachments.remove(pdf)


def made(edition: ReportEdition, *, form: Form = "pdf") -> Any:
    """Return an edition as a PDF (or its pages as pictures, in the `form` "png"); raises CannotMake."""
    edition.with_parts()
    files: dict[str, bytes] = {}
    with override("cs"):
        content = _content(edition, _pictures(edition, files))
    return setting.made(PROGRAM, content, files, at=edition.published_at or timezone.now(), form=form)


def _pictures(edition: ReportEdition, files: dict[str, bytes]) -> dict[int, dict[str, Any]]:
    """Put the photos into `files`; return how each is shown, by its number. Raises CannotMake."""
    found = {}
    for row in edition.files.all():
        if not row.is_photo or not row.is_public:
            continue
        alternative = row.alternative or row.caption or _("Photo")
        picture = setting.picture_of(row.attachment, alternative=alternative, caption=row.caption)
        if picture:
            found[row.pk], content = picture
            files[found[row.pk]["file"]] = content
    return found


def _content(edition: ReportEdition, pictures: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Return all that is shown, as plain data."""
    sections = list(edition.sections.all())
    files: list[ReportFile] = list(edition.files.all())

    def photos_of(section: int | None) -> list[dict[str, Any]]:
        return [pictures[row.pk] for row in files if row.pk in pictures and row.section_id == section]

    return {
        "title": titled(edition.in_language("title", "cs")),
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
                "heading": titled(row.heading),
                "item": queries.item_line(row.item) if row.item else "",
                "text": nodes(row.text),
                "photos": photos_of(row.pk),
            }
            for row in sections
        ],
        "photos": photos_of(None),
        "answers": [
            {"question": titled(row.wording), "text": nodes(row.text, below=2)}
            for row in edition.answers.all()
        ],
        "figures": [{"text": row.text, "source": row.source} for row in edition.figures.all()],
        "lessons": [
            {
                "title": titled(row.title),
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
        "english_title": titled(edition.in_language("title", "en")),
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
