"""What is written of a practice, how it meets the criteria, and how far a municipality is with it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents import footnotes
from core.documents.forms import DocumentForm, Section
from core.forms.fields import LineField, PartialDateField, PlainTextField, SeenField
from municipalities.choices import AdoptionState, Criterion, Verdict
from municipalities.models import Adoption, AdoptionStep, Municipality, PracticeEdition
from municipalities.models.practice import SECTIONS
from municipalities.places.picker import MunicipalityField
from municipalities.practices.actions import states_after

EXPLAINED = {
    AdoptionState.STUDIED: _("reads about it, or has seen it elsewhere"),
    AdoptionState.PLANNED: _("has decided to try it"),
    AdoptionState.PILOTED: _("tries it out on a small scale"),
    AdoptionState.RUNNING: _("it is a part of its work"),
    AdoptionState.DROPPED: _("has stopped, or will not begin"),
}


class PracticeForm(DocumentForm):
    """One edition of a practice."""

    model = PracticeEdition
    sections = (
        Section(pgettext_lazy("practice", "What it is"), ("title", "lead", "approach")),
        Section(
            _("The practice itself"),
            tuple(SECTIONS),
            _(
                "Leave empty what you do not know: the page will say so. An empty line begins a paragraph, "
                "“- ” an item of a list. A mark such as [1] leads to the first source."
            ),
        ),
        Section(_("Where it is known from"), ("sources", "contact", ("reviewed_by", "review_on"))),
    )
    helps = {
        "title": _("What is done, in a few words. The address of the page is made of it."),
        "lead": _("One or two sentences for the list."),
        "need": _("Who was in what trouble, and how that is known."),
        "setting": _("What the municipality is like: size, flats of its own, who works there."),
        "steps": _("What was done one after the other, so that another municipality could do it."),
        "resources": _("How many people did it, what it cost, who paid."),
        "results": _("What came of it. Each result needs a mark such as [1] that leads to its source."),
        "failures": _("What did not go well, what you would do otherwise."),
        "prerequisites": _("What one needs before one begins."),
        "contact": _("An office or a post with its address or telephone, no private person."),
        "contact_en": _("Left empty, the Czech one is shown."),
        "sources": _("One a line. The first is [1], the second [2]; put the marks behind your sentences."),
        "sources_en": _("Left empty, the Czech ones are shown."),
        "reviewed_by": _("The office or the post that has checked it."),
        "review_on": _("When somebody should check that the practice is still like this."),
    }
    rows = {"lead": 3, "steps": 8}
    optional_english = ("contact", "sources")

    def clean(self) -> dict[str, Any]:
        """The contact is no private person's, and every mark has a source."""
        cleaned = super().clean()
        for name in ("contact_cs", "contact_en"):
            if footnotes.has_personal_address(cleaned.get(name, "")):
                sentence = _("This looks like a private address. Write the one of an office or a post.")
                self.add_error(name, sentence)
        self._check_marks(cleaned, "cs", cleaned.get("sources_cs", ""))
        self._check_marks(cleaned, "en", cleaned.get("sources_en") or cleaned.get("sources_cs", ""))
        return cleaned

    def _check_marks(self, cleaned: dict[str, Any], code: str, sources: str) -> None:
        known = set(range(1, len(footnotes.lines(sources)) + 1))
        for name in ("lead", *SECTIONS):
            missing = footnotes.marks(cleaned.get(f"{name}_{code}", "")) - known
            if missing:
                shown = ", ".join(f"[{number}]" for number in sorted(missing))
                message = _("There is no source for %(marks)s. Add its line to the sources.")
                self.add_once(f"{name}_{code}", forms.ValidationError(message, params={"marks": shown}))

    def to_words(self) -> dict[str, Any]:
        """Return what was written; an English text has the Czech contact and sources where it has none."""
        words = super().to_words()
        for name in self.optional_english:
            # Alone they would be no English text.
            words[f"{name}_en"] = words["title_en"] and (words[f"{name}_en"] or words[f"{name}_cs"])
        return words


class ProposeForm(PracticeForm):
    """A new practice, with the municipality that it comes from."""

    sections = (Section(_("Whose practice it is"), ("municipality",)), *PracticeForm.sections)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), to_field_name="slug", empty_label=None
    )

    def __init__(self, *args: Any, own: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].queryset = own
        self.fields["municipality"].label_from_instance = lambda place: place.full_name


class DeskProposeForm(PracticeForm):
    """A new practice that the Centre writes, of one municipality or of none in particular."""

    sections = ProposeForm.sections
    municipality = MunicipalityField(
        label=_("Municipality"),
        required=False,
        only_existing=True,
        help_text=_("Whose practice it is. Leave it empty when it comes from several."),
    )


class AssessForm(forms.Form):
    """A verdict on each criterion, with a remark wherever it is not met."""

    version = SeenField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, label in Criterion.choices:
            self.fields[f"{code}_verdict"] = forms.ChoiceField(
                label=label, choices=Verdict.choices, widget=forms.RadioSelect
            )
            self.fields[f"{code}_remark"] = LineField(
                label=pgettext_lazy("criterion", "Remark"),
                max_length=300,
                required=False,
                help_text=_("Needed where the criterion is not met, or only partly."),
            )

    @classmethod
    def initial_of(cls, edition: PracticeEdition) -> dict[str, Any]:
        said = {"version": edition.version}
        for row in edition.assessments.all():
            said |= {f"{row.criterion}_verdict": row.verdict, f"{row.criterion}_remark": row.remark}
        return said

    @property
    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        return ((self[f"{code}_verdict"], self[f"{code}_remark"]) for code in Criterion.values)

    def clean(self) -> dict[str, Any]:
        """What is not met says what is missing."""
        cleaned = super().clean()
        for code, label in Criterion.choices:
            verdict = cleaned.get(f"{code}_verdict")
            if verdict and verdict != Verdict.MET and not cleaned.get(f"{code}_remark"):
                # The summary of errors has six remarks; each says which it is.
                message = _("Write what is missing: “%(criterion)s”.")
                self.add_error(f"{code}_remark", forms.ValidationError(message, params={"criterion": label}))
        return cleaned

    def to_verdicts(self) -> dict[str, tuple[str, str]]:
        cleaned = self.cleaned_data
        return {code: (cleaned[f"{code}_verdict"], cleaned[f"{code}_remark"]) for code in Criterion.values}


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
