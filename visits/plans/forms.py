"""What is kept of a visit and of its programme, and why a visit is called off."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.detector.finds import Find, Known, find
from core.detector.forms import CheckedForm
from core.forms.fields import (
    DayField,
    LineField,
    LinesField,
    PartialDate,
    PartialDateField,
    PlainTextField,
    SeenField,
    WholeNumberField,
)
from core.forms.layouts import sent_by
from core.forms.own_words import TermsField, WordsForm
from municipalities.models import Municipality
from municipalities.places.picker import matches
from visits.models import Host, ProgrammeItem, StudyVisit, Theme
from visits.plans.actions.plans import faults_of
from visits.plans.actions.programme import faults_of as faults_of_item

MOMENT, TIME = "%Y-%m-%dT%H:%M", "%H:%M"
# Fields of many to many.
SETS = ("themes", "municipalities")
LONGEST_FIGURE = 500


class CzechMomentField(forms.DateTimeField):
    """A day and a time, meant as the clock goes in Prague wherever somebody types it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        formats = [MOMENT, "%d. %m. %Y %H:%M", "%d.%m.%Y %H:%M"]
        super().__init__(widget=widget, input_formats=formats, **options)


class ClockField(forms.TimeField):
    """A time of day."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format=TIME)
        super().__init__(widget=widget, required=False, **options)


class MunicipalitiesField(LinesField):
    """Some municipalities, each by its name on a line."""

    def clean(self, value: Any) -> list[Municipality]:  # type: ignore[override]
        """Return the municipalities; raises ValidationError for a name that is unknown or not unique."""
        found, wrong = {}, []
        for line in super().clean(value):
            rows = matches(line)
            if len(rows) == 1:
                found[rows[0].pk] = rows[0]
            else:
                wrong.append(forms.ValidationError(self._fault(len(rows)), params={"name": line}))
        if wrong:
            raise forms.ValidationError(wrong)
        return list(found.values())

    @staticmethod
    def _fault(count: int) -> str:
        if count:
            return _now("“%(name)s” is more than one. Write its district behind the name, in brackets.")
        return _now("We do not know a municipality called “%(name)s”. Check the spelling.")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(row.full_name for row in value)
        return value


class FiguresField(PlainTextField):
    """Numbers and what they say, one a line, each with where it is from behind a bar."""

    def __init__(self, **options: Any) -> None:
        hint = _("One a line, with where it is from behind “ | ”: About every third home … | https://…")
        super().__init__(rows=4, required=False, max_length=6000, help_text=hint, **options)

    def clean(self, value: Any) -> list[dict[str, str]]:
        """Return each text with its source; raises ValidationError for one without."""
        figures = []
        for line in filter(str.strip, super().clean(value).split("\n")):
            text, _bar, source = (part.strip() for part in line.rpartition("|"))
            if not text or not source:
                raise forms.ValidationError(_("Write behind “ | ” on every line where the figure is from."))
            if len(line) > LONGEST_FIGURE:
                limit = {"count": LONGEST_FIGURE}
                raise forms.ValidationError(_("Write at most %(count)s characters on a line."), params=limit)
            figures.append({"text": text, "source": source})
        return figures

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{one['text']} | {one['source']}" for one in value)
        return value


class NewVisitForm(WordsForm):
    """A visit as it is planned."""

    title_cs = LineField(
        label=_("Title in Czech"),
        max_length=200,
        required=False,
        help_text=_("Empty, the visit is called after its country."),
    )
    title_en = LineField(label=_("Title in English"), max_length=200, required=False)
    host: Any = forms.ModelChoiceField(
        label=_("Host"), queryset=Host.objects.none(), required=False, empty_label=_("none of these")
    )
    host_names_cs = LinesField(label=_("Others who are visited, in Czech"))
    host_names_en = LinesField(label=_("Others who are visited, in English"))
    organiser = LineField(
        label=_("Organised by"),
        max_length=120,
        required=False,
        help_text=_("Only where it is not the Contact Centre."),
    )
    country_cs = LineField(
        label=_("Country in Czech"),
        max_length=80,
        required=False,
        help_text=_("Empty, it is that of the host."),
    )
    country_en = LineField(label=_("Country in English"), max_length=80, required=False)
    goals_cs = PlainTextField(label=_("Goals in Czech"), max_length=2000, rows=4, required=False)
    goals_en = PlainTextField(label=_("Goals in English"), max_length=2000, rows=4, required=False)
    themes = TermsField(
        label=_("Themes"),
        queryset=Theme.objects.in_use(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Readers who follow a theme get the report."),
    )
    topics_cs = LinesField(label=_("What it is about, in Czech"))
    topics_en = LinesField(label=_("What it is about, in English"))

    starts = PartialDateField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False)
    date_text_cs = LineField(
        label=_("The date in words, in Czech"),
        max_length=200,
        required=False,
        help_text=_("Where it is known only roughly."),
    )
    date_text_en = LineField(label=_("The date in words, in English"), max_length=200, required=False)
    places_cs = LinesField(label=_("Places in Czech"))
    places_en = LinesField(label=_("Places in English"))

    sign_up_until = CzechMomentField(
        label=_("Sign-up until (Czech time)"),
        required=False,
        help_text=_("As the clock goes in Prague, wherever you are. It has to end before the first day."),
    )
    quota = WholeNumberField(
        label=_("Places for one municipality"),
        min_value=1,
        max_value=50,
        initial=2,
        help_text=_("An invitation may give one municipality more, or fewer."),
    )
    capacity = WholeNumberField(label=_("Places in all"), min_value=1, max_value=500, required=False)
    instructions = PlainTextField(
        label=_("For those who go"),
        max_length=3000,
        rows=5,
        required=False,
        help_text=_("Where to meet, what to bring. Only those who have a place read it."),
    )

    def __init__(self, *args: Any, visit: StudyVisit | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.visit = visit or StudyVisit()
        known = Host.objects.known()
        self.fields["host"].queryset = known.in_use(self.visit.host_id)  # type: ignore[attr-defined]
        if visit:
            themes: Any = self.fields["themes"]
            themes.queryset = Theme.objects.in_use(*visit.themes.values_list("pk", flat=True))

    @classmethod
    def initial_of(cls, row: StudyVisit) -> dict[str, Any]:
        """Return what the form shows of a visit."""
        of_many: dict[str, Any] = {name: list(getattr(row, name).all()) for name in SETS}
        starts = PartialDate(row.starts_on, row.starts_precision) if row.starts_on else None
        own = {"starts": starts, "host": row.host_id, **of_many}
        return {name: own.get(name, getattr(row, name, None)) for name in cls.base_fields}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("host") and not given.get("country_cs"):
            given |= {"country_cs": given["host"].country_cs, "country_en": given["host"].country_en}
        if not self.errors:
            for name, fault in faults_of(self._as_typed()).items():
                self.add_error({"starts_on": "starts"}.get(name, name), fault)
        return given

    def _as_typed(self) -> StudyVisit:
        return StudyVisit(**self.words())

    def words(self) -> dict[str, Any]:
        """Return what was typed, by the names of the columns."""
        typed = {name: word for name, word in super().words().items() if name not in SETS}
        starts, host = typed.pop("starts"), typed.pop("host")
        typed |= {"starts_on": starts and starts.on, "starts_precision": starts.precision if starts else ""}
        return {**typed, "host_id": host and host.pk}

    def sets(self) -> dict[str, list[Any]]:
        """Return the rows that were chosen, by the names of the fields of many to many."""
        return {name: list(self.cleaned_data[name]) for name in SETS if name in self.fields}

    @property
    def helper(self) -> FormHelper:
        return sent_by("save", self.button, "version", *self.sections())

    button = _("Plan the visit")

    def sections(self) -> list[Any]:
        return [
            Fieldset(
                _("What and whom"),
                _pair("title"),
                Div("host", "organiser", css_class="grid-2"),
                *map(_pair, ("host_names", "country", "goals")),
                "themes",
                _pair("topics"),
            ),
            Fieldset(
                _("When and where"),
                Div("starts", "ends_on", css_class="grid-2"),
                *map(_pair, ("date_text", "places")),
            ),
            Fieldset(_("Sign-up and places"), "sign_up_until", Div("quota", "capacity", css_class="grid-2")),
            Fieldset(_("For those who go"), "instructions"),
        ]


class VisitForm(NewVisitForm):
    """All that is kept of a visit, and what is known of it afterwards."""

    participants_cs = LinesField(label=_("Who took part, in Czech"))
    participants_en = LinesField(label=_("Who took part, in English"))
    participants_count = WholeNumberField(
        label=_("Number of participants"), min_value=0, max_value=10_000, required=False
    )
    municipalities = MunicipalitiesField(
        label=_("Municipalities known to have joined"),
        help_text=_("One a line, by name, with the district in brackets where there are more."),
    )
    figures_cs = FiguresField(label=_("From the accounts of the visit, in Czech"))
    figures_en = FiguresField(label=_("From the accounts of the visit, in English"))
    is_published = forms.NullBooleanField(label=_("Something was published"), required=False)
    published_what_cs = LineField(label=_("What was published, in Czech"), max_length=200, required=False)
    published_what_en = LineField(label=_("What was published, in English"), max_length=200, required=False)
    note_cs = PlainTextField(label=_("Note in Czech"), max_length=1000, rows=2, required=False)
    note_en = PlainTextField(label=_("Note in English"), max_length=1000, rows=2, required=False)
    source = PlainTextField(
        label=_("Where we know it from"),
        max_length=2000,
        rows=3,
        required=False,
        help_text=_("An address or a document. Several stand with “ ; ” between them."),
    )

    button = pgettext_lazy("a visit", "Save the changes")

    def sections(self) -> list[Any]:
        known = Fieldset(
            _("What is known of it"),
            _pair("participants"),
            "participants_count",
            "municipalities",
            _pair("figures"),
            "is_published",
            *map(_pair, ("published_what", "note")),
            "source",
        )
        return [*super().sections(), known]


class ItemForm(forms.Form):
    """One thing on the programme."""

    version = SeenField(required=False)
    title_cs = LineField(label=_("Title in Czech"), max_length=200)
    title_en = LineField(label=_("Title in English"), max_length=200, required=False)
    on = DayField(label=capfirst(_("day")), required=False, help_text=_("Empty while it is not known."))
    starts_at = ClockField(label=_("From"), help_text=_("As the clock goes where you are then."))
    ends_at = ClockField(label=pgettext_lazy("a time", "To"))
    place = LineField(label=_("Place"), max_length=160, required=False)
    speaker = LineField(
        label=_("Who speaks"),
        max_length=160,
        required=False,
        help_text=_("It is public. Leave a name out where its bearer does not want that."),
    )

    def __init__(self, *args: Any, visit: StudyVisit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.visit = visit

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            for name, fault in faults_of_item(ProgrammeItem(visit=self.visit, **self.words())).items():
                self.add_error(name, fault)
        return given

    def words(self) -> dict[str, Any]:
        """Return what was typed, by the names of the columns."""
        return {name: word for name, word in self.cleaned_data.items() if name != "version"}

    @property
    def helper(self) -> FormHelper:
        return sent_by(
            "save",
            _("Save the item"),
            "version",
            _pair("title"),
            "on",
            Div("starts_at", "ends_at", css_class="grid-2"),
            Div("place", "speaker", css_class="grid-2"),
        )


class CancelForm(CheckedForm):
    """Why a visit is called off, which is public: nobody who was to go is named in it."""

    version = SeenField(required=False)
    reason_cs = LineField(
        label=_("Why, in Czech"),
        max_length=300,
        help_text=_("It stands on the public page of the visit. No names of people, please."),
    )
    reason_en = LineField(label=_("Why, in English"), max_length=300, required=False)

    checked = ("reason_cs", "reason_en")
    asks_why = False

    def __init__(self, *args: Any, visit: StudyVisit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.visit = visit
        self.initial.setdefault("version", visit.version)
        self.look_through()

    def find(self, texts: dict[str, str]) -> list[Find]:
        """Return what is found, names of those who were to go among it."""
        return find(texts, Known(names=tuple(self.visit.attendees.values_list("name", flat=True))))

    def words(self) -> dict[str, Any]:
        """Return what was typed, by the names of the columns."""
        return {name: self.cleaned_data[name] for name in self.checked}

    @property
    def helper(self) -> FormHelper:
        return sent_by("send", _("Call the visit off"), "version", *self.checked, *self.keeping_layout())


def _pair(name: str) -> Div:
    """Lay a text in Czech and its English side by side."""
    return Div(f"{name}_cs", f"{name}_en", css_class="grid-2")
