"""A period of returns, the form that a municipality fills in, and a remark to it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms.fields import DayField, LineField, PlainTextField, RowsField, SeenField, WholeNumberField
from municipalities.figures import numbers
from municipalities.models import Indicator, IndicatorValue, Municipality
from municipalities.places.picker import MunicipalityField
from municipalities.returns.actions.returns import Asked, faults_of
from municipalities.returns.checks import Entry, Finding

WEEKS_TO_FILL_IN = 6


class PeriodForm(forms.Form):
    """What is asked for, of whom, by when."""

    year = WholeNumberField(
        label=capfirst(_("year")),
        min_value=2010,
        max_value=2100,
        error_messages={"whole": _("Write a year from 2010 to 2100.")},
    )
    values_on = DayField(
        label=_("The figures are those of"), help_text=_("Usually the last day of the year.")
    )
    due_on = DayField(
        label=capfirst(_("to be sent by")),
        help_text=_("We remind seven days before, one day before, and on the day after."),
    )
    note = PlainTextField(
        label=_("Note to the municipalities"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=_("It stands at the top of their form."),
    )
    indicators = RowsField(
        label=_("What is asked for"),
        queryset=Indicator.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one indicator.")},
    )
    municipalities = RowsField(
        label=_("Who is asked"),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("More municipalities can be added by name once the period is open."),
        error_messages={"required": _("Choose at least one municipality.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        indicators, pilots = Indicator.objects.in_use(), Municipality.objects.pilots().order_by("search_name")
        self.fields["indicators"].queryset = indicators
        self.fields["municipalities"].queryset = pilots
        year = timezone.localdate().year - 1
        self.initial = {
            "year": year,
            "values_on": date(year, 12, 31),
            "due_on": timezone.localdate() + timedelta(weeks=WEEKS_TO_FILL_IN),
            "indicators": [row.pk for row in indicators],
            "municipalities": [row.pk for row in pilots],
        }

    def clean(self) -> dict[str, Any]:
        """Put what cannot be asked beside its field."""
        given = super().clean()
        if not self.errors:
            for name, fault in faults_of(self.to_asked()).items():
                self.add_error(name, fault)
        return given

    def to_asked(self) -> Asked:
        """Return what the verb takes."""
        given = dict(self.cleaned_data)
        rows = {name: tuple(given.pop(name)) for name in ("indicators", "municipalities")}
        return Asked(**given, **rows)


class AddMunicipalityForm(forms.Form):
    """One more municipality, by its name."""

    municipality = MunicipalityField(only_existing=True)


class RemarkForm(forms.Form):
    """What is to be mended in a return."""

    remark = PlainTextField(label=_("What is to be mended"), max_length=1000, rows=4)
    version = SeenField(required=False)


class ReturnForm(forms.Form):
    """One municipality's figures: for each indicator a value, a tick, a note, and an answer to a question."""

    version = SeenField(required=False)

    def __init__(
        self,
        *args: Any,
        indicators: list[Indicator],
        entries: Mapping[int, Entry],
        last: Mapping[int, IndicatorValue],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicators, self.last = indicators, last
        self.theirs: Mapping[int, Entry] = {}
        self.questions: dict[int, str] = {}
        self.hints: dict[int, list[str]] = {}
        for row in indicators:
            self._add(row, entries.get(row.pk), last.get(row.pk))

    def _add(self, row: Indicator, entry: Entry | None, last: IndicatorValue | None) -> None:
        # What nobody has touched yet is filled in with what was known last.
        known = numbers.typed(last.value, row) if last and entry is None else ""
        entry = entry or Entry(typed=known)
        box = forms.TextInput(
            attrs={"inputmode": "decimal" if row.places else "numeric", "autocomplete": "off"}
        )
        fields = {
            "value": LineField(
                label=row.name, max_length=40, required=False, widget=box, initial=entry.typed
            ),
            "unknown": forms.BooleanField(
                label=_("We do not know"), required=False, initial=entry.is_unknown
            ),
            "note": LineField(
                label=_("Note"),
                max_length=300,
                required=False,
                initial=entry.note,
                help_text=_("Published with the figure. No names of people, please."),
            ),
            # Named after its indicator, for the list of all faults.
            "confirmed": forms.BooleanField(label=row.name, required=False, initial=entry.is_confirmed),
        }
        self.fields |= {f"{name}_{row.pk}": field for name, field in fields.items()}

    def to_entries(self) -> dict[int, Entry]:
        """Return what was written, as it was typed, by indicator."""
        given = self.cleaned_data
        return {
            row.pk: Entry(
                given[f"value_{row.pk}"],
                given[f"unknown_{row.pk}"],
                given[f"note_{row.pk}"],
                given[f"confirmed_{row.pk}"],
            )
            for row in self.indicators
        }

    def show(self, found: Mapping[int, Finding], *, only_typed: bool = False) -> None:
        """Put what stands against sending beside its field; with `only_typed` not at empty ones."""
        for row in self.indicators:
            if row.pk in found and not (only_typed and not self[f"value_{row.pk}"].value()):
                self._show(row.pk, found[row.pk], as_errors=not only_typed)

    def _show(self, pk: int, finding: Finding, *, as_errors: bool) -> None:
        self.questions[pk] = finding.question
        if not as_errors:
            self.hints[pk] = finding.faults
            return
        for fault in finding.faults:
            self.add_error(f"value_{pk}", fault)
        if finding.question:
            self.add_error(f"confirmed_{pk}", finding.question)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield for each indicator its fields, what was known last, the question, and a colleague's entry."""
        for row in self.indicators:
            last = self.last.get(row.pk)
            confirmed = self[f"confirmed_{row.pk}"]
            yield {
                "indicator": row,
                "value": self[f"value_{row.pk}"],
                "unknown": self[f"unknown_{row.pk}"],
                "note": self[f"note_{row.pk}"],
                "confirmed": confirmed,
                "question": self.questions.get(row.pk, ""),
                "is_asked": bool(self.questions.get(row.pk)) or bool(confirmed.value()),
                "last": numbers.with_words([last], to_public=False)[0] if last else None,
                "hints": self.hints.get(row.pk, []),
                "theirs": self.theirs.get(row.pk),
            }
