"""The page for people at risk as a document: all its texts in four readings, in one edition."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.urls import reverse

from core import search
from core.detector.justifications import Justification
from core.documents.models import Document, Edition
from core.privacy import About, Erase, Tags
from shsp.help.content import texts_in, with_room, with_shipped
from shsp.pages.search import found_as


class HelpText(Document):  # type: ignore[django-manager-missing]
    """The page for people at risk; there is one."""

    PRIVACY = Tags(public=Document.PUBLIC_FIELDS, internal=Document.INTERNAL_FIELDS)

    def get_absolute_url(self) -> str:
        return reverse("help-now")


class HelpEdition(Edition):
    """One edition of it: each text by its key, "cards.own.text.uk"; what leads to what is the code's."""

    document = models.ForeignKey(HelpText, on_delete=models.CASCADE, related_name="editions")
    texts = models.JSONField(default=dict)

    TITLE, LEAD = "title", "lead"
    PRIVACY = Tags(public=(*Edition.PUBLIC_FIELDS, "texts"), internal=Edition.INTERNAL_FIELDS)

    @property
    def title(self) -> str:
        return self.in_language("title", self.shown_language)

    def words(self) -> dict[str, Any]:
        """Return each text by its key, beside what is written of the frame."""
        words = super().words()
        texts = with_room(with_shipped(words.pop("texts")))
        return {**words, **texts}

    def take_over(self, words: dict[str, Any]) -> None:
        super().take_over(words)
        self.texts = {**self.texts, **texts_in(words)}

    def in_language(self, name: str, code: str) -> str:
        if name in (self.TITLE, self.LEAD):
            return self.texts[f"words.{name}.{code}"]
        return super().in_language(name, code)

    def all_texts(self) -> dict[str, str]:
        return super().all_texts() | self.texts

    def searched_texts(self) -> Iterator[str]:
        """Yield what is read; where it comes from is for looking up, not for finding."""
        yield from (text for key, text in self.texts.items() if not key.startswith("sources."))

    def searched_as(self) -> search.Document:
        """Return the page as it stands among the other pages of the portal."""
        return found_as("help-now")


class HelpJustification(Justification):
    """A find that stays in the help page."""

    edition = models.ForeignKey(HelpEdition, on_delete=models.CASCADE, related_name="justified_hits")

    PRIVACY = Tags(
        internal=Justification.INTERNAL_FIELDS, personal={"found": About("edition", Erase.DELETE_ROW)}
    )
