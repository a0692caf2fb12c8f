"""What is kept of a term, and which one takes its place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models.topic import KeptTerm
from core.forms.fields import LineField, PlainTextField, SeenField
from core.forms.own_words import WordsForm


class TermForm(WordsForm):
    """The name of a term in both languages."""

    name_cs = LineField(label=_("Name in Czech"), max_length=80)
    name_en = LineField(label=_("Name in English"), max_length=80)


class TopicForm(TermForm):
    """A topic with what belongs to it."""

    description_cs = PlainTextField(
        label=_("Description in Czech"),
        max_length=300,
        rows=3,
        help_text=_("What belongs to it, in one or two sentences."),
    )
    description_en = PlainTextField(label=_("Description in English"), max_length=300, rows=3)


class MergeForm(forms.Form):
    """The term that takes the place of another."""

    version = SeenField()
    into: Any = forms.ModelChoiceField(label=_("Merge into"), queryset=None, empty_label=_("choose"))

    def __init__(self, data: Any, *, row: KeptTerm) -> None:
        super().__init__(data, initial={"version": row.version})
        field: Any = self.fields["into"]
        field.queryset = type(row).objects.in_use().exclude(pk=row.pk)
