"""What the desk fills in beside a request: filters, changes of several, times of sums, days to answer."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.duty.queries import called, with_absence
from accounts.models import User
from accounts.permissions import STAFF_ROLES, Permission
from consultations.models import BulkVerb, SavedFilter, Topic
from consultations.requests.clock import ANSWER_WORKING_DAYS
from consultations.requests.form_fields import desk_helper
from core.forms.fields import DayField, LineField
from core.forms.own_words import TermField, TermsField
from municipalities.places.picker import MunicipalityField

# Sums are made of all contacts between the two days, so these cannot lie any distance apart.
MOST_DAYS = 3 * 366
YEARS = range(2000, 2101)


class NameForm(forms.Form):
    """The name of a saved filter."""

    name = LineField(
        label=_("Name of the filter"),
        max_length=SavedFilter._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write a name, for example “Brno, overdue”.")},
    )


class SaveFilterForm(NameForm):
    """A filter of the list, to be kept under a name."""

    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)
    is_shared = forms.BooleanField(
        label=_("Show it to colleagues, too"),
        help_text=_("“Assignee: me” then means whoever reads."),
        required=False,
    )
    replaces = forms.BooleanField(label=_("If I have one of this name, replace it"), required=False)

    @property
    def helper(self) -> FormHelper:
        fields, style = ("query", "name", "is_shared", "replaces"), "btn-outline-primary"
        return desk_helper(reverse("desk-filter-save"), *fields, label=_("Save the filter"), style=style)


class BulkForm(forms.Form):
    """What is to be done to the requests that were ticked."""

    verb = forms.ChoiceField(choices=BulkVerb.choices, widget=forms.HiddenInput)
    to = forms.ModelChoiceField(
        label=_("Assign to"), queryset=User.objects.staff(), required=False, empty_label=_("choose")
    )
    topic = TermField(
        label=_("Topic"),
        queryset=Topic.objects.in_use(),
        to_field_name="slug",
        required=False,
        empty_label=_("choose"),
    )

    # What each verb needs to know, and what is said where it is missing.
    NEEDS: dict[str, tuple[str, str | Promise]] = {
        BulkVerb.ASSIGN: ("to", _("Choose to whom.")),
        BulkVerb.TOPIC: ("topic", _("Choose the topic.")),
    }

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        # The list does not choose yet: then `is_open`, and the question that it leads to asks.
        self.needed, self.sentence = self.NEEDS.get(data.get("verb", ""), ("", ""))

        self.is_open = bool(self.needed) and self.needed not in data
        if self.needed == "to":
            people = {person.pk: person for person in with_absence(User.objects.staff())}
            able = [one for one in people.values() if one.has(Permission.ANSWER_REQUEST)]
            offered = [("", _("choose")), *((one.pk, called(one, people)) for one in able)]
            cast(forms.ModelChoiceField, self.fields["to"]).choices = offered

    def clean(self) -> dict[str, Any]:
        is_missing = self.needed and not self.is_open and not self.cleaned_data.get(self.needed)
        if is_missing and self.needed not in self.errors:
            self.add_error(self.needed, str(self.sentence))
        return self.cleaned_data

    @property
    def choice(self) -> forms.BoundField | None:
        """The field in which the verb's choice is made, if it has one."""
        return self[self.needed] if self.needed else None

    @property
    def values(self) -> dict[str, Any]:
        return {self.needed: self.cleaned_data[self.needed]} if self.needed else {}


class TimeForm(forms.Form):
    """What the address asks for; what it says wrongly or not at all is this month and everybody."""

    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("To day"), required=False)
    municipality = MunicipalityField(required=False, help_text="")
    consultant = forms.ModelChoiceField(
        label=_("Consultant"),
        queryset=User.objects.filter(role__in=STAFF_ROLES).order_by("name", "pk"),
        required=False,
        empty_label=_("everybody"),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        since, until = _days(self.cleaned_data)
        if since.year not in YEARS or until.year not in YEARS:
            self.add_error("until", _("Choose days of this century."))
        elif since > until:
            self.add_error("until", _("The last day lies before the first one."))
        elif until - since > timedelta(days=MOST_DAYS):
            self.add_error("until", _("Choose at most three years."))
        return self.cleaned_data

    def choice(self) -> dict[str, Any]:
        """Return what is asked for, as far as it is understood."""
        since, until = _days(self.cleaned_data if self.is_valid() else {})
        who = {name: self.cleaned_data.get(name) for name in ("municipality", "consultant")}
        return {"since": since, "until": until, **who}


def _days(said: dict[str, Any]) -> tuple[date, date]:
    until = said.get("until") or timezone.localdate()
    return said.get("since") or until.replace(day=1), until


class WatchingForm(forms.Form):
    """Topics to be told of."""

    topics = TermsField(
        label=_("Topics that I watch"),
        queryset=Topic.objects.in_use(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You are told of each new request on these topics."),
    )

    @property
    def helper(self) -> FormHelper:
        return desk_helper("", "topics", label=_("Save"))


class TopicDaysForm(forms.Form):
    """One number for each topic; empty is the usual one."""

    def __init__(self, *args: Any, topics: Iterable[Topic], **options: Any) -> None:
        super().__init__(*args, **options)
        self.topics = {f"days-{topic.pk}": topic for topic in topics}
        for name, topic in self.topics.items():
            self.fields[name] = forms.IntegerField(
                label=topic.name,
                initial=topic.answer_days,
                required=False,
                min_value=1,
                max_value=ANSWER_WORKING_DAYS,
                # What the reader saw goes along, so that only what they changed is written.
                show_hidden_initial=True,
                widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
                error_messages={
                    code: _("Write a number from 1 to %(most)s, or leave it empty.")
                    % {"most": ANSWER_WORKING_DAYS}
                    for code in ("invalid", "min_value", "max_value")
                },
            )

    def rows(self) -> Iterator[tuple[Topic, forms.BoundField]]:
        return ((topic, self[name]) for name, topic in self.topics.items())

    def changes(self) -> Iterator[tuple[Topic, int | None]]:
        """Yield each topic whose number was changed, with the new one."""
        changed = self.changed_data
        return ((topic, self.cleaned_data[name]) for name, topic in self.topics.items() if name in changed)
