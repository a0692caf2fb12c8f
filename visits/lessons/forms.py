"""What municipalities say of lessons, which is public; proposing them; the workshops that present visits."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.detector.birth_numbers import has_birth_number
from core.detector.finds import Find, Kind, Known, find
from core.detector.forms import CheckedForm
from core.forms.fields import DayField, LineField, PlainTextField, RowsField, SeenField
from core.forms.own_words import WordsForm
from core.templatetags.ui import number
from municipalities.models import Municipality
from municipalities.places.picker import MunicipalityField
from municipalities.places.similar import Alike
from visits.choices import LessonAnswer
from visits.lessons import queries
from visits.lessons.actions.proposals import reasons_against_answer, reasons_against_day
from visits.models import LessonWording, StudyVisit
from visits.models.followup import day_to_answer

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


GROUPS = {
    queries.INVITED: _("All that were invited to the visit"),
    queries.ABSENT: _("Those invited of which nobody went"),
    queries.PILOTS: _("All municipalities of the project"),
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
    groups = forms.MultipleChoiceField(
        label=_("Whole groups"), widget=forms.CheckboxSelectMultiple, required=False
    )
    municipalities = RowsField(
        label=_("Municipalities one by one"),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    also = MunicipalityField(label=_("Another municipality"), required=False, only_existing=True)
    like = MunicipalityField(
        label=_("Those of the size of"),
        required=False,
        only_existing=True,
        help_text=_(
            "The nearest to it in size, in its region and elsewhere. You will see which they are first."
        ),
    )
    answer_by = DayField(
        label=_("Answer by"),
        help_text=_("Until that day visitors read only how many municipalities are considering it."),
    )

    def __init__(self, *args: Any, visit: StudyVisit, wordings: list[LessonWording], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows_of = queries.groups_of(visit)
        fields: Any = self.fields
        fields["lessons"].queryset = LessonWording.objects.filter(pk__in=[row.pk for row in wordings])
        fields["lessons"].label_from_instance = lambda row: row.title
        fields["groups"].choices = [
            (name, f"{GROUPS[name]} ({number(len(rows))})") for name, rows in self.rows_of.items()
        ]
        offered = [row.pk for row in queries.choices_for(visit)]
        places = Municipality.objects.filter(pk__in=offered).order_by("search_name")
        fields["municipalities"].queryset = places
        fields["municipalities"].label_from_instance = lambda place: place.name
        self.initial.setdefault("answer_by", day_to_answer())

    def clean_answer_by(self) -> date:
        """Return the day; raises ValidationError for one that is no day to come."""
        day: date = self.cleaned_data["answer_by"]
        if reasons := reasons_against_day(day):
            raise ValidationError(reasons)
        return day

    def clean(self) -> dict[str, Any]:
        """Gather the municipalities, each once, as `places`."""
        super().clean()
        given = self.cleaned_data
        given["places"] = list(dict.fromkeys(self._places()))
        if not given["places"] and not {"groups", "municipalities", "also", "like"} & set(self.errors):
            self.add_error(None, _("Choose at least one municipality."))
        return given

    def _places(self) -> Iterator[Municipality]:
        given = self.cleaned_data
        for name in given.get("groups", ()):
            yield from self.rows_of[name]
        yield from given.get("municipalities", ())
        if also := given.get("also"):
            yield also
        if like := given.get("like"):
            yield from (match.municipality for match in Alike(like).neighbours)

    def chosen(self) -> dict[str, Any]:
        """Return what the verb takes."""
        given = self.cleaned_data
        lessons = [row.lesson for row in given["lessons"].select_related("lesson")]
        return {"lessons": lessons, "municipalities": given["places"], "answer_by": given["answer_by"]}


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
