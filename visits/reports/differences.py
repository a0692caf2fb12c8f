"""How the parts of two editions of a report are compared, each beside its own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.documents.parts.differences import Compared, texts
from visits.choices import Consent, ForWhom


def _said_of_file(row: dict[str, Any]) -> str:
    consent = str(Consent(row["consent"]).label) if row["consent"] else ""
    return "\n\n".join(filter(None, [texts("alternative", "caption")(row), consent]))


def _said_of_lesson(row: dict[str, Any]) -> str:
    whom = ", ".join(str(ForWhom(one).label) for one in row["for_whom"])
    return "\n\n".join([texts("title", "text")(row), whom])


COMPARED = {
    "sections": Compared(
        ("heading", "item_id"), _("Section “%(name)s”"), "heading", texts("heading", "text")
    ),
    "answers": Compared(("question_id",), _("Answer to “%(name)s”"), "wording", texts("wording", "text")),
    "figures": Compared(("text", "source"), _("Figure “%(name)s”"), "text", texts("text", "source")),
    "files": Compared(("attachment_id",), _("File “%(name)s”"), "alternative", _said_of_file),
    "lessons": Compared(("lesson_id",), _("Lesson “%(name)s”"), "title", _said_of_lesson),
}
