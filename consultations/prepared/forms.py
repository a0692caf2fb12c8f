"""The form of a prepared answer."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.models import PreparedAnswer, Topic
from consultations.prepared.actions import Words, reasons_against_text
from consultations.requests.actions.drafts import LONGEST_TEXT
from core.forms.fields import LineField, PlainTextField, SeenField


class PreparedForm(forms.Form):
    """A prepared answer. `version` is that of what its writer saw."""

    title = LineField(label=_("Title"), max_length=120, help_text=_("Only colleagues see it."))
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), required=False, empty_label=_("for any topic")
    )
    text_cs = PlainTextField(label=_("Text in Czech"), max_length=LONGEST_TEXT, rows=12)
    text_en = PlainTextField(label=_("Text in English"), max_length=LONGEST_TEXT, rows=8, required=False)
    version = SeenField(required=False)

    @classmethod
    def initial_of(cls, prepared: PreparedAnswer) -> dict[str, Any]:
        """Return what a prepared answer holds now."""
        return {name: getattr(prepared, name) for name in cls.base_fields}

    def clean_text_cs(self) -> str:
        """Return the text; raises ValidationError for each place in it that cannot be filled."""
        return self._with_known_places("text_cs")

    def clean_text_en(self) -> str:
        """Return the text; raises ValidationError for each place in it that cannot be filled."""
        return self._with_known_places("text_en")

    def _with_known_places(self, name: str) -> str:
        text = self.cleaned_data[name]
        if reasons := reasons_against_text(text):
            raise ValidationError(reasons)
        return text

    @property
    def helper(self) -> FormHelper:
        """The layout: saving first, showing an example beside it."""
        helper = FormHelper()
        helper.attrs = {"novalidate": "", "data-ctrl-enter": ""}
        helper.layout = Layout("version", "title", "topic", "text_cs", "text_en")
        helper.add_input(Submit("save", _("Save")))
        helper.add_input(Submit("example", _("Show an example"), css_class="btn-outline-primary"))
        return helper

    def to_words(self) -> Words:
        """Return the prepared answer as the one value that the verbs take."""
        clean = dict(self.cleaned_data)
        del clean["version"]
        return Words(**clean)
