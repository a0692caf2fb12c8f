"""The part of a document's form that says on which provisions it rests, and the desk's forms of law."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.documents.forms import DocumentForm
from core.documents.law.citations import LONGEST, taken_apart
from core.documents.law.editions import PROVISIONS
from core.documents.law.models import Provision, Recheck
from core.forms.fields import DayField, LineField, PlainTextField, SeenField
from core.forms.own_words import WordsForm

EMPTY_ROWS = 3
MOST_ROWS = 20
# So many of the provisions known are offered while one types.
MOST_KNOWN = 300
KNOWN = "known-provisions"
# What the section says that has them, and its template, which brings along what is offered.
CITED_HELP = _("Provisions of law, each with the day of its wording. More rows come when you save.")
CITED_TEMPLATE = "documents/law/cited_fields.html"
_FIELD = re.compile(r"provision_(\d{1,2})_(?:citation|day)")


class CitesLaw(DocumentForm):
    """The form of an edition that RestsOnLaw: its sections name PROVISIONS where their rows are to stand."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.numbers = range(self._rows() if PROVISIONS in self.names else 0)
        for number in self.numbers:
            citation = LineField(label=_("Provision"), max_length=LONGEST, required=False)
            citation.widget.attrs |= {"list": KNOWN, "lang": "cs"}
            day = DayField(label=_("Wording of"), required=False)
            self.fields |= {f"provision_{number}_citation": citation, f"provision_{number}_day": day}

    @classmethod
    def initial_of(cls, edition: Any) -> dict[str, Any]:
        shown = super().initial_of(edition)
        for number, (citation, day) in enumerate(shown.pop(PROVISIONS)):
            shown |= {f"provision_{number}_citation": citation, f"provision_{number}_day": day}
        return shown

    @property
    def known_provisions(self) -> list[str]:
        """What is offered while one types, act by act."""
        rows = Provision.objects.in_use().order_by("act", "place").values_list("citation", flat=True)
        return list(rows[:MOST_KNOWN])

    def _rows(self) -> int:
        """Return how many rows of provisions to show: three empty ones at first, and always one to add."""
        filled = [
            int(match[1]) + 1
            for name, value in (self.data if self.is_bound else self.initial).items()
            if value and (match := _FIELD.fullmatch(name))
        ]
        return min(MOST_ROWS, max(EMPTY_ROWS, max(filled, default=0) + 1))

    def columns_of(self, name: str) -> list[str]:
        return [] if name == PROVISIONS else super().columns_of(name)

    def fields_of(self, row: tuple[str, ...]) -> list[list[forms.BoundField]]:
        if row != (PROVISIONS,):
            return super().fields_of(row)
        parts = ("citation", "day")
        return [[self[f"provision_{number}_{part}"] for part in parts] for number in self.numbers]

    def label_of(self, name: str) -> str:
        return str(_("Provision")) if name == PROVISIONS else super().label_of(name)

    def display(self, name: str, value: Any) -> str:
        if isinstance(value, tuple):
            return f"{value[0]} ({super().display(name, value[1])})"
        return super().display(name, value)

    def clean(self) -> dict[str, Any]:
        """A provision has its day, and a day its provision."""
        cleaned = super().clean()
        for number in self.numbers:
            citation, day = (f"provision_{number}_{name}" for name in ("citation", "day"))
            if cleaned.get(citation) and not cleaned.get(day):
                self.add_once(day, _("Write of which day the wording is."))
            if cleaned.get(day) and not cleaned.get(citation):
                self.add_once(citation, _("Write which provision it is."))
        return cleaned

    def to_words(self) -> dict[str, Any]:
        words = super().to_words()
        own = {name: value for name, value in words.items() if not _FIELD.fullmatch(name)}
        return {**own, PROVISIONS: list(self._cited())} if PROVISIONS in self.names else own

    def _cited(self) -> Iterator[tuple[str, date]]:
        for number in self.numbers:
            if citation := self.cleaned_data[f"provision_{number}_citation"]:
                yield citation, self.cleaned_data[f"provision_{number}_day"]


class ProvisionForm(WordsForm):
    """A provision: the act it stands in, the place there, and how it is cited."""

    citation = LineField(
        label=_("Provision"),
        max_length=LONGEST,
        help_text=_("As it is cited: § 33 odst. 2 zákona č. 108/2006 Sb., o sociálních službách."),
    )
    url = forms.URLField(
        label=_("Where its wording is"), required=False, max_length=300, assume_scheme="https"
    )

    def clean_citation(self) -> str:
        """Return the citation; raises ValidationError where another row is of the same place."""
        citation: str = self.cleaned_data["citation"]
        act, place = taken_apart(citation)
        others = Provision.objects.filter(act=act, place=place).exclude(pk=self.initial.get("pk"))
        if other := others.first():
            raise forms.ValidationError(
                _("This provision is there already: %(citation)s."), params={"citation": other.citation}
            )
        return citation

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Return what the form shows of a row, and which row it is."""
        return {**super().initial_of(row), "pk": row.pk}

    def words(self) -> dict[str, Any]:
        """Return what was typed, taken apart into the act and the place."""
        words = super().words()
        return {**words, **taken_apart(words["citation"])._asdict()}


class ChangeForm(forms.Form):
    """With what a provision changes, and from when."""

    changed_by = LineField(
        label=_("By what it is changed"),
        max_length=160,
        help_text=_("The act that changes it: zákonem č. 84/2025 Sb. Readers see it."),
    )
    in_force_on = DayField(label=_("In force from"))
    what = PlainTextField(label=_("What changes"), max_length=400, rows=3, required=False)


class SettleForm(forms.Form):
    """That somebody has looked at a text, and it is still right."""

    version = SeenField()
    note = LineField(
        label=_("What was looked at"),
        max_length=400,
        help_text=_("For colleagues: what the change is, and why the text holds."),
    )

    @classmethod
    def of(cls, row: Recheck) -> "SettleForm":
        """Return an empty form for a text; on a page there are several."""
        return cls(initial={"version": row.version}, auto_id=f"settle-{row.pk}-%s")
