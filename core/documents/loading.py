"""Texts that the portal ships: the first edition, and a newer one while nobody here has begun one."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.documents.choices import State
from core.documents.kind import kind_of
from core.documents.models import Document, Edition
from core.loading import Report
from core.states import move


@transaction.atomic
def ship(document: Any, *, words: dict[str, Any], at: datetime) -> Report:
    """Publish the shipped `words`, as they stood at a moment, where they differ from the newest edition.

    Once somebody has begun an edition of their own, the document is theirs and stays as it is.
    """
    editions = list(document.editions.order_by("-number"))
    if any(edition.author_id for edition in editions):
        return Report(unchanged=1)
    before = editions[0] if editions else None
    if before and _says(before, words):
        return Report(unchanged=1)
    if before:
        move(before, State.SUPERSEDED)
    edition = shipped(document, words=words, at=at)
    edition.number = before.number + 1 if before else 1
    edition.save()
    edition.write_beside(words)
    edition.index()
    return Report(updated=1) if before else Report(created=1)


def shipped(document: Document, *, words: dict[str, Any], at: datetime) -> Any:
    """Return the shipped text as a published edition of nobody, not saved."""
    edition: Any = kind_of(document).edition(
        document=document, number=1, state=State.PUBLISHED, created_at=at, published_at=at
    )
    edition.take_over(words)
    return edition


def _says(edition: Edition, words: dict[str, Any]) -> bool:
    said = edition.words()
    return all(said.get(name) == value for name, value in words.items())
