"""The frame of a form for words that the Centre keeps: its fields are named like the columns."""

from typing import Any

from django import forms

from core.forms.fields import SeenField


class WordsForm(forms.Form):
    """Words of one row, and the version that was seen."""

    version = SeenField(required=False)

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Return what the form shows of a row."""
        return {name: getattr(row, name) for name in cls.base_fields}

    def words(self) -> dict[str, Any]:
        """Return what was typed, by the names of the columns."""
        return {name: word for name, word in self.cleaned_data.items() if name != "version"}
