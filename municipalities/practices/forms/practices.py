"""What is written of a practice, what it is sent back with, and how it stands against the criteria."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents import footnotes
from core.forms.fields import DayField, LineField, PlainTextField, SeenField
from municipalities.choices import Approach, Criterion, Verdict
from municipalities.models import Municipality, PracticeEdition
from municipalities.models.practice import SECTIONS
from municipalities.places.picker import MunicipalityField
from municipalities.practices.actions.practices import COLUMNS, PracticeText, text_of

SHORT, LONG = 4000, 8000

HELP: dict[str, Promise | str] = {
    "need": _("Who was in what trouble, and how that is known."),
    "setting": _("What the municipality is like: size, flats of its own, who works there."),
    "steps": _("What was done one after the other, so that another municipality could do it."),
    "resources": _("How many people did it, what it cost, who paid."),
    "results": _("What came of it. Each result needs a mark such as [1] that leads to its source."),
    "failures": _("What did not go well, what you would do otherwise."),
    "prerequisites": _("What one needs before one begins."),
}
_BOTH = ("title", "lead", *SECTIONS)


def _section_field(name: str, *, required: bool = False, is_english: bool = False) -> PlainTextField:
    label = SECTIONS[name]
    return PlainTextField(
        label=_in_english(label) if is_english else label,
        help_text="" if is_english else HELP[name],
        rows=8 if name == "steps" else 5,
        max_length=LONG if name == "steps" else SHORT,
        required=required,
    )


def _in_english(label: Promise | str) -> Promise:
    return format_lazy("{} {}", label, _("(in English)"))


class PracticeForm(forms.Form):
    """One edition of a practice. Czech is the main text; English is whole or left out."""

    version = SeenField(required=False)
    title_cs = LineField(
        label=_("Title"),
        max_length=160,
        help_text=_("What is done, in a few words. The address of the page is made of it."),
    )
    lead_cs = PlainTextField(
        label=_("In short"), rows=3, max_length=400, help_text=_("One or two sentences for the list.")
    )
    approach = forms.ChoiceField(label=_("Approach"), choices=[("", _("choose")), *Approach.choices])
    contact_cs = LineField(
        label=_("Contact"),
        max_length=300,
        required=False,
        help_text=_("An office or a post with its address or telephone, no private person."),
    )
    sources_cs = PlainTextField(
        label=_("Sources"),
        rows=5,
        max_length=8000,
        required=False,
        help_text=_("One a line. The first is [1], the second [2]; put the marks behind your sentences."),
    )
    reviewed_by = LineField(
        label=_("Reviewed by"),
        max_length=160,
        required=False,
        help_text=_("The office or the post that has checked it."),
    )
    review_on = DayField(
        label=_("Next review"),
        required=False,
        help_text=_("When somebody should check that the practice is still like this."),
    )
    title_en = LineField(label=_in_english(_("Title")), max_length=160, required=False)
    lead_en = PlainTextField(label=_in_english(_("In short")), rows=3, max_length=400, required=False)
    contact_en = LineField(
        label=_in_english(_("Contact")),
        max_length=300,
        required=False,
        help_text=_("Left empty, the Czech one is shown."),
    )
    sources_en = PlainTextField(
        label=_in_english(_("Sources")),
        rows=5,
        max_length=8000,
        required=False,
        help_text=_("Left empty, the Czech ones are shown."),
    )
    change_note_cs = LineField(
        label=_("What has changed, in Czech"), max_length=300, help_text=_("The public reads it.")
    )
    change_note_en = LineField(label=_("What has changed, in English"), max_length=300, required=False)

    def __init__(self, *args: Any, is_first: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in SECTIONS:
            self.fields[f"{name}_cs"] = _section_field(name)
            self.fields[f"{name}_en"] = _section_field(name, is_english=True)
        if is_first:
            del self.fields["change_note_cs"], self.fields["change_note_en"]

    @classmethod
    def initial_of(cls, edition: PracticeEdition) -> dict[str, Any]:
        """Return what the form shows of an edition."""
        return {**vars(text_of(edition)), "version": edition.version}

    @property
    def czech_sections(self) -> Iterator[forms.BoundField]:
        """The fields of the fixed shape in Czech, in their order."""
        return (self[f"{name}_cs"] for name in SECTIONS)

    @property
    def english_fields(self) -> Iterator[forms.BoundField]:
        """The fields of the English text, in their order."""
        names = ("title", "lead", *SECTIONS, "contact", "sources")
        return (self[f"{name}_en"] for name in names)

    @property
    def has_english(self) -> bool:
        """Whether there is something in the English fields, or wrong with them."""
        return any(bound.value() or bound.errors for bound in self.english_fields)

    def clean_contact_cs(self) -> str:
        """Refuse a private person's address."""
        return self._no_private_contact("contact_cs")

    def clean_contact_en(self) -> str:
        """Refuse a private person's address."""
        return self._no_private_contact("contact_en")

    def _no_private_contact(self, name: str) -> str:
        text = self.cleaned_data[name]
        if footnotes.has_personal_address(text):
            raise forms.ValidationError(
                _("This looks like a private address. Write the one of an office or a post.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        """English is whole or left out; every mark has a source."""
        cleaned = super().clean()
        self._check_english(cleaned)
        self._check_marks(cleaned, "cs", cleaned.get("sources_cs", ""))
        self._check_marks(cleaned, "en", cleaned.get("sources_en") or cleaned.get("sources_cs", ""))
        return cleaned

    def _check_english(self, cleaned: dict[str, Any]) -> None:
        if not any(cleaned.get(f"{name}_en") for name in _BOTH):
            return
        for name in _BOTH:
            english = f"{name}_en"
            if not cleaned.get(english) and english not in self.errors and cleaned.get(f"{name}_cs"):
                self.add_error(english, _("Write this in English too, or leave all English fields empty."))

    def _check_marks(self, cleaned: dict[str, Any], code: str, sources: str) -> None:
        known = set(range(1, len(footnotes.lines(sources)) + 1))
        for name in ("lead", *SECTIONS):
            missing = footnotes.marks(cleaned.get(f"{name}_{code}", "")) - known
            if missing and not self.has_error(f"{name}_{code}"):
                shown = ", ".join(f"[{number}]" for number in sorted(missing))
                message = _("There is no source for %(marks)s. Add its line to the sources.")
                self.add_error(f"{name}_{code}", forms.ValidationError(message, params={"marks": shown}))

    def to_text(self) -> PracticeText:
        """Return what was written, when the form is valid."""
        text = {name: self.cleaned_data[name] for name in COLUMNS if name in self.cleaned_data}
        if not text["title_en"]:
            # Alone they would be no English text.
            return PracticeText(**{**text, "contact_en": "", "sources_en": ""})
        fallback = {name: text[f"{name}_en"] or text[f"{name}_cs"] for name in ("contact", "sources")}
        return PracticeText(**{**text, **{f"{name}_en": value for name, value in fallback.items()}})


class ProposeForm(PracticeForm):
    """A new practice, with the municipality that it comes from."""

    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), to_field_name="slug", empty_label=None
    )

    def __init__(self, *args: Any, own: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].queryset = own
        self.fields["municipality"].label_from_instance = lambda place: place.full_name


class DeskProposeForm(PracticeForm):
    """A new practice that the Centre writes, of one municipality or of none in particular."""

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
        """Return what was said of an edition before."""
        said = {"version": edition.version}
        for row in edition.assessments.all():
            said |= {f"{row.criterion}_verdict": row.verdict, f"{row.criterion}_remark": row.remark}
        return said

    @property
    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each criterion."""
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
        """Return the verdict and the remark of each criterion."""
        cleaned = self.cleaned_data
        return {code: (cleaned[f"{code}_verdict"], cleaned[f"{code}_remark"]) for code in Criterion.values}


def a_year_on() -> Any:
    """Return the day of the next review that a new practice begins with."""
    today = timezone.localdate()
    return today.replace(year=today.year + 1, day=min(today.day, 28))
