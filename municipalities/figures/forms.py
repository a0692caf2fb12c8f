"""A value of an indicator, why it is corrected, an indicator itself, and the day of what was known."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.forms.fields import (
    DayField,
    LineField,
    PartialDate,
    PartialDateField,
    PlainTextField,
    SeenField,
    WholeNumberField,
)
from municipalities.choices import Unit
from municipalities.figures import numbers
from municipalities.models import Indicator, IndicatorValue


class IndicatorField(forms.ModelChoiceField):
    """An indicator, named with its unit."""

    def label_from_instance(self, row: Indicator) -> str:
        return f"{row.name} ({row.get_unit_display()})"


class ValueForm(forms.Form):
    """A value with its date, its source and a note."""

    indicator = IndicatorField(
        label=_("Indicator"), queryset=Indicator.objects.in_use(), empty_label=_("choose")
    )
    date = PartialDateField(label=_("Date"))
    # With a comma or a point; what it may be is the indicator's to say.
    value = LineField(label=_("Value"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    source_cs = PlainTextField(
        label=_("Source"),
        max_length=500,
        rows=2,
        help_text=_("The address of a page, or words that lead to it. It is public."),
    )
    source_en = PlainTextField(
        label=_("Source in English"),
        max_length=500,
        rows=2,
        required=False,
        help_text=_("Only where the source is words. An address is the same in both languages."),
    )
    note_cs = PlainTextField(
        label=_("Note"),
        max_length=500,
        rows=3,
        required=False,
        help_text=_("How the number and its date follow from the source. It is public."),
    )
    note_en = PlainTextField(label=_("Note in English"), max_length=500, rows=3, required=False)

    # The value that is corrected.
    row: IndicatorValue | None = None

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        indicator = self.row.indicator if self.row else given.get("indicator")
        if indicator is None or not given.get("value"):
            return given
        if fault := numbers.fault_of(given["value"], indicator):
            self.add_error("value", fault)
        else:
            given["value"] = numbers.parsed(given["value"])
        return given


def _reason_field(label: Promise) -> PlainTextField:
    return PlainTextField(
        label=label, max_length=300, rows=2, help_text=_("It is public, beside the old value.")
    )


class CorrectForm(ValueForm):
    """The right value in the place of a wrong one, and why."""

    indicator = None
    reason = _reason_field(_("Why it is corrected"))

    def __init__(self, *args: Any, row: IndicatorValue, **kwargs: Any) -> None:
        self.row = row
        initial = {
            "date": PartialDate(row.on, row.precision),
            "value": numbers.typed(row.value, row.indicator),
            **{name: getattr(row, name) or "" for name in ("source_cs", "source_en", "note_cs", "note_en")},
        }
        super().__init__(*args, initial=initial, **kwargs)


class TakeBackForm(forms.Form):
    """Why a value holds no longer."""

    reason = _reason_field(_("Why it is taken back"))


class IndicatorForm(forms.Form):
    """What is measured, in both languages."""

    name_cs = LineField(label=_("Title in Czech"), max_length=100)
    name_en = LineField(label=_("Title in English"), max_length=100)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices)
    definition_cs = PlainTextField(
        label=_("Definition in Czech"),
        max_length=600,
        rows=4,
        help_text=_("What counts, what does not, and whether it is of one day or of a time."),
    )
    definition_en = PlainTextField(label=_("Definition in English"), max_length=600, rows=4)
    places = WholeNumberField(label=_("Decimal places"), min_value=0, max_value=2, initial=0)
    position = WholeNumberField(
        label=_("Place in the list"),
        min_value=0,
        max_value=9999,
        initial=100,
        help_text=_("The lower the number, the higher it stands."),
    )
    counts_people = forms.BooleanField(
        label=_("It counts people or households"),
        required=False,
        help_text=_("Numbers from one to four are then not shown to the public."),
    )
    per_inhabitants = forms.BooleanField(
        label=_("It can be compared by inhabitants"), required=False, initial=True
    )
    at_most = forms.ModelChoiceField(
        label=_("Cannot be more than"),
        queryset=Indicator.objects.all(),
        required=False,
        empty_label=_("no other indicator"),
    )
    version = SeenField(required=False)

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the indicator, when the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class KnownOnForm(forms.Form):
    """The day on which something was known; empty is today."""

    known_on = DayField(
        label=_("As known on"),
        required=False,
        help_text=_("Any past day: you see the figures that this portal held to be right then."),
    )

    def clean_known_on(self) -> Any:
        day = self.cleaned_data["known_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Choose a day that has come already."))
        if day and day.year < 2000:
            raise forms.ValidationError(_("Choose a day from the year 2000 on."))
        return day
