"""The library shelf by shelf."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from core.audit.words import Change, history
from studies.models import Category, Document


def by_shelf(documents: Any) -> list[tuple[Category | None, list[Document]]]:
    """Return documents on the shelves they stand on, in order, at the end what stands on none; two queries.

    A shelf that holds none of them is left out.
    """
    held = defaultdict(list)
    for document in documents:
        held[document.category_id].append(document)
    shelves: Any = [(shelf, held[shelf.pk]) for shelf in Category.objects.all() if held[shelf.pk]]
    return [*shelves, *([(None, held[None])] if held[None] else [])]


def history_of(document: Document) -> list[Change]:
    """Return what was done to a document, newest first; a file is told by that, not by how it is stored."""
    changes = history(document)
    for word in (word for change in changes for word in change.words if word["name"] == "attachment_id"):
        word |= {side: _("a file") if word[side] else "" for side in ("old", "new")}
    return changes
