"""The forms of every document: its text, made of the model's own fields, and what is said of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field
from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from modeltranslation.manager import get_translatable_fields_for_model

from core.audit.terms import KeptTerm
from core.detector.finds import Find
from core.detector.forms import CheckedForm
from core.documents import markdown
from core.documents.models import Edition
from core.forms.fields import UNSEEN, DayField, LineField, PlainTextField, RowsField, SeenField
from core.forms.layouts import sent_by
from core.forms.own_words import TermField, TermsField
from core.templatetags.ui import day
from core.views.paging import whole_number


@dataclass(frozen=True)
class Section:
    """Fields that stand together under a heading, those of a pair in one row.

    A text in two languages is its Czech one here. What is folded opens when there is something in it.
    """

    legend: str | Promise
    names: tuple[str | tuple[str, str], ...]
    help: str | Promise = ""
    is_folded: bool = False
    template: str = "documents/fields.html"

    @property
    def rows(self) -> list[tuple[str, ...]]:
        return [name if isinstance(name, tuple) else (name,) for name in self.names]


class DocumentForm(forms.Form):
    """One edition of a document. Czech is the main text; English is whole or left out.

    A subclass names its model, and its fields in `sections`: each becomes a form field by what the model says
    of it, with its line in `helps` and `rows`, unless the class declares another. What stands in
    `optional_english` may be left out of an English text; `radios` are chosen by radio buttons.
    """

    model: type[Edition]
    sections: tuple[Section, ...] = ()
    helps: dict[str, str | Promise] = {}
    rows: dict[str, int] = {}
    radios: tuple[str, ...] = ()
    optional_english: tuple[str, ...] = ()

    version = SeenField(required=False)

    def __init__(self, *args: Any, edition: Edition | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.edition = edition
        for name in self.names:
            for column in self.columns_of(name):
                if column not in self.fields:
                    self.fields[column] = self._field(name, column)
        if edition and edition.number > 1:
            self._ask_what_has_changed()

    @property
    def names(self) -> list[str]:
        return [name for section in self.sections for row in section.rows for name in row]

    @property
    def translated(self) -> list[str]:
        """Those of them that exist in two languages."""
        known = get_translatable_fields_for_model(self.model) or []
        return [name for name in self.names if name in known]

    def columns_of(self, name: str) -> list[str]:
        return [f"{name}_cs", f"{name}_en"] if name in self.translated else [name]

    def _field(self, name: str, column: str) -> forms.Field:
        is_english = column.endswith("_en")
        found = self.model._meta.get_field(name)
        label = capfirst(found.verbose_name)
        options = {
            "label": in_english(label) if is_english else label,
            "required": not (found.blank or found.null or is_english),
            "help_text": self.helps.get(column if is_english else name, ""),
        }
        return self._field_of(found, options)

    def _field_of(self, found: models.Field, options: dict[str, Any]) -> forms.Field:
        if isinstance(found, models.ManyToManyField):
            rows, widget = found.related_model._default_manager.all(), forms.CheckboxSelectMultiple
            several = TermsField if issubclass(found.related_model, KeptTerm) else RowsField
            return several(rows, to_field_name="slug", widget=widget, **options)
        nothing = _("choose") if options["required"] else _("does not matter")
        if isinstance(found, models.ForeignKey):
            rows = found.related_model._default_manager.all()
            one = TermField if issubclass(found.related_model, KeptTerm) else forms.ModelChoiceField
            return one(rows, to_field_name="slug", empty_label=nothing, **options)
        if found.choices and found.name in self.radios:
            return forms.ChoiceField(choices=found.choices, widget=forms.RadioSelect, **options)
        if found.choices:
            return forms.ChoiceField(choices=[("", nothing), *found.choices], **options)
        if isinstance(found, models.DateField):
            return DayField(**options)
        if isinstance(found, models.TextField):
            options["validators"] = [markdown.check_links] if self.model.is_marked_up(found.name) else []
            return PlainTextField(rows=self.rows.get(found.name, 5), max_length=found.max_length, **options)
        return LineField(max_length=found.max_length, **options)

    def _ask_what_has_changed(self) -> None:
        label = _("What has changed")
        minor = _("A minor change: it needs no note, and nobody is told")
        self.fields["is_minor"] = forms.BooleanField(label=minor, required=False)
        self.fields["change_note_cs"] = LineField(
            label=label,
            help_text=_("The public reads it."),
            max_length=300,
            required=not self["is_minor"].value(),
            error_messages={"required": _("Write what has changed since the last edition.")},
        )
        self.fields["change_note_en"] = LineField(label=in_english(label), max_length=300, required=False)

    @classmethod
    def initial_of(cls, edition: Edition) -> dict[str, Any]:
        return {**edition.words(), "version": edition.version}

    @property
    def parts(self) -> Iterator[tuple[Section, list[list[forms.BoundField]]]]:
        """The sections, each with its fields row by row, in Czech where there are two languages."""
        for section in self.sections:
            yield section, [fields for row in section.rows for fields in self.fields_of(row)]

    def fields_of(self, row: tuple[str, ...]) -> list[list[forms.BoundField]]:
        """Return the rows of the form for a row of a section."""
        return [[self[self.columns_of(name)[0]] for name in row]]

    @property
    def english(self) -> list[forms.BoundField]:
        return [self[f"{name}_en"] for name in self.translated]

    @property
    def has_english(self) -> bool:
        return any(bound.value() or bound.errors for bound in self.english)

    @property
    def note(self) -> list[forms.BoundField]:
        """The fields of what has changed; none in a first edition."""
        names = ("change_note_cs", "change_note_en", "is_minor")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Nothing is in English alone, and English is whole or left out."""
        cleaned = super().clean()
        for name in self.translated:
            if cleaned.get(f"{name}_en") and not cleaned.get(f"{name}_cs"):
                self.add_once(f"{name}_cs", _("Write this in Czech, too: it is the main text."))
        whole = [name for name in self.translated if name not in self.optional_english]
        is_in_english = any(cleaned.get(f"{name}_en") for name in whole)
        for name in whole:
            if is_in_english and cleaned.get(f"{name}_cs") and not cleaned.get(f"{name}_en"):
                both = _("Write this in English too, or leave all English fields empty.")
                self.add_once(f"{name}_en", both)
        return cleaned

    def add_once(self, name: str, error: Any) -> None:
        """Say what is wrong with a field, unless something is said of it already."""
        if name not in self.errors:
            self.add_error(name, error)

    def to_words(self) -> dict[str, Any]:
        """Return what was written as words() of an edition has it: rows as lists."""
        words = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {
            name: list(word) if isinstance(word, models.QuerySet) else word for name, word in words.items()
        }

    def typed(self) -> dict[str, list[str]]:
        """Return what stands in the fields as it was sent, right or wrong, to be kept."""
        names = [name for name in self.fields if name in self.data]
        return {name: [UNSEEN.sub("", value) for value in self.data.getlist(name)] for name in names}

    @property
    def seen_version(self) -> int:
        """The version of the edition on which a valid form was written."""
        return self.cleaned_data["version"] or 0

    def is_older_than_saved_by(self, writer: Any) -> bool:
        """Tell whether the writer has saved the text since the form was shown, here or in another window."""
        seen, edition = whole_number(self.data.get("version")), self.edition
        return bool(edition and seen and edition.saved_by_id == writer.pk and seen < edition.version)

    def initial_from(self, typed: dict[str, list[str]]) -> dict[str, Any]:
        """Return what typed() gave as what the form shows."""
        several = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
        lists = {name for name, field in self.fields.items() if isinstance(field, several)}
        return {name: values if name in lists else values[-1] for name, values in typed.items() if values}

    def differences(self, before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
        """Return what differs between two texts of words(): the label of each field, and both in words."""
        told = [
            (name, self.display(name, before.get(name)), self.display(name, after[name])) for name in after
        ]
        changed = [(self.label_of(name), was, now) for name, was, now in told if was != now]
        return [{"label": label, "before": was, "after": now} for label, was, now in changed]

    def facts(self, words: dict[str, Any]) -> list[tuple[str, str]]:
        """Return what stands beside the text of words(): the label of each field, and its value in words."""
        texts = {column for name in self.translated for column in self.columns_of(name)}
        names = [name for name in self.names if name not in texts and name in words and name != "review_on"]
        return [(self.label_of(name), self.display(name, words[name])) for name in names]

    def label_of(self, name: str) -> str:
        return str(self.fields[name].label) if name in self.fields else name

    def display(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(self.display(name, one) for one in value)
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, date):
            return day(value)
        choices = getattr(self.fields.get(name), "choices", ()) if isinstance(value, str) else ()
        return "" if value is None else str(dict(choices).get(value, value))


def in_english(label: str | Promise) -> Promise:
    """Return the label of a field for its English text."""
    return format_lazy("{} {}", label, _("(in English)"))


class RemarkForm(forms.Form):
    """What the second person sends a text back with."""

    version = SeenField()
    remark = PlainTextField(label=_("What is to be mended"), rows=4, max_length=1000)


class PlanForm(forms.Form):
    """When a text is to be published by itself."""

    version = SeenField()
    at = forms.DateTimeField(
        label=_("Publish by itself at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class WithdrawForm(CheckedForm):
    """Why a text is taken away; the public reads it, so it is looked through as the text was."""

    checked = ("reason", "reason_en")

    version = SeenField()
    reason = LineField(
        label=_("Why it is withdrawn, in Czech"),
        max_length=300,
        help_text=_("The address of the text will say it. Write no personal data."),
    )
    reason_en = LineField(label=_("Why it is withdrawn, in English"), max_length=300, required=False)

    def __init__(self, *args: Any, find: Callable[[dict[str, str]], list[Find]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.find = find
        self.look_through()


class CareForm(forms.Form):
    """Who looks after a document."""

    owner = forms.ModelChoiceField(label=_("Looked after by"), queryset=None, required=False)
    deputy = forms.ModelChoiceField(label=_("Deputy"), queryset=None, required=False)

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.queryset, field.empty_label = people, _("nobody")


class MistakeForm(forms.Form):
    """What a reader finds wrong. `website` is a trap for programs: people do not see it."""

    mistake = PlainTextField(
        label=_("What is wrong?"),
        rows=6,
        max_length=2000,
        help_text=_(
            "Write what is not right and, if you know it, where it is written. "
            "Do not write about your own case: ask us a question instead."
        ),
        error_messages={"required": _("Write what is wrong.")},
    )
    website = forms.CharField(required=False)

    @property
    def helper(self) -> FormHelper:
        trap = Field("website", template="components/trap.html")
        return sent_by("send", _("Send"), "mistake", trap, by_keys=False)
