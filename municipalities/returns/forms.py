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
from municipalities.models import Indicator, IndicatorValue, Municipality, MunicipalityQuerySet, ReturnLine
from municipalities.places.picker import MunicipalityField
from municipalities.returns.actions.returns import Asked, faults_of
from municipalities.returns.checks import Finding

WEEKS_TO_FILL_IN = 6
# The boxes of a line, with the column that each fills.
COLUMNS = {"value": "typed", "unknown": "is_unknown", "note": "note", "confirmed": "is_confirmed"}


def _last_year() -> int:
    return timezone.localdate().year - 1


def _asked_municipalities() -> MunicipalityQuerySet:
    return Municipality.objects.pilots().order_by("search_name")


class PeriodForm(forms.Form):
    """What is asked for, of whom, by when."""

    year = WholeNumberField(
        label=capfirst(_("year")),
        min_value=2010,
        max_value=2100,
        initial=_last_year,
        error_messages={"whole": _("Write a year from 2010 to 2100.")},
    )
    values_on = DayField(
        label=_("The figures are those of"),
        initial=lambda: date(_last_year(), 12, 31),
        help_text=_("Usually the last day of the year."),
    )
    due_on = DayField(
        label=capfirst(_("to be sent by")),
        initial=lambda: timezone.localdate() + timedelta(weeks=WEEKS_TO_FILL_IN),
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
        queryset=Indicator.objects.in_use(),
        initial=Indicator.objects.in_use,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one indicator.")},
    )
    municipalities = RowsField(
        label=_("Who is asked"),
        queryset=_asked_municipalities(),
        initial=_asked_municipalities,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("More municipalities can be added by name once the period is open."),
        error_messages={"required": _("Choose at least one municipality.")},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors:
            for name, fault in faults_of(Asked(**given)).items():
                self.add_error(name, fault)
        return given


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
        lines: Mapping[int, ReturnLine],
        last: Mapping[int, IndicatorValue],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicators, self.last = indicators, last
        self.theirs: Mapping[int, ReturnLine] = {}
        self.questions: dict[int, str] = {}
        self.hints: dict[int, list[str]] = {}
        for row in indicators:
            self._add(row, lines.get(row.pk), last.get(row.pk))

    def _add(self, row: Indicator, line: ReturnLine | None, last: IndicatorValue | None) -> None:
        fields = {
            "value": LineField(label=row.name, max_length=40, required=False),
            "unknown": forms.BooleanField(label=_("We do not know"), required=False),
            "note": LineField(
                label=_("Note"),
                max_length=300,
                required=False,
                help_text=_("Published with the figure. No names of people, please."),
            ),
            # Named after its indicator, for the list of all faults.
            "confirmed": forms.BooleanField(label=row.name, required=False),
        }
        self.fields |= {f"{name}_{row.pk}": field for name, field in fields.items()}
        # What nobody has touched yet is filled in with what was known last.
        line = line or ReturnLine(typed=numbers.typed(last.value, row) if last else "")
        self.initial |= {f"{name}_{row.pk}": getattr(line, column) for name, column in COLUMNS.items()}

    def to_lines(self) -> dict[int, ReturnLine]:
        """Return what was written, as it was typed, by indicator."""
        return {row.pk: ReturnLine(indicator=row, **self._written(row)) for row in self.indicators}

    def _written(self, row: Indicator) -> dict[str, Any]:
        return {column: self.cleaned_data[f"{name}_{row.pk}"] for name, column in COLUMNS.items()}

    def show(self, found: Mapping[int, Finding], *, only_typed: bool = False) -> None:
        """Put what stands against sending beside its field; with `only_typed` as hints to what was typed."""
        for pk, finding in found.items():
            if only_typed and not self[f"value_{pk}"].value():
                continue
            self.questions[pk] = finding.question
            if only_typed:
                self.hints[pk] = finding.faults
                continue
            for fault in finding.faults:
                self.add_error(f"value_{pk}", fault)
            if finding.question:
                self.add_error(f"confirmed_{pk}", finding.question)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield for each indicator its fields, what was known last, the question, and a colleague's entry."""
        for row in self.indicators:
            last = self.last.get(row.pk)
            boxes = {name: self[f"{name}_{row.pk}"] for name in COLUMNS}
            question = self.questions.get(row.pk, "")
            yield {
                **boxes,
                "indicator": row,
                "question": question,
                "is_asked": bool(question or boxes["confirmed"].value()),
                "last": numbers.with_words([last], to_public=False)[0] if last else None,
                "hints": self.hints.get(row.pk, []),
                "theirs": self.theirs.get(row.pk),
            }
