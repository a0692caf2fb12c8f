"""A programme and its phases, as officials and the desk write them."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import number_format
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents import markdown
from core.forms import fields
from core.templatetags.ui import filesize
from municipalities.choices import EXPLAINED, Approach, Ethos
from municipalities.models import Programme, ProgrammePhase
from municipalities.programmes.actions import phases as phase_actions
from municipalities.programmes.actions import programmes as actions

LONGEST_NOTE = 1000
MOST_HOMES = 1_000_000

_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,2})?")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")


class MoneyField(forms.CharField):
    """An amount in Czech crowns: 14 605 116,50 or 14,605,116.50; empty is not known."""

    default_error_messages = {"amount": _("Write an amount in crowns, for example 14 605 116,50.")}

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(max_length=30, required=False, widget=widget, **options)

    def clean(self, value: Any) -> Decimal | None:
        """Return the amount or None; raises ValidationError when it is none."""
        text = re.sub(r"\s|Kč|CZK", "", super().clean(value))
        if not text:
            return None
        if _GROUPED.fullmatch(text):
            text = re.sub(r"[.,]", "", text)
        elif "," in text and "." in text:
            text = text.replace(",", "")
        text = text.replace(",", ".")
        if not text.isascii() or not _AMOUNT.fullmatch(text):
            raise ValidationError(self.error_messages["amount"], code="amount")
        return Decimal(text).quantize(Decimal("0.01"))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        places = 0 if value == value.to_integral_value() else 2
        return number_format(value, decimal_pos=places, force_grouping=True)


class KnownDateField(fields.PartialDateField):
    """A date as far as it is known, kept as its text: "2017-03"."""

    def clean(self, value: Any) -> str:
        return str(super().clean(value) or "")


side_by_side = partial(Div, css_class="grid-2")


class Folded(Div):
    """Fields under a heading that unfolds them."""

    template = "municipalities/programmes/folded.html"

    def __init__(self, legend: Any, *fields: str, is_open: bool, css_id: str = "") -> None:
        super().__init__(*fields, css_id=css_id)
        self.legend, self.is_open = legend, is_open


def in_both(labels: Mapping[str, Any]) -> dict[str, Any]:
    """Return the labels of columns that are written in Czech and in English, by what is asked for in them."""
    words = {"cs": _("in Czech"), "en": _("in English")}
    return {
        f"{name}_{code}": format_lazy("{}, {}", label, word)
        for name, label in labels.items()
        for code, word in words.items()
    }


def field_of(column: models.Field, **options: Any) -> forms.Field:
    """Return the field that a column of a programme or of one of its phases is written in."""
    is_required = column.name in REQUIRED
    if column.name in CHOICES:
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            choices=CHOICES[column.name], widget=boxes, required=False, **options
        )
    if column.name in DATES:
        return KnownDateField(required=False, **options)
    if isinstance(column, models.DecimalField):
        return MoneyField(**options)
    if isinstance(column, models.JSONField):
        return fields.LinesField(**options)
    if isinstance(column, models.PositiveIntegerField):
        # Empty is not known, nought is known.
        return fields.WholeNumberField(min_value=0, max_value=MOST_HOMES, required=False, **options)
    if isinstance(column, models.CharField):
        return fields.LineField(max_length=column.max_length, required=is_required, **options)
    rows, longest = TEXTS.get(column.name.removesuffix("_cs").removesuffix("_en"), (2, LONGEST_NOTE))
    validators = [markdown.check_links] if column.name.startswith("public_text") else []
    return fields.PlainTextField(
        rows=rows, max_length=longest, required=is_required, validators=validators, **options
    )


REQUIRED = ("name_cs", "title_cs", "source")
CHOICES = {"approaches": [(key, EXPLAINED[key]) for key in Approach], "ethos": Ethos.choices}
DATES = ("start", "end", "concept_approved")
# Rows and characters of the texts that are longer than a note.
TEXTS = {"public_text": (8, 8000), "internal_text": (8, 8000), "text": (4, 2000)}
TITLES = {"cs": _("Title in Czech"), "en": _("Title in English")}
MARKS = _("An empty line begins a paragraph, “- ” an item of a list, “## ” a heading. **bold**, *emphasis*.")
SOURCE_HELP = _(
    "Where it can be checked: an address, or a document by its name. Several: “ ; ” between them."
)


class _Form(forms.ModelForm):
    """Czech is the main text; English is added where there is one, and folded away. Empty is not known.

    `instance` is a copy, since a verb compares the row as it is with what was typed.
    """

    version = fields.SeenField(required=False)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """Return what a field shows; a kept date that cannot be read stays as it is kept."""
        value = super().get_initial_for_field(field, field_name)
        return (
            fields.partial_date_of(value) or value if isinstance(field, KnownDateField) and value else value
        )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout("version", *self.parts())
        return helper

    def parts(self) -> Iterator[Any]:
        """Yield the parts of the layout."""
        raise NotImplementedError

    def folded(self, legend: Any, *names: str, css_id: str = "") -> Folded:
        """Return fields that stay folded while they are empty and right."""
        is_open = any(self[name].value() or self.errors.get(name) for name in names)
        return Folded(legend, *names, is_open=is_open, css_id=css_id)

    def english(self, css_id: str = "") -> Folded:
        names = (name for name in self.fields if name.endswith("_en"))
        return self.folded(_("English (optional)"), *names, css_id=css_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        # As far as both are known: a year and a month of it may well be the same time.
        if start and end and end[: len(start)] < start[: len(end)]:
            self.add_error("end", _("The end comes before the beginning."))
        return cleaned


class ProgrammeForm(_Form):
    """A programme with the document of its local concept."""

    concept_file = fields.FilesField(
        most=1,
        label=_("Document of the concept"),
        help_text=_("One file of 10 MB at most. Everybody can read it once the programme is public."),
    )
    without_file = forms.BooleanField(label=_("Remove the document"), required=False)

    class Meta:
        model = Programme
        fields = actions.COLUMNS
        formfield_callback = field_of
        labels = {
            **{f"name_{code}": title for code, title in TITLES.items()},
            "registration_number": _("Registration number"),
            "start": _("Began"),
            "end": _("Ended"),
            "approaches": _("What it works with"),
            "ethos": _("Housing need by ETHOS"),
            "total_cost_czk": _("Total cost (CZK)"),
            "grant_czk": _("Grant (CZK)"),
            "eu_grant_czk": _("Grant of the European Union (CZK)"),
            "national_public_czk": _("National public money (CZK)"),
            "own_share_czk": _("Own share (CZK)"),
            "flats_count": capfirst(_("flats")),
            "households_supported": _("Households supported"),
            "concept_approved": _("When it was approved"),
            "internal_text": _("For the municipality and the Contact Centre only"),
            "source": _("Source of the facts"),
            **in_both(
                {
                    "start_note": _("Note on the beginning"),
                    "end_note": _("Note on the end"),
                    "target_groups": _("Target groups"),
                    "partners": _("Partners"),
                    "total_cost_note": _("Note on the cost"),
                    "own_share_note": _("Note on the own share"),
                    "flats_note": _("Note on the flats"),
                    "concept_title": _("Title of the local concept"),
                    "concept_note": _("Note on the concept"),
                    "public_text": _("In your own words, for everybody"),
                    "unverified": _("What is not verified"),
                }
            ),
        }
        help_texts = {
            "partners_cs": _("Organisations only, one a line."),
            "public_text_cs": MARKS,
            "internal_text": _(
                "Never shown to the public, nor to other municipalities. Write no names of tenants."
            ),
            "source": SOURCE_HELP,
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The title of some that the portal ships is not known to anybody.
        if self.instance.pk and not (self.instance.name_cs or self.instance.name_en):
            self.fields["name_cs"].required = False
        if not self.instance.concept_file:
            del self.fields["without_file"]

    @property
    def files_bound_to(self) -> str:
        return f"programme {self.instance.pk}"

    @property
    def jumps(self) -> list[tuple[str, Any]]:
        return [(part.css_id, part.legend) for part in self.parts()]

    def parts(self) -> Iterator[Fieldset | Folded]:
        yield Fieldset(
            _("The programme"),
            "name_cs",
            "registration_number",
            side_by_side("start", "end"),
            self.folded(_("Notes on the dates"), "start_note_cs", "end_note_cs"),
            "source",
            css_id="part-programme",
        )
        works_with = ("approaches", "target_groups_cs", "ethos", "partners_cs")
        yield Fieldset(_("What it works with, and for whom"), *works_with, css_id="part-approaches")
        yield Fieldset(
            _("Money"),
            side_by_side("total_cost_czk", "own_share_czk"),
            side_by_side("grant_czk", "eu_grant_czk"),
            side_by_side("national_public_czk"),
            self.folded(_("Notes on the money"), "total_cost_note_cs", "own_share_note_cs"),
            css_id="part-money",
        )
        flats = side_by_side("flats_count", "households_supported")
        yield Fieldset(_("Flats and households"), flats, "flats_note_cs", css_id="part-flats")
        concept = ("concept_title_cs", "concept_approved", "concept_note_cs", *self._file_parts())
        yield Fieldset(capfirst(_("local concept")), *concept, css_id="part-concept")
        yield Fieldset(_("Texts"), "public_text_cs", "internal_text", "unverified_cs", css_id="part-texts")
        yield self.english("part-english")

    def _file_parts(self) -> Iterator[Any]:
        if file := self.instance.concept_file:
            yield fields.Words(f"{file.name} ({filesize(file.size)})")
            yield "without_file"
        yield Field(
            "concept_file", accept=".pdf,.doc,.docx,.odt,.rtf,.txt", template="components/file_input.html"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        total = cleaned.get("total_cost_czk")
        for name in ("grant_czk", "eu_grant_czk", "national_public_czk", "own_share_czk"):
            if total is not None and cleaned.get(name) is not None and cleaned[name] > total:
                self.add_error(name, _("This is more than the total cost."))
        return cleaned

    def differences(self, current: Programme) -> list[dict[str, str]]:
        """Return where the stored programme differs from what was typed, each in words."""
        told = [
            {
                "label": str(self.fields[name].label),
                "theirs": _as_text(getattr(current, name)),
                "mine": _as_text(self.cleaned_data[name]),
            }
            for name in actions.COLUMNS
        ]
        return [one for one in told if one["theirs"] != one["mine"]]


class PhaseForm(_Form):
    """One phase of a programme."""

    class Meta:
        model = ProgrammePhase
        fields = phase_actions.COLUMNS
        formfield_callback = field_of
        labels = {
            **{f"title_{code}": title for code, title in TITLES.items()},
            "start": _("From"),
            "end": pgettext_lazy("of a time", "To"),
            "source": _("Source"),
            **in_both({"text": _("What happened in it")}),
        }
        help_texts = {"source": SOURCE_HELP}

    def parts(self) -> Iterator[Any]:
        yield from ("title_cs", side_by_side("start", "end"), "text_cs", "source", self.english())


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return "" if value is None else str(value)
