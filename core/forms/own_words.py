"""The frame of a form for words that the Centre keeps: its fields are named like the columns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.audit.terms import KeptTerm
from core.forms.fields import LineField, SeenField


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


class TermForm(WordsForm):
    """The name of a term in both languages."""

    name_cs = LineField(label=_("Name in Czech"), max_length=80)
    name_en = LineField(label=_("Name in English"), max_length=80)


class MergeForm(forms.Form):
    """The term that takes the place of another."""

    version = SeenField()
    into: Any = forms.ModelChoiceField(label=_("Merge into"), queryset=None, empty_label=_("choose"))

    def __init__(self, data: Any, *, row: KeptTerm) -> None:
        super().__init__(data, initial={"version": row.version})
        field: Any = self.fields["into"]
        field.queryset = type(row).objects.in_use().exclude(pk=row.pk)
