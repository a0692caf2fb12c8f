"""A programme and its phases, as officials and the desk write them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents import markdown
from core.files import attachments
from core.forms.fields import (
    LineField,
    PartialDateField,
    PlainTextField,
    SeenField,
    WholeNumberField,
    Words,
    partial_date_of,
)
from core.templatetags.ui import filesize
from municipalities.choices import EXPLAINED, Approach, Ethos
from municipalities.models import Programme, ProgrammePhase
from municipalities.programmes.actions import phases as phase_actions
from municipalities.programmes.actions import programmes as actions

MOST_LINES, LONGEST_LINE = 30, 200
LONGEST_NOTE, LONGEST_TEXT, LONGEST_SOURCE = 1000, 8000, 1000
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
        """Return an amount as the reader writes it."""
        if not isinstance(value, Decimal):
            return value
        places = 0 if value == value.to_integral_value() else 2
        return number_format(value, decimal_pos=places, force_grouping=True)


class LinesField(PlainTextField):
    """A list of short texts, one a line."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("One a line."))
        super().__init__(rows=4, required=False, max_length=MOST_LINES * LONGEST_LINE, **options)

    def clean(self, value: Any) -> list[str]:
        """Return the lines that say something; raises ValidationError for too many or too long ones."""
        lines = [" ".join(line.split()) for line in super().clean(value).split("\n")]
        lines = [line for line in lines if line]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Write at most %(count)s lines."), params={"count": MOST_LINES})
        if any(len(line) > LONGEST_LINE for line in lines):
            raise ValidationError(
                _("Write at most %(count)s characters on a line."), params={"count": LONGEST_LINE}
            )
        return lines

    def prepare_value(self, value: Any) -> Any:
        """Return a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value


class KnownDateField(PartialDateField):
    """A date as far as it is known, kept as its text: "2017-03"."""

    def clean(self, value: Any) -> str:
        """Return the text, "" for what is not known."""
        return str(super().clean(value) or "")


class HomesField(WholeNumberField):
    """How many flats or households; empty is not known, nought is known."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_HOMES, required=False, **options)


class Folded(Div):
    """Fields under a heading that unfolds them."""

    template = "municipalities/programmes/folded.html"

    def __init__(self, legend: Any, *fields: str, is_open: bool, css_id: str = "") -> None:
        super().__init__(*fields, css_id=css_id)
        self.legend, self.is_open = legend, is_open


def _note(label: Any) -> PlainTextField:
    return PlainTextField(label=label, rows=2, max_length=LONGEST_NOTE, required=False)


def _line(label: Any, **options: Any) -> LineField:
    return LineField(label=label, max_length=options.pop("max_length", 200), required=False, **options)


def _text(label: Any, **options: Any) -> PlainTextField:
    return PlainTextField(label=label, rows=8, max_length=LONGEST_TEXT, required=False, **options)


MARKS = _("An empty line begins a paragraph, “- ” an item of a list, “## ” a heading. **bold**, *emphasis*.")
SOURCE_HELP = _(
    "Where it can be checked: an address, or a document by its name. Several: “ ; ” between them."
)


class ProgrammeForm(forms.Form):
    """A programme. Czech is the main text; English is added where there is one. Empty is not known."""

    version = SeenField(required=False)
    name_cs = LineField(label=_("Title in Czech"), max_length=200)
    name_en = _line(_("Title in English"))
    registration_number = _line(_("Registration number"), max_length=60)
    start = KnownDateField(label=_("Began"), required=False)
    end = KnownDateField(label=_("Ended"), required=False)
    start_note_cs = _note(_("Note on the beginning, in Czech"))
    start_note_en = _note(_("Note on the beginning, in English"))
    end_note_cs = _note(_("Note on the end, in Czech"))
    end_note_en = _note(_("Note on the end, in English"))
    approaches = forms.MultipleChoiceField(
        label=_("What it works with"),
        choices=[(key, EXPLAINED[key]) for key in Approach],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    target_groups_cs = LinesField(label=_("Target groups, in Czech"))
    target_groups_en = LinesField(label=_("Target groups, in English"))
    ethos = forms.MultipleChoiceField(
        label=_("Housing need by ETHOS"),
        choices=Ethos.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    partners_cs = LinesField(label=_("Partners, in Czech"), help_text=_("Organisations only, one a line."))
    partners_en = LinesField(label=_("Partners, in English"))
    total_cost_czk = MoneyField(label=_("Total cost (CZK)"))
    total_cost_note_cs = _note(_("Note on the cost, in Czech"))
    total_cost_note_en = _note(_("Note on the cost, in English"))
    grant_czk = MoneyField(label=_("Grant (CZK)"))
    eu_grant_czk = MoneyField(label=_("Grant of the European Union (CZK)"))
    national_public_czk = MoneyField(label=_("National public money (CZK)"))
    own_share_czk = MoneyField(label=_("Own share (CZK)"))
    own_share_note_cs = _note(_("Note on the own share, in Czech"))
    own_share_note_en = _note(_("Note on the own share, in English"))
    flats_count = HomesField(label=capfirst(_("flats")))
    households_supported = HomesField(label=_("Households supported"))
    flats_note_cs = _note(_("Note on the flats, in Czech"))
    flats_note_en = _note(_("Note on the flats, in English"))
    concept_title_cs = _line(_("Title of the local concept, in Czech"))
    concept_title_en = _line(_("Title of the local concept, in English"))
    concept_approved = KnownDateField(label=_("When it was approved"), required=False)
    concept_note_cs = _note(_("Note on the concept, in Czech"))
    concept_note_en = _note(_("Note on the concept, in English"))
    concept_file = forms.FileField(
        label=_("Document of the concept"),
        required=False,
        help_text=_("One file of 10 MB at most. Everybody can read it once the programme is public."),
    )
    without_file = forms.BooleanField(label=_("Remove the document"), required=False)
    public_text_cs = _text(_("In your own words, for everybody, in Czech"), help_text=MARKS)
    public_text_en = _text(_("In your own words, for everybody, in English"))
    internal_text = _text(
        _("For the municipality and the Contact Centre only"),
        help_text=_("Never shown to the public, nor to other municipalities. Write no names of tenants."),
    )
    unverified_cs = _note(_("What is not verified, in Czech"))
    unverified_en = _note(_("What is not verified, in English"))
    source = PlainTextField(
        label=_("Source of the facts"), rows=2, max_length=LONGEST_SOURCE, help_text=SOURCE_HELP
    )

    def __init__(self, *args: Any, programme: Programme | None = None, **options: Any) -> None:
        if programme:
            options.setdefault("initial", self.initial_of(programme))
        super().__init__(*args, **options)
        self.programme = programme
        # The title of some that the portal ships is not known to anybody.
        if programme and not (programme.name_cs or programme.name_en):
            self.fields["name_cs"].required = False
        if not (programme and programme.concept_file):
            del self.fields["without_file"]

    @staticmethod
    def initial_of(programme: Programme) -> dict[str, Any]:
        """Return what the form shows of a programme."""
        shown = {name: getattr(programme, name) for name in actions.COLUMNS}
        return {
            **shown,
            **_dates_of(programme, "start", "end", "concept_approved"),
            "version": programme.version,
        }

    @property
    def helper(self) -> FormHelper:
        """The layout: what everybody asks first, then the rest, English folded away."""
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout("version", *self._parts())
        return helper

    @property
    def jumps(self) -> list[tuple[str, Any]]:
        """The parts of the form, each with its anchor and its heading."""
        return [(part.css_id, part.legend) for part in self._parts()]

    def _parts(self) -> Iterator[Fieldset | Folded]:
        yield Fieldset(
            _("The programme"),
            "name_cs",
            "registration_number",
            Div("start", "end", css_class="grid-2"),
            self._folded(_("Notes on the dates"), "start_note_cs", "end_note_cs"),
            "source",
            css_id="part-programme",
        )
        yield Fieldset(
            _("What it works with, and for whom"),
            "approaches",
            "target_groups_cs",
            "ethos",
            "partners_cs",
            css_id="part-approaches",
        )
        yield Fieldset(
            _("Money"),
            Div("total_cost_czk", "own_share_czk", css_class="grid-2"),
            Div("grant_czk", "eu_grant_czk", css_class="grid-2"),
            Div("national_public_czk", css_class="grid-2"),
            self._folded(_("Notes on the money"), "total_cost_note_cs", "own_share_note_cs"),
            css_id="part-money",
        )
        yield Fieldset(
            _("Flats and households"),
            Div("flats_count", "households_supported", css_class="grid-2"),
            "flats_note_cs",
            css_id="part-flats",
        )
        yield Fieldset(
            capfirst(_("local concept")),
            "concept_title_cs",
            "concept_approved",
            "concept_note_cs",
            *self._file_parts(),
            css_id="part-concept",
        )
        yield Fieldset(_("Texts"), "public_text_cs", "internal_text", "unverified_cs", css_id="part-texts")
        english = (name for name in self.fields if name.endswith("_en"))
        yield self._folded(_("English (optional)"), *english, css_id="part-english")

    def _folded(self, legend: Any, *names: str, css_id: str = "") -> Folded:
        """Return fields that stay folded while they are empty and right."""
        is_open = any(self[name].value() or self.errors.get(name) for name in names)
        return Folded(legend, *names, is_open=is_open, css_id=css_id)

    def _file_parts(self) -> Iterator[Any]:
        file = self.programme.concept_file if self.programme else None
        if file:
            yield Words(f"{file.name} ({filesize(file.size)})")
            yield "without_file"
        yield Field(
            "concept_file",
            accept=".pdf,.doc,.docx,.odt,.rtf,.txt",
            template="components/file_input.html",
        )

    def clean_concept_file(self) -> UploadedFile | None:
        """Refuse what the portal does not take."""
        upload = self.cleaned_data["concept_file"]
        if upload:
            attachments.check(upload)
        return upload

    def clean_public_text_cs(self) -> str:
        """Refuse links that could run something or lead astray."""
        return self._checked_links("public_text_cs")

    def clean_public_text_en(self) -> str:
        """Refuse links that could run something or lead astray."""
        return self._checked_links("public_text_en")

    def _checked_links(self, name: str) -> str:
        text = self.cleaned_data[name]
        bad = [address for address in markdown.links_of(text) if not markdown.is_safe_link(address)]
        if bad:
            raise ValidationError(
                _("A link has to begin with https://. Mend this one: %(address)s"),
                params={"address": bad[0][:80]},
            )
        return text

    def clean(self) -> dict[str, Any]:
        """It ends after it began, and no share is larger than the whole."""
        cleaned = super().clean()
        _check_period(self, cleaned)
        total = cleaned.get("total_cost_czk")
        for name in ("grant_czk", "eu_grant_czk", "national_public_czk", "own_share_czk"):
            if total is not None and cleaned.get(name) is not None and cleaned[name] > total:
                self.add_error(name, _("This is more than the total cost."))
        return cleaned

    def to_words(self) -> dict[str, Any]:
        """Return what was written, when the form is valid."""
        return {name: self.cleaned_data[name] for name in actions.COLUMNS}

    def differences(self, current: Programme) -> list[dict[str, str]]:
        """Return where the stored programme differs from what was typed, each in words."""
        mine = self.to_words()
        return [
            {
                "label": str(self.fields[name].label),
                "theirs": _as_text(getattr(current, name)),
                "mine": _as_text(mine[name]),
            }
            for name in actions.COLUMNS
            if _as_text(getattr(current, name)) != _as_text(mine[name])
        ]


class PhaseForm(forms.Form):
    """One phase of a programme."""

    version = SeenField(required=False)
    title_cs = LineField(label=_("Title in Czech"), max_length=160)
    start = KnownDateField(label=_("From"), required=False)
    end = KnownDateField(label=pgettext_lazy("of a time", "To"), required=False)
    text_cs = PlainTextField(
        label=_("What happened in it, in Czech"), rows=4, max_length=2000, required=False
    )
    source = PlainTextField(label=_("Source"), rows=2, max_length=LONGEST_SOURCE, help_text=SOURCE_HELP)
    title_en = _line(_("Title in English"), max_length=160)
    text_en = PlainTextField(
        label=_("What happened in it, in English"), rows=4, max_length=2000, required=False
    )

    @staticmethod
    def initial_of(phase: ProgrammePhase) -> dict[str, Any]:
        """Return what the form shows of a phase."""
        shown = {name: getattr(phase, name) for name in phase_actions.COLUMNS}
        return {**shown, **_dates_of(phase, "start", "end")}

    @property
    def helper(self) -> FormHelper:
        """The layout."""
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(
            "version",
            "title_cs",
            Div("start", "end", css_class="grid-2"),
            "text_cs",
            "source",
            Folded(
                _("English (optional)"),
                "title_en",
                "text_en",
                is_open=any(self[name].value() or self.errors.get(name) for name in ("title_en", "text_en")),
            ),
        )
        return helper

    def clean(self) -> dict[str, Any]:
        """A phase ends after it began."""
        cleaned = super().clean()
        _check_period(self, cleaned)
        return cleaned

    def to_words(self) -> dict[str, Any]:
        """Return what was written, when the form is valid."""
        return {name: self.cleaned_data[name] for name in phase_actions.COLUMNS}


def _dates_of(row: Any, *names: str) -> dict[str, Any]:
    """Return kept dates for a form; one that cannot be read stays as it is kept."""
    return {name: partial_date_of(getattr(row, name)) or getattr(row, name) for name in names}


def _check_period(form: forms.Form, cleaned: dict[str, Any]) -> None:
    start, end = cleaned.get("start"), cleaned.get("end")
    # As far as both are known: a year and a month of it may well be the same time.
    if start and end and end[: len(start)] < start[: len(end)]:
        form.add_error("end", _("The end comes before the beginning."))


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return "" if value is None else str(value)
