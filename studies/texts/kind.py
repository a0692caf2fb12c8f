"""Texts of materials as the documents' engine knows them."""

from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from core.detector import justifications
from core.detector.finds import Find, open_finds
from core.documents.choices import State
from core.documents.filters import DeskFilter
from core.documents.kind import Check, Kind, May, Wording
from core.documents.parts.actions import who_writes
from core.documents.parts.pages import PartPage
from core.files.previews import shrunk
from core.files.sniffing import sniff
from studies.models import MaterialEdition
from studies.texts import actions, forms, queries


def finds(edition: MaterialEdition) -> list[Find]:
    """Return what the check finds in an edition and in every part of it."""
    return queries.personal_data(edition.all_texts(), edition)


def reasons_against(edition: MaterialEdition) -> list[str]:
    """Return what in a text stands against showing it: somebody writes in it, or something is missing."""
    edition.with_parts()
    found = [*_unsaid(edition), *_unfinished(edition), *queries.dangling(edition)]
    return found + actions.reasons_of_others(edition)


def _unsaid(edition: MaterialEdition) -> list[str]:
    reasons = []
    if not edition.in_language("abstract", "cs"):
        reasons.append(_("Write what it is about."))
    if not (edition.in_language("title", "en") and edition.in_language("abstract", "en")):
        reasons.append(_("Write the title and what it is about in English, too."))
    if not edition.authors.strip():
        reasons.append(_("Write who the authors are."))
    return [str(one) for one in reasons]


def _unfinished(edition: MaterialEdition) -> list[str]:
    rows = list(edition.chapters.all())
    reasons = [who_writes(row) for row in rows if row.is_held]
    if not rows:
        reasons.append(str(_("The text has no chapter.")))
    empty = [row.heading for row in rows if not row.text.strip()]
    reasons += [str(_("The chapter “%(heading)s” is empty.")) % {"heading": one} for one in empty]
    # What came from a word processor may say nothing of its pictures.
    unsaid = [row.key for row in edition.figures.all() if not (row.alternative or row.is_decorative)]
    return reasons + [str(_("Say what is on the figure “%(key)s”.")) % {"key": one} for one in unsaid]


def at_desk(request: Any, edition: MaterialEdition) -> dict[str, Any]:
    """Return what the desk's page of a text shows of its parts, and what can be done with each."""
    edition.with_parts()
    pages = {page.name: page for page in TEXTS.part_pages}
    chapters, pictures = list(edition.chapters.all()), queries.pictures_of(edition, at_desk=True)
    return {
        "material": edition.document.material,
        "may_write_parts": edition.state == State.DRAFT and request.user.has(Permission.WRITE_MATERIAL),
        "reader": request.user,
        "chapters": chapters,
        "chapter_page": pages["chapters"],
        "reading_time": queries.reading_time(sum(row.length for row in chapters)),
        "figures": [(row, pictures[row.key]) for row in edition.figures.all()],
        "files": queries.files_of(edition, at_desk=True),
    }


def beside(_request: Any, chapter: Any, standing: Any) -> dict[str, Any]:
    """Return what stands beside the form of a chapter: what is wrong in it, what may be personal data."""
    texts = {f"chapters_{chapter.pk}_{name}": standing[name] for name in ("heading", "text")}
    kept = justifications.justified(chapter.edition)
    return {
        "faults": queries.faults_in(chapter, standing["text"]),
        "hits": open_finds(queries.personal_data(texts, chapter.edition), kept),
        "figures": list(chapter.edition.figures.values_list("key", "caption")),
    }


def _light(upload: UploadedFile) -> UploadedFile:
    """Return a photo as large as a page shows it; drawings stay as sharp as they are."""
    return shrunk(upload) if sniff(upload, upload.name or "") == "image/jpeg" else upload


TEXTS = Kind(
    name="material-text",
    plural="material-texts",
    document=MaterialEdition.document.field.related_model,
    form=forms.MaterialTextForm,
    may=May(
        view=Permission.VIEW_DESK,
        write=Permission.WRITE_MATERIAL,
        approve=Permission.APPROVE_MATERIAL,
        withdraw=Permission.APPROVE_MATERIAL,
    ),
    wording=Wording(
        plural=_("Texts of materials"),
        readers=_("Expert materials"),
        edit=_("Edit the title and what stands around the chapters"),
        none=_("There is no such text"),
        none_help=_("A text is begun on the page of a material."),
        list_lead=_(
            "Manuals, handbooks and studies in the making. A text is begun on the page of a material."
        ),
        write_lead=_("Whoever writes a word of the text cannot publish it."),
    ),
    verbs=(
        "edit", "justify", "submit", "publish", "plan", "send-back", "withdraw", "new-edition", "compare",
        "look-after", "settle",
    ),
    filters=DeskFilter,
    text_template="studies/texts/desk_text.html",
    rail_template="studies/texts/desk_rail.html",
    page_context=at_desk,
    part_pages=(
        PartPage(
            name="chapters",
            rows="chapters",
            form=forms.ChapterForm,
            new_form=forms.NewChapterForm,
            new=_("Add a chapter"),
            edit=_("Chapter"),
            remove=_("Remove the chapter"),
            write=_("Write in this chapter"),
            most=100,
            following=forms.slug_of,
            beside_template="studies/texts/beside.html",
            beside=beside,
            as_read=queries.draft_shown,
        ),
        PartPage(
            name="figures",
            rows="figures",
            form=forms.FigureForm,
            new=_("Add a picture"),
            edit=_("Picture"),
            remove=_("Remove the picture"),
            most=300,
            prepared=_light,
        ),
        PartPage(
            name="files",
            rows="files",
            form=forms.MaterialFileForm,
            new=_("Add a file"),
            edit=_("File to take away"),
            remove=_("Remove the file"),
            most=30,
        ),
    ),
    readers_list="materials",
    gone_template="studies/texts/withdrawn.html",
    gone_context=lambda _request, edition: {"material": edition.document.material},
    reasons_against=reasons_against,
    check=Check(
        finds,
        lambda text, texts: queries.personal_data(texts, text.editions.order_by("-number").first()),
        where=lambda edition, one: edition.address_of(one.field),
    ),
    approvers=partial(User.objects.who_may, Permission.APPROVE_MATERIAL),
    when_public=actions.tell_published,
    when_withdrawn=actions.tell_withdrawn,
)  # fmt: skip
