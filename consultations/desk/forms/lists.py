"""What the desk fills in at its list: the name of a filter, and what is done to several requests at once."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.models import BulkVerb, SavedFilter, Topic
from core.forms.fields import LineField

LONGEST_NAME = SavedFilter._meta.get_field("name").max_length
LONGEST_QUERY = 4000


class NameForm(forms.Form):
    """The name of a saved filter."""

    name = LineField(
        label=_("Name of the filter"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write a name, for example “Brno, overdue”.")},
    )


class SaveFilterForm(NameForm):
    """A filter of the list, to be kept under a name."""

    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_QUERY)
    is_shared = forms.BooleanField(
        label=_("Show it to colleagues, too"),
        help_text=_("“Assignee: me” then means whoever reads."),
        required=False,
    )
    replaces = forms.BooleanField(label=_("If I have one of this name, replace it"), required=False)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_action = reverse("desk-filter-save")
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout("query", "name", "is_shared", "replaces")
        helper.add_input(Submit("save", _("Save the filter"), css_class="btn-outline-primary"))
        return helper


class BulkForm(forms.Form):
    """What is to be done to the requests that were ticked."""

    verb = forms.ChoiceField(choices=BulkVerb.choices, widget=forms.HiddenInput)
    to = forms.ModelChoiceField(
        label=_("Assign to"), queryset=User.objects.staff(), required=False, empty_label=_("choose")
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.all(),
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
        self.needed, self.sentence = self.NEEDS.get(data.get("verb", ""), ("", ""))

    def clean(self) -> dict[str, Any]:
        if self.needed and not self.cleaned_data.get(self.needed) and self.needed not in self.errors:
            self.add_error(self.needed, str(self.sentence))
        return self.cleaned_data

    @property
    def choice(self) -> forms.BoundField | None:
        """The field in which the verb's choice is made, if it has one."""
        return self[self.needed] if self.needed else None

    @property
    def values(self) -> dict[str, Any]:
        return {self.needed: self.cleaned_data[self.needed]} if self.needed else {}
