"""What is kept of a material."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import Permission
from core.forms.fields import (
    DayField,
    LineField,
    LinesField,
    PartialDate,
    PartialDateField,
    PlainTextField,
    WholeNumberField,
)
from core.forms.layouts import sent_by
from core.forms.own_words import TermsField, WordsForm
from studies.choices import Kind, Language, Tie
from studies.models import Audience, Contract, Material
from studies.plan.actions import contracts
from studies.plan.actions.materials import faults_of
from studies.plan.queries import PLACES

# Fields of many to many, dates that may be partial, and people.
SETS = ("audience",)
DATES = {"updated": "updated_on", "planned": "planned_on"}
PEOPLE = ("owner", "deputy")
NOT_KNOWN = ("", _("not known"))


def _text(label: Any, *, rows: int = 3, most: int = 3000, **options: Any) -> PlainTextField:
    return PlainTextField(label=label, max_length=most, rows=rows, required=False, **options)


def _colleague(label: Any, **options: Any) -> Any:
    return forms.ModelChoiceField(
        label=label, queryset=User.objects.none(), required=False, empty_label=_("nobody yet"), **options
    )


class MaterialForm(WordsForm):
    """All that is kept of a material."""

    title_cs = LineField(label=_("Title in Czech"), max_length=300, required=False)
    title_en = LineField(label=_("Title in English"), max_length=300, required=False)
    title_note_cs = _text(_("What is not certain of the title, in Czech"), rows=2, most=500)
    title_note_en = _text(_("What is not certain of the title, in English"), rows=2, most=500)
    place = forms.TypedChoiceField(label=_("Place in the plan"), coerce=int, empty_value=None, required=False)
    tie = forms.ChoiceField(label=_("Tie to the project"), choices=[NOT_KNOWN, *Tie.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[NOT_KNOWN, *Kind.choices], required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[NOT_KNOWN, *Language.choices], required=False)
    audience = TermsField(
        label=_("For whom"),
        queryset=Audience.objects.in_use(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    abstract_cs = _text(_("What it is about, in Czech"), rows=5)
    abstract_en = _text(_("What it is about, in English"), rows=5)
    topics_cs = LinesField(label=_("Topics in Czech"))
    topics_en = LinesField(
        label=_("Topics in English"), help_text=_("One a line, in the same order as in Czech.")
    )
    authors_cs = LinesField(label=_("Authors, in Czech"))
    authors_en = LinesField(label=_("Authors, in English"))
    publisher_cs = LineField(label=_("Publisher, in Czech"), max_length=200, required=False)
    publisher_en = LineField(label=_("Publisher, in English"), max_length=200, required=False)
    year = WholeNumberField(label=_("Came out in"), min_value=1900, max_value=2100, required=False)
    updated = PartialDateField(label=_("Updated"), required=False)
    pages = WholeNumberField(label=_("Number of pages"), min_value=1, max_value=10_000, required=False)
    related_cs = _text(_("Related, in Czech"), rows=2, most=1000)
    related_en = _text(_("Related, in English"), rows=2, most=1000)
    note_cs = _text(_("Note in Czech"), rows=2, most=1000)
    note_en = _text(_("Note in English"), rows=2, most=1000)
    source = _text(
        _("Where we know it from"),
        most=2000,
        help_text=_("An address or a document. Several stand with “ ; ” between them."),
    )
    planned = PartialDateField(label=_("Promised by"), required=False)
    delay_reason_cs = LineField(
        label=_("Why it is late, in Czech"),
        max_length=300,
        required=False,
        help_text=_("The public plan says it. No names of people, please."),
    )
    delay_reason_en = LineField(label=_("Why it is late, in English"), max_length=300, required=False)
    owner = _colleague(_("Looked after by"), help_text=_("They are reminded of what is due."))
    deputy = _colleague(_("Deputy"))

    def __init__(self, *args: Any, material: Material | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.material = material or Material()
        taken = set(Material.objects.exclude(pk=self.material.pk).values_list("place", flat=True))
        place: Any = self.fields["place"]
        place.choices = [("", _("beside the plan")), *((n, str(n)) for n in PLACES if n not in taken)]
        keepers = User.objects.who_may(Permission.MANAGE_MATERIALS)
        for name in PEOPLE:
            here = User.objects.filter(pk=getattr(self.material, f"{name}_id"))
            self.fields[name].queryset = (keepers | here).order_by("name")  # type: ignore[attr-defined]
        if material:
            audience: Any = self.fields["audience"]
            audience.queryset = Audience.objects.in_use(*material.audience.values_list("pk", flat=True))

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Return what the form shows of a material."""
        dates = {name: _date_of(row, name) for name in DATES}
        people = {name: getattr(row, f"{name}_id") for name in PEOPLE}
        own = {**dates, **people, "audience": list(row.audience.all())}
        return {name: own.get(name, getattr(row, name, None)) for name in cls.base_fields}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            for name, fault in faults_of(self._as_typed()).items():
                self.add_error(name.removesuffix("_id"), fault)
        return given

    def _as_typed(self) -> Material:
        return Material(
            **{"state": self.material.state, "retired_at": self.material.retired_at, **self.words()}
        )

    def words(self) -> dict[str, Any]:
        """Return what was typed, by the names of the columns."""
        typed = {name: word for name, word in super().words().items() if name not in SETS}
        for name, on in DATES.items():
            found = typed.pop(name)
            typed |= {on: found and found.on, f"{name}_precision": found.precision if found else ""}
        for name in PEOPLE:
            person = typed.pop(name)
            typed[f"{name}_id"] = person and person.pk
        return typed

    def sets(self) -> dict[str, list[Any]]:
        """Return the rows that were chosen, by the names of the fields of many to many."""
        return {name: list(self.cleaned_data[name]) for name in SETS}

    @property
    def helper(self) -> FormHelper:
        label = pgettext_lazy("a material", "Save the changes") if self.material.pk else _("Add the material")
        return sent_by("save", label, "version", *self._sections())

    def _sections(self) -> list[Any]:
        return [
            Fieldset(
                _("What and for whom"),
                *map(_pair, ("title", "title_note")),
                Div("kind", "language", css_class="grid-2"),
                "audience",
                *map(_pair, ("abstract", "topics")),
            ),
            Fieldset(
                _("The plan"),
                Div("place", "tie", css_class="grid-2"),
                "planned",
                _pair("delay_reason"),
                Div("owner", "deputy", css_class="grid-2"),
            ),
            Fieldset(
                _("Who made it, and when"),
                *map(_pair, ("authors", "publisher")),
                Div("year", "updated", css_class="grid-2"),
                "pages",
            ),
            Fieldset(_("What else is known"), *map(_pair, ("related", "note")), "source"),
        ]


class ContractForm(WordsForm):
    """A contract with whoever makes a material."""

    supplier = LineField(label=_("Supplier"), max_length=200)
    subject = LineField(label=_("What is to be delivered"), max_length=300, required=False)
    signed_on = DayField(label=_("Signed on"), required=False)
    due_on = DayField(
        label=_("Due on"),
        required=False,
        help_text=_("Whoever looks after the material is reminded two weeks before, and on the day."),
    )
    delivered_on = DayField(label=_("Delivered on"), required=False)
    note = PlainTextField(
        label=pgettext_lazy("of a contract", "Note"), max_length=1000, rows=3, required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            for name, fault in contracts.faults_of(Contract(**self.words())).items():
                self.add_error(name, fault)
        return given

    @property
    def helper(self) -> FormHelper:
        dates = Div("signed_on", "due_on", "delivered_on", css_class="grid-2")
        return sent_by("save", _("Save the contract"), "version", "supplier", "subject", dates, "note")


def _date_of(row: Any, name: str) -> PartialDate | None:
    on = getattr(row, DATES[name])
    return PartialDate(on, getattr(row, f"{name}_precision")) if on else None


def _pair(name: str) -> Div:
    """Lay a text in Czech and its English side by side."""
    return Div(f"{name}_cs", f"{name}_en", css_class="grid-2")
