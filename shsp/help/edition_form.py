"""What editors write of the guided page: each of its texts a field, in parts with a page each."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.documents.forms import DocumentForm, Section
from core.forms.fields import UNSEEN
from shsp.help.checks import checks_of
from shsp.help.content import YES, texts_in
from shsp.help.outline import Part, Text, outline
from shsp.help.texts import READINGS
from shsp.models import HelpEdition

LONGEST = 1000
LETTERS_IN_ROW = 48
SPACES = re.compile(r"[ \t\r\n]+")


class TextField(forms.CharField):
    """One text of the page, in the language of its reading."""

    def __init__(self, key: str, text: str, **options: Any) -> None:
        reading = READINGS.get(key.rpartition(".")[2])
        widget: forms.Widget = forms.TextInput(attrs={"class": "form-control"})
        if reading:
            rows = 1 + len(text) // LETTERS_IN_ROW
            attributes = {"rows": rows, "class": "form-control", "lang": reading.language}
            widget = forms.Textarea(attrs=attributes)
        super().__init__(widget=widget, max_length=LONGEST, **options)

    def to_python(self, value: Any) -> str:
        """Return the text in one line; what cannot be seen is left out, unbroken spaces stay."""
        text = super().to_python(value) or ""
        return UNSEEN.sub("", SPACES.sub(" ", text)).strip()


class HelpEditionForm(DocumentForm):
    """One edition of the guided page in all readings: one `part`, "" for what is said of it, or all of it.

    What was `shown` of a part tells whether somebody has changed this very part since.
    """

    model = HelpEdition
    sections = (Section("", ("review_on",)),)
    helps = {"review_on": gettext_lazy("When somebody is to look whether it still holds.")}

    def __init__(self, *args: Any, edition: HelpEdition, part: str | None = None, **options: Any) -> None:
        super().__init__(*args, edition=edition, **options)
        self.help_edition = edition
        self.fields["review_on"].required = True
        self._said = texts_in(edition.words())
        self.outline: list[Part] = [one for one in outline(self._said) if part in (None, one.key)]
        if part:
            self.fields = {"version": self.fields["version"]}
        for one in self.outline:
            for text in one.texts:
                self.fields |= {key: self._text_field(one, text, key) for key in text.keys}
        if part is not None:
            hidden = forms.CharField(widget=forms.HiddenInput, required=False, initial=self._stands())
            self.fields["shown"] = hidden

    def _stands(self) -> str:
        """Return a mark of what stands in the fields of this part now."""
        words = self.help_edition.words()
        said = [str(words.get(name)) for name in self.fields if name not in ("version", "shown")]
        return sha256("\0".join(said).encode()).hexdigest()[:16]

    @property
    def _is_as_shown(self) -> bool:
        return "shown" in self.fields and self.data.get("shown") == self._stands()

    @property
    def seen_version(self) -> int:
        """What somebody has saved in another part since is nothing that this one would write over."""
        return self.help_edition.version if self._is_as_shown else super().seen_version

    def is_older_than_saved_by(self, writer: Any) -> bool:
        """Tell whether the writer has saved this part since it was shown."""
        return not self._is_as_shown and super().is_older_than_saved_by(writer)

    def to_words(self) -> dict[str, Any]:
        """Return what was written, by the names of the columns and the keys of the texts."""
        return {name: word for name, word in super().to_words().items() if name != "shown"}

    def _text_field(self, part: Part, text: Text, key: str) -> forms.Field:
        reading = READINGS.get(key.rpartition(".")[2]) if text.is_read else None
        label = f"{part.legend} – {text.label}" + (f" ({reading.name})" if reading else "")
        field: Any
        if key.endswith(".nonstop"):
            widget = forms.Select(attrs={"class": "form-select"})
            choices = [("", _("no")), (YES, _("yes"))]
            field = forms.ChoiceField(label=label, choices=choices, required=False, widget=widget)
        else:
            # A line goes by emptying its number; a source may speak of no day.
            is_needed = not key.startswith("lines.") and not key.endswith(".as_of")
            validators = checks_of(key, self._said[key])
            field = TextField(key, self._said[key], label=label, required=is_needed, validators=validators)
        field.text_label, field.reading_name = text.label, reading.name if reading else ""
        return field

    @property
    def parts(self) -> Iterator[tuple[Section, Any]]:
        """The texts, each with its fields in a row; and the day of the next check."""
        for part in self.outline:
            section = Section("", (), part.help, template="pages/help/edit/texts.html")
            yield section, [[self[key] for key in text.keys] for text in part.texts]
        if "review_on" in self.fields:
            yield from super().parts

    def clean(self) -> dict[str, Any]:
        """A line with a number has its name, and for whom it is in every reading."""
        cleaned = super().clean()
        for key in [key for key in self.fields if key.startswith("lines.") and key.endswith(".number")]:
            line = key.removesuffix("number")
            if not cleaned.get(key):
                continue
            for name in (f"{line}name", *(f"{line}whom.{reading}" for reading in READINGS)):
                if not cleaned.get(name):
                    self.add_once(name, _("A line with a number needs this, too."))
        return cleaned

    def display(self, name: str, value: Any) -> str:
        """Return a value in words; what an older edition had no place for was empty there."""
        return super().display(name, "" if value is None else value)

    def facts(self, words: dict[str, Any]) -> list[tuple[str, str]]:
        """Return nothing: all that is written is text."""
        return []
