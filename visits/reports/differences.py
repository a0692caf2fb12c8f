"""What differs between the parts of two editions of a report, each part beside its own."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from visits.choices import Consent, ForWhom


def differences_of(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """Return the parts that are not the same in words() of two editions, with what each says."""
    if "sections" not in before or "sections" not in after:
        return []
    pairs = (pair for part in _ALIKE for pair in _pairs(part, before[part], after[part]))
    return [{"label": label, "before": was, "after": now} for label, was, now in pairs if was != now]


def _pairs(part: str, before: list[Any], after: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each part with what it said before and says now; a part that is new, or gone, beside nothing."""
    left = list(before)
    for row in after:
        alike = (one for name in _ALIKE[part] for one in left if row[name] and one[name] == row[name])
        was = next(alike, None)
        if was:
            left.remove(was)
        yield _label(part, row), _in_words(part, was), _in_words(part, row)
    yield from ((_label(part, row), _in_words(part, row), "") for row in left)


# By which words a part of one edition is known in another.
_ALIKE = {
    "sections": ("heading", "item_id"),
    "answers": ("question_id",),
    "figures": ("text", "source"),
    "files": ("attachment_id",),
    "lessons": ("lesson_id",),
}


def _label(part: str, row: dict[str, Any]) -> str:
    labels = {
        "sections": _("Section “%(name)s”"),
        "answers": _("Answer to “%(name)s”"),
        "figures": _("Figure “%(name)s”"),
        "files": _("File “%(name)s”"),
        "lessons": _("Lesson “%(name)s”"),
    }
    return labels[part] % {"name": row[_NAMES[part]]}


_NAMES = {
    "sections": "heading",
    "answers": "wording",
    "figures": "text",
    "files": "alternative",
    "lessons": "title",
}


def _in_words(part: str, row: dict[str, Any] | None) -> str:
    """Return all that a part says as one text."""
    if row is None:
        return ""
    words = [str(row[name]) for name in _SAID[part] if row[name]]
    if part == "lessons":
        words.append(", ".join(str(ForWhom(one).label) for one in row["for_whom"]))
    if part == "files" and row["consent"]:
        words.append(str(Consent(row["consent"]).label))
    return "\n\n".join(words)


_SAID = {
    "sections": ("heading", "text"),
    "answers": ("wording", "text"),
    "figures": ("text", "source"),
    "files": ("alternative", "caption"),
    "lessons": ("title", "text"),
}
