"""Programmes for tests, as forms return them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from municipalities.models import Municipality, Programme
from municipalities.programmes.actions import programmes

SECRET = "Tajná poznámka o tlumočení"


def programme_words(**changes: Any) -> dict[str, Any]:
    """Return what a person writes of a programme; the rest is not known."""
    words = {
        "name_cs": "Bydlení především",
        "start": "2025-03",
        "approaches": ["housing_first"],
        "target_groups_cs": ["rodiny s dětmi"],
        "ethos": ["roofless"],
        "partners_cs": ["Charita"],
        "public_text_cs": "Pomáháme **rodinám** s přestěhováním.",
        "internal_text": SECRET,
        "source": "usnesení zastupitelstva 5/2025",
    }
    return words | changes


def phase_words(**changes: Any) -> dict[str, Any]:
    """Return what a person writes of a phase."""
    words = {
        "title_cs": "Příprava koncepce",
        "text_cs": "Sešla se pracovní skupina.",
        "start": "2025-03",
        "end": "2025-06",
        "source": "zápis",
    }
    return words | changes


def a_document() -> SimpleUploadedFile:
    """Return the document of a local concept."""
    return SimpleUploadedFile("koncepce.txt", "Koncepce bydlení".encode())


def a_draft(place: Municipality, by: Any, **changes: Any) -> Programme:
    """Begin a programme as a person does."""
    return programmes.create(place, words=programme_words(**changes), by=by)
