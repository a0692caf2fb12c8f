"""Keeping the library: a document written down, changed, put back, put away and taken up again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from core import audit, search
from core.audit import words as own_words
from core.audit.words import last_place
from core.files import attachments
from core.states import check_seen, refuse_for, verb
from studies.library.loading import found_document
from studies.models import Document


def reasons_of_role(by: User) -> list[str]:
    """Return why `by` cannot keep the library; empty when nothing stands against it."""
    return by.reasons_without(Permission.MANAGE_MATERIALS, _("Your role does not keep the library."))


def add(*, words: Mapping[str, Any], uploads: Iterable[UploadedFile] = (), by: User) -> Document:
    """Write down a document, with the copy that is kept of it, if there is one; everybody sees it at once.

    Raises Refused when `by` may not, ValidationError for a file that cannot be taken.
    """
    refuse_for(reasons_of_role(by))
    with attachments.kept(uploads) as files, transaction.atomic():
        document: Any = Document(**words, position=last_place(Document))
        document.slug = own_words.free_slug(Document, document.title_cs or document.title_en)
        document.attachment = next((attachments.record(file, by=by) for file in files), None)
        own_words.add(document, by=by)
        find_anew(document)
    return document


def change(
    document: Document,
    *,
    words: Mapping[str, Any],
    uploads: Iterable[UploadedFile] = (),
    version: int,
    by: User,
) -> bool:
    """Change what is written of a document, seen as `version`; a new file takes the place of the one before.

    What stood before stays in the history, its file too. Return whether anything differed. Raises Refused
    when `by` may not, Conflict when it changed meanwhile, ValidationError for a file that cannot be taken.
    """
    refuse_for(reasons_of_role(by))
    with attachments.kept(uploads) as files, transaction.atomic():
        check_seen(document, version)
        new = [attachments.record(file, by=by).pk for file in files]
        return _write(document, {**words, **({"attachment_id": new[0]} if new else {})}, by)


@verb(against=reasons_of_role, versioned=True)
def put_back(document: Document, *, entry: audit.AuditEntry, version: int, by: User) -> None:
    """Let what was written before a change stand again, which itself is a change.

    Raises Refused when `by` may not, Conflict when it changed meanwhile.
    """
    words, _sets = own_words.before(document, entry)
    _write(document, words, by)


@verb(against=reasons_of_role, versioned=True)
def set_in_use(document: Document, *, in_use: bool, version: int, by: User) -> None:
    """Put a document away, so that nobody finds it, or take it up again.

    Raises Refused when `by` may not, Conflict when it changed meanwhile.
    """
    own_words.set_in_use(document, in_use=in_use, by=by)
    find_anew(document)


def _write(document: Document, words: Mapping[str, Any], by: User) -> bool:
    # A text that nobody has given in a language is empty, whichever way the database says so.
    words = {name: word for name, word in words.items() if word != "" or getattr(document, name) is not None}
    if not own_words.change(document, words, by=by):
        return False
    find_anew(document)
    return True


def find_anew(document: Document) -> None:
    """Write anew how a document is found; one that was put away is not."""
    row = Document.objects.in_use().for_list().filter(pk=document.pk).first()
    if row:
        search.put_many([found_document(row)], scope=search.PUBLIC)
    else:
        search.drop("library", document.pk)
