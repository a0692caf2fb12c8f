"""A text of a word processor, taken over into a draft: its chapters behind those that are there."""

from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import audit
from core.documents import actions as documents
from core.documents.parts.actions import open_draft
from core.files import attachments
from core.files.attachments import Kept
from core.files.sniffing import ENDINGS
from core.states import refuse_for
from studies.imports.manuscript import MOST_CHAPTERS, Manuscript, Picture
from studies.models import Chapter, MaterialEdition
from studies.texts.forms import slug_of


def reasons_against_taking_over(edition: MaterialEdition, *, manuscript: Manuscript) -> list[str]:
    """Return why a text cannot be taken over into an edition; empty when it can."""
    reasons = documents.reasons_against_editing(edition)
    if edition.chapters.count() + len(manuscript.chapters) > MOST_CHAPTERS:
        many = _("With these the text would have more than %(most)s chapters. Remove some of them first.")
        reasons.append(many % {"most": MOST_CHAPTERS})
    return reasons


def take_over(edition: MaterialEdition, *, manuscript: Manuscript, by: Any) -> list[Chapter]:
    """Add the chapters and pictures of a text; chapters without a word that nobody holds give way to them.

    Return the new chapters. Raises Refused when the edition is no draft, or would have too many.
    """
    refuse_for(reasons_against_taking_over(edition, manuscript=manuscript))
    fine = [one for one in manuscript.pictures if not attachments.reasons_against(_upload(one))]
    with ExitStack() as stack:
        files = stack.enter_context(attachments.kept([_upload(picture) for picture in fine]))
        return _write(edition, manuscript, list(zip(fine, files, strict=True)), by=by)


def _upload(picture: Picture) -> InMemoryUploadedFile:
    content, kind = picture.content, picture.content_type
    name = f"{picture.key}.{ENDINGS[kind][0]}"
    return InMemoryUploadedFile(BytesIO(content), "files", name, kind, len(content), None)


@transaction.atomic
def _write(
    edition: MaterialEdition, manuscript: Manuscript, pictures: list[tuple[Picture, Kept]], *, by: Any
) -> list[Chapter]:
    draft = open_draft(edition, by=by)
    refuse_for(reasons_against_taking_over(draft, manuscript=manuscript))
    draft.chapters.filter(text="", holder=None).delete()
    keys = _write_pictures(draft, pictures, by=by)
    place = draft.chapters.aggregate(last=Max("position"))["last"] or 0
    rows = []
    for number, chapter in enumerate(manuscript.chapters, place + 1):
        row = Chapter(edition=draft)
        words = {"heading": chapter.heading, "text": _renamed(chapter.text, keys), "position": number}
        row.take_over({**words, **slug_of(row, words)})
        row.save()
        row.keep_version(by)
        rows.append(row)
    audit.record("material-text.import", draft, by=by, chapters=len(rows), pictures=len(pictures))
    return rows


def _write_pictures(draft: Any, pictures: list[tuple[Picture, Kept]], *, by: Any) -> dict[str, str]:
    """Store the pictures; return the keys under which they stand here, by those that they came with."""
    taken = set(draft.figures.values_list("key", flat=True))
    place = draft.figures.aggregate(last=Max("position"))["last"] or 0
    keys = {}
    for number, (picture, file) in enumerate(pictures, place + 1):
        keys[picture.key] = key = next(one for one in _names(picture.key) if one not in taken)
        taken.add(key)
        stored = attachments.record(file, by=by)
        draft.figures.create(key=key, attachment=stored, position=number, alternative=picture.alternative)
    return keys


def _names(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}-{number}" for number in range(2, 10_000))


def _renamed(text: str, keys: dict[str, str]) -> str:
    """Return a text that shows its pictures under their keys here."""
    for old, new in sorted(keys.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(f"(figure:{old})", f"(figure:{new})")
    return text
