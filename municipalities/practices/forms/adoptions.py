"""How far a municipality is with a practice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import LineField, PartialDateField, PlainTextField, SeenField
from municipalities.choices import AdoptionState
from municipalities.models import Adoption, AdoptionStep
from municipalities.places.picker import MunicipalityField
from municipalities.practices.actions.adoptions import states_after

EXPLAINED = {
    AdoptionState.STUDIED: _("reads about it, or has seen it elsewhere"),
    AdoptionState.PLANNED: _("has decided to try it"),
    AdoptionState.PILOTED: _("tries it out on a small scale"),
    AdoptionState.RUNNING: _("it is a part of its work"),
    AdoptionState.DROPPED: _("has stopped, or will not begin"),
}


class AdoptionForm(forms.Form):
    """One step of the ledger, as the municipality itself says it."""

    version = SeenField(required=False)
    state = forms.ChoiceField(label=_("How far we are"), widget=forms.RadioSelect)
    on = PartialDateField(label=_("Since when"), required=False)
    reason_cs = PlainTextField(
        label=_("Why"),
        rows=4,
        max_length=1000,
        required=False,
        help_text=_(
            "What helped, what stood in the way. Needed when you have dropped it; everybody reads it."
        ),
    )

    def __init__(self, *args: Any, adoption: Adoption | None, **options: Any) -> None:
        super().__init__(*args, **options)
        possible = states_after(adoption)
        self.fields["state"].choices = [
            (state.value, f"{state.label}: {EXPLAINED[state]}")
            for state in AdoptionState
            if state in possible
        ]
        self.initial.setdefault("version", adoption.version if adoption else 0)

    def to_step(self) -> AdoptionStep:
        """Return what was said, as a row that is not saved yet."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        on, source = said.pop("on", None), said.pop("source", "")
        since = {"on": on.on, "precision": on.precision} if on else {}
        return AdoptionStep(**said, **since, source_cs=source, source_en=source)

    def add_reasons(self, reasons: dict[str, list[str]]) -> None:
        """Say beside each field what stands against it."""
        for name, several in reasons.items():
            for reason in several:
                self.add_error(name if name in self.fields else None, reason)


class DeskAdoptionForm(AdoptionForm):
    """One step as the Centre knows it, with its source."""

    state = forms.ChoiceField(label=_("How far it is"), widget=forms.RadioSelect)
    reason_cs = PlainTextField(
        label=_("Why"),
        rows=4,
        max_length=1000,
        required=False,
        help_text=_("What helped, what stood in the way. Needed when it was dropped; everybody reads it."),
    )
    reason_en = PlainTextField(label=_("Why, in English"), rows=3, max_length=1000, required=False)
    source = LineField(
        label=_("Source"),
        max_length=500,
        help_text=_("Where it is known from: an address, a document."),
        error_messages={
            "required": _("Write where it is known from: the Centre does not speak for the municipality.")
        },
    )
    field_order = ["version", "state", "on", "reason_cs", "reason_en", "source"]


class WhoseForm(forms.Form):
    """The municipality whose ledger the desk opens."""

    municipality = MunicipalityField()
