"""What municipalities say of lessons, which is public; proposing them; the workshops that present visits."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.detector.birth_numbers import has_birth_number
from core.detector.finds import Find, Kind, Known, find
from core.detector.forms import CheckedForm
from core.forms.fields import DayField, LineField, PlainTextField, RowsField, SeenField
from core.forms.own_words import WordsForm
from municipalities.models import Municipality
from municipalities.places.picker import MunicipalityField
from visits.choices import LessonAnswer
from visits.lessons import queries
from visits.lessons.actions.proposals import reasons_against_answer
from visits.models import LessonWording, StudyVisit

NO_BIRTH_NUMBER = _("This looks like a birth number. Leave it out: everybody reads this.")
EVERYBODY = _(
    "Everybody reads this sentence beside the name of the municipality. No names of people, please."
)
# How an official says it, in the first person.
OF_US = {
    LessonAnswer.ADOPTED: _("We have adopted it"),
    LessonAnswer.PLANNED: _("We plan it"),
    LessonAnswer.NOT_SUITABLE: _("It is not suitable for us"),
}


class SaidForm(CheckedForm):
    """Public words of a municipality: birth numbers are refused, what else is found may be ticked to stay."""

    asks_why = False

    def find(self, texts: dict[str, str]) -> list[Find]:
        """Return what is found besides birth numbers, which cannot stay."""
        finds = find(texts, Known())
        return [one for one in finds if one.kind != Kind.BIRTH_NUMBER or not has_birth_number(one.found)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.checked:
            if has_birth_number(cleaned.get(name) or ""):
                self.add_error(name, ValidationError(NO_BIRTH_NUMBER, code="birth_number"))
        return cleaned


class AnswerForm(SaidForm):
    """What a municipality does with a lesson, and why."""

    version = SeenField()
    state = forms.ChoiceField(label=_("Your answer"), choices=list(OF_US.items()), widget=forms.RadioSelect)
    reason = PlainTextField(label=_("Why"), rows=3, max_length=500, required=False)
    practice = forms.ChoiceField(label=_("In which practice it goes on"), required=False)

    checked = ("reason",)

    def __init__(self, *args: Any, practices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        needed = _("Needed where it is not suitable.")
        self.fields["reason"].help_text = f"{needed} {EVERYBODY}"
        field: Any = self.fields["practice"]
        field.choices = [("", _("none, or I do not know")), *practices]
        field.help_text = _("How far you are will stand in its ledger, with the report as the source.")
        self.look_through()

    def clean(self) -> dict[str, Any]:
        """What is not suitable says why."""
        cleaned = super().clean()
        if "state" in cleaned and "reason" in cleaned:
            said = {"state": cleaned["state"], "reason": cleaned["reason"]}
            for name, reasons in reasons_against_answer(**said).items():
                self.add_error(name, reasons)
        return cleaned


class CameForm(SaidForm):
    """What came of a lesson."""

    # What stood there when the form was opened.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    text = PlainTextField(label=_("What came of it"), rows=4, max_length=1000, help_text=EVERYBODY)

    checked = ("text",)

    prefix = "came"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.look_through()


class ProposeForm(forms.Form):
    """Which lessons of a report are proposed to which municipalities."""

    lessons = RowsField(
        label=_("Lessons"),
        queryset=LessonWording.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick a lesson.")},
    )
    municipalities = RowsField(
        label=_("Municipalities"),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What was proposed to a municipality already is not proposed again."),
    )
    also = MunicipalityField(label=_("Another municipality"), required=False, only_existing=True)

    def __init__(self, *args: Any, visit: StudyVisit, wordings: list[LessonWording], **options: Any) -> None:
        super().__init__(*args, **options)
        lessons: Any = self.fields["lessons"]
        lessons.queryset = LessonWording.objects.filter(pk__in=[row.pk for row in wordings])
        lessons.label_from_instance = lambda row: row.title
        places: Any = self.fields["municipalities"]
        offered = queries.choices_for(visit)
        places.queryset = Municipality.objects.filter(pk__in=[row.pk for row in offered]).order_by(
            "search_name"
        )
        places.label_from_instance = lambda place: place.name
        self.initial.setdefault("municipalities", [row.pk for row in offered])
        for_them = [row.pk for row in wordings if queries.is_for_municipalities(row)]
        self.initial.setdefault("lessons", for_them)

    def chosen(self) -> dict[str, Any]:
        """Return what the verb takes."""
        places = [*self.cleaned_data["municipalities"]]
        also = self.cleaned_data["also"]
        if also and also not in places:
            places.append(also)
        return {"lessons": [row.lesson for row in self.cleaned_data["lessons"]], "municipalities": places}


class LinkForm(forms.Form):
    """The practice that a lesson leads to."""

    practice = forms.ChoiceField(label=_("The practice that it leads to"), required=False)

    def __init__(self, *args: Any, practices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["practice"]
        field.choices = [("", _("none")), *practices]


class WorkshopForm(WordsForm):
    """A workshop in which visits were, or will be, presented."""

    title_cs = LineField(label=_("Title in Czech"), max_length=200)
    title_en = LineField(label=_("Title in English"), max_length=200, required=False)
    held_on = DayField(label=_("When"))
    place_cs = LineField(label=_("Place in Czech"), max_length=160, required=False)
    place_en = LineField(label=_("Place in English"), max_length=160, required=False)
    visit_slugs = forms.MultipleChoiceField(
        label=_("Visits presented"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose a visit.")},
    )
    source = PlainTextField(
        label=_("Where we know it from"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=_("An address or a document. Several stand with “ ; ” between them."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["visit_slugs"]
        rows = StudyVisit.objects.select_related("host").order_by("-position", "-pk")
        field.choices = [(row.slug, row.name) for row in rows]
